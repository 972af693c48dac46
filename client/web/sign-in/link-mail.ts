import { createHash } from 'node:crypto';
import type { MailMessage } from '../../../activities/mail/mail-transport.ts';
import { periodInWords, RETENTION } from '../../../domain/retention.ts';
import { renderTemplate } from '../render.ts';

/** How long a link can be used, in words. */
export const LINK_GOOD_FOR = periodInWords(RETENTION['sign-in-link'].ms);

/** The mail with a one-time sign-in link. It says when it ends, and what to do where somebody else asked for it. */
export function linkMail(
  link: string,
  to: string,
  { from, channel }: Pick<MailMessage, 'from' | 'channel'>,
  at: Date,
): MailMessage {
  const shown = { link, goodFor: LINK_GOOD_FOR };
  const id = createHash('sha256').update(link).digest('hex').slice(0, 32);
  return {
    from,
    channel,
    to,
    subject: 'Sign in to duecourse',
    text: renderTemplate('sign-in-mail.txt', shown),
    html: renderTemplate('sign-in-mail.html', shown),
    messageId: `<sign-in-${id}@duecourse>`,
    references: [],
    date: at,
    headers: { 'Auto-Submitted': 'auto-generated' },
    attachments: [],
  };
}
