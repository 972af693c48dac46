import { createHash } from 'node:crypto';
import type { Digest, Envelope } from '../../domain/lifecycle/digest.ts';
import type { DigestOutcome } from '../../domain/lifecycle/entry.ts';
import { inSpan } from '../../platform/in-span.ts';
import type { MailClaims } from './claims.ts';
import { composeMail, type ComposeOptions, isInformational, messageIdOf } from './compose.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { MailFailure, type MailMessage, type MailTransport } from './mail-transport.ts';

/** One for the whole process, because that is what gets killed: see docs/decisions/0007-one-mail-in-doubt.md. */
const inDoubt = oneAtATime();

/** A mail went out and its settling failed: until the register answers again, no other mail gets its end. */
let unsettled = false;

export interface SendingParts extends ComposeOptions {
  register: MailClaims;
  post: MailTransport;
  /** The story's instant, UTC. */
  now: string;
}

/** Sends one digest; not a copy for information to somebody who wants none. */
export async function sendDigest(digest: Digest, parts: SendingParts): Promise<DigestOutcome> {
  const reader = { authority: digest.authority.id, recipient: digest.recipient.email };
  if (isInformational(digest) && (await parts.register.isUnsubscribed(reader)))
    return { digest: digest.id, outcome: 'unwanted', reason: null };
  const { claimed, ...outcome } = await sendMail(digest, (mail) => composeMail(mail, parts), parts);
  return {
    ...outcome,
    ...(claimed === undefined ? {} : { milestones: claimed.notices.map((notice) => notice.milestone) }),
  };
}

/**
 * Sends one mail at most once as far as anybody can tell: claimed first, then sent, then settled. A try that died in
 * between, or whose answer was lost, may have got through, so what was claimed then goes again to the letter, with the
 * same Message-ID: the recipient's mail program shows it once. From its last byte until it is settled a mail is in
 * doubt; only one is at a time, so that a process that is killed leaves one such mail behind at most.
 *
 * @returns what became of it; `claimed` is what went out, where that is an earlier try's
 */
export function sendMail<Mail extends Envelope>(
  mail: Mail,
  compose: (mail: Mail) => MailMessage,
  parts: SendingParts,
): Promise<SentMail<Mail>> {
  const id = createHash('sha256').update(messageIdOf(mail, parts.from)).digest('hex').slice(0, 16);
  return inSpan('mail', { 'duecourse.message_id_hash': id }, async (span) => {
    const sent = await claimAndSend(mail, compose, parts);
    span.setAttribute('duecourse.outcome', sent.outcome);
    return sent;
  });
}

type SentMail<Mail> = Omit<DigestOutcome, 'milestones'> & { claimed?: Mail };

async function claimAndSend<Mail extends Envelope>(
  mail: Mail,
  compose: (mail: Mail) => MailMessage,
  { register, post, from, now }: SendingParts,
): Promise<SentMail<Mail>> {
  const claim = await register.claim(mail, messageIdOf(mail, from), now);
  const earlier = claim.state === 'sent' || claim.state === 'claimed' ? { claimed: claim.digest } : {};
  if (claim.state === 'sent' || claim.state === 'undeliverable')
    return { digest: mail.id, outcome: claim.state, reason: claim.reason ?? null, ...earlier };
  const composed = compose(claim.digest);
  const doubt = inDoubt();
  let silence: Error | undefined;
  const beforeEnd = async () => {
    await doubt.begin();
    if (!unsettled) return;
    try {
      await register.ping();
      unsettled = false;
    } catch (error) {
      silence = error instanceof Error ? error : new Error(String(error));
      throw silence;
    }
  };
  try {
    await post.send(composed, beforeEnd);
    await settled(() => register.settle(mail.id, 'sent', null, now));
  } catch (error) {
    // Certainly not sent, and still claimed: it goes to the letter once the register answers again.
    if (silence !== undefined) throw silence;
    if (!(error instanceof MailFailure)) throw error;
    // What perhaps got through stays claimed: what is settled as put off would be made anew.
    if (!error.perhapsSent) await register.settle(mail.id, error.kind, error.message, now);
    return { digest: mail.id, outcome: error.kind, reason: error.message };
  } finally {
    doubt.end();
  }
  return { digest: mail.id, outcome: 'sent', reason: null, ...earlier };
}

async function settled(settle: () => Promise<void>): Promise<void> {
  try {
    await settle();
  } catch (error) {
    unsettled = true;
    throw error;
  }
}
