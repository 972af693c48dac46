import type { Post } from '../activities/mail/post.ts';
import { outboxPost } from '../activities/mail/outbox-post.ts';
import { smtpPost } from '../activities/mail/smtp-post.ts';
import type { Settings } from './settings.ts';

/** How mail leaves: by the mail server where one is set, else into the outbox folder. */
export function postFromSettings({ environment, outboxDir }: Settings): Post {
  return environment.DUECOURSE_SMTP_URL === undefined
    ? outboxPost(outboxDir)
    : smtpPost(environment.DUECOURSE_SMTP_URL);
}
