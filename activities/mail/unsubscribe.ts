import { createHmac, timingSafeEqual } from 'node:crypto';

/** Signed addresses under which a reader stops copies for information. */
export interface Unsubscribe {
  /** The address for one mail. It names the mail and nobody's address, and is good for as long as the mail is kept. */
  addressFor(messageId: string): string;
  /** The mail that a token speaks of; undefined where it is not one of ours. */
  messageIdIn(token: string): string | undefined;
}

const MIN_SECRET = 32;

/**
 * @param secret at least 32 characters, the same for the worker that sends and the board that answers
 * @throws Error where the secret is too short to be one
 */
export function unsubscribeBy({ boardUrl, secret }: { boardUrl: string; secret: string }): Unsubscribe {
  if (secret.length < MIN_SECRET)
    throw new Error(`DUECOURSE_SECRET needs at least ${MIN_SECRET} characters; it has ${secret.length}.`);
  const sign = (text: string): Buffer => createHmac('sha256', secret).update(`unsubscribe\n${text}`).digest();
  return {
    addressFor(messageId) {
      const token = `${Buffer.from(messageId).toString('base64url')}.${sign(messageId).toString('base64url')}`;
      return `${boardUrl.replace(/\/+$/, '')}/unsubscribe/${token}`;
    },
    messageIdIn(token) {
      const [text = '', signature = ''] = token.split('.');
      const messageId = Buffer.from(text, 'base64url').toString();
      const given = Buffer.from(signature, 'base64url');
      const expected = sign(messageId);
      return given.length === expected.length && timingSafeEqual(given, expected) ? messageId : undefined;
    },
  };
}
