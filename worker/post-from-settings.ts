import { notifyPost } from '../activities/mail/notify-post.ts';
import { outboxWithPage } from '../activities/mail/outbox-page.ts';
import { postByChannel } from '../activities/mail/post-by-channel.ts';
import type { Post } from '../activities/mail/post.ts';
import { smtpPost } from '../activities/mail/smtp-post.ts';
import type { Settings } from './settings.ts';

/**
 * How mail leaves: by the mail server where one is set, else into the outbox folder; by GOV.UK Notify for authorities that
 * have chosen it.
 *
 * @param ownInbox a mail server of this machine's own, for trying duecourse out
 */
export function postFromSettings({ environment, outboxDir }: Settings, ownInbox?: string): Post {
  const { DUECOURSE_SMTP_URL, DUECOURSE_NOTIFY_KEY: key, DUECOURSE_NOTIFY_TEMPLATE: template } = environment;
  const server = DUECOURSE_SMTP_URL ?? ownInbox;
  return postByChannel({
    smtp: server === undefined ? outboxWithPage(outboxDir) : smtpPost(server),
    notify:
      key === undefined || template === undefined
        ? undefined
        : notifyPost({ key, template, url: environment.DUECOURSE_NOTIFY_URL }),
  });
}
