import { createHash } from 'node:crypto';
import type { SendMailOptions } from 'nodemailer';
import { MailFailure, type MailMessage } from './mail-transport.ts';

/** One plain address: nothing that a header could read as two, or as another header. */
const ADDRESS = /^[^\s\p{Cc}<>()[\]\\,;:"@]+@[^\s\p{Cc}<>()[\]\\,;:"@]+$/u;

/**
 * A message as nodemailer takes it, which makes the MIME. The same message gives the same bytes: the boundary between
 * its parts is a hash of what they say, which no text in them can contain.
 *
 * @throws MailFailure undeliverable where there is no address that could be used
 */
export function asMime({ to, ...message }: MailMessage): SendMailOptions {
  if (to === '') throw new MailFailure('undeliverable', 'there is no address to send it to');
  if (!ADDRESS.test(to)) throw new MailFailure('undeliverable', 'its address is not one that mail can be sent to');
  const { messageId, text, html, attachments } = message;
  const hash = createHash('sha256').update(JSON.stringify([messageId, text, html, attachments]));
  return {
    ...message,
    to: { name: '', address: to },
    baseBoundary: hash.digest('hex').slice(0, 32),
    // Nothing in a mail comes from a file or an address, whatever a title looks like.
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}
