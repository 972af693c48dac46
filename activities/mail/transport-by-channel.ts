import { MailFailure, type MailTransport } from './mail-transport.ts';

/** Hands each message to the channel that its authority has chosen. */
export function transportByChannel({
  smtp,
  notify,
}: {
  smtp: MailTransport;
  notify: MailTransport | undefined;
}): MailTransport {
  return {
    async send(message, beforeEnd) {
      if (message.channel === 'smtp') return smtp.send(message, beforeEnd);
      if (notify === undefined)
        throw new MailFailure(
          'delayed',
          'this council has chosen GOV.UK Notify, and DUECOURSE_NOTIFY_KEY and DUECOURSE_NOTIFY_TEMPLATE are not set here',
        );
      return notify.send(message, beforeEnd);
    },
    async close() {
      await Promise.all([smtp.close(), notify?.close()]);
    },
  };
}
