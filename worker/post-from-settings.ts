import { notifyPost } from '../activities/mail/notify-post.ts';
import { outboxPost } from '../activities/mail/outbox-post.ts';
import { postByChannel } from '../activities/mail/post-by-channel.ts';
import type { Post } from '../activities/mail/post.ts';
import { smtpPost } from '../activities/mail/smtp-post.ts';
import type { Settings } from './settings.ts';

/**
 * How mail leaves: by the mail server where one is set, else into the outbox folder; by GOV.UK Notify for authorities that
 * have chosen it.
 */
export function postFromSettings({ environment, outboxDir }: Settings): Post {
  const { DUECOURSE_SMTP_URL, DUECOURSE_NOTIFY_KEY: key, DUECOURSE_NOTIFY_TEMPLATE: template } = environment;
  return postByChannel({
    smtp: DUECOURSE_SMTP_URL === undefined ? outboxPost(outboxDir) : smtpPost(DUECOURSE_SMTP_URL),
    notify:
      key === undefined || template === undefined
        ? undefined
        : notifyPost({ key, template, url: environment.DUECOURSE_NOTIFY_URL }),
  });
}
