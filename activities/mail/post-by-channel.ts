import { MailFailure, type Post } from './post.ts';

/** Hands each message to the channel that its authority has chosen. */
export function postByChannel({ smtp, notify }: { smtp: Post; notify: Post | undefined }): Post {
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
