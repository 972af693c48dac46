import { notifyTransport } from './notify-transport.ts';
import { outboxWithPage } from './outbox-page.ts';
import { transportByChannel } from './transport-by-channel.ts';
import type { MailTransport } from './mail-transport.ts';
import { smtpTransport } from './smtp-transport.ts';
import type { Settings } from '../../platform/settings.ts';

/**
 * How mail leaves: by the mail server where one is set, else into the outbox folder; by GOV.UK Notify for authorities that
 * have chosen it; that of a demonstration into the outbox folder or this machine's own inbox, whatever is set.
 *
 * @param ownInbox a mail server of this machine's own, for trying duecourse out
 */
export function transportFromSettings({ environment, outboxDir }: Settings, ownInbox?: string): MailTransport {
  const { DUECOURSE_SMTP_URL, DUECOURSE_NOTIFY_KEY: key, DUECOURSE_NOTIFY_TEMPLATE: template } = environment;
  const server = DUECOURSE_SMTP_URL ?? ownInbox;
  const folder = outboxWithPage(outboxDir);
  return transportByChannel({
    smtp: server === undefined ? folder : smtpTransport(server),
    outbox: ownInbox === undefined ? folder : smtpTransport(ownInbox),
    'govuk-notify':
      key === undefined || template === undefined
        ? {
            unavailable:
              'this council has chosen GOV.UK Notify, and DUECOURSE_NOTIFY_KEY and DUECOURSE_NOTIFY_TEMPLATE are not set here',
          }
        : notifyTransport({ key, template, url: environment.DUECOURSE_NOTIFY_URL }),
  });
}
