import { createHash } from 'node:crypto';
import { type Digest, type Envelope, namedIn } from '../../domain/lifecycle/digest.ts';
import type { DigestOutcome } from '../../domain/lifecycle/entry.ts';
import { inSpan } from '../../platform/in-span.ts';
import type { MailClaims } from './claims.ts';
import { composeMail, type ComposeOptions, isInformational, messageIdOf } from './compose.ts';
import type { Doubt } from './doubt.ts';
import { MailFailure, type MailMessage, type MailTransport } from './mail-transport.ts';
import type { Attempt } from '../../register/mail-claims.ts';

/** An answer of the register's holds for so long: what stood still for longer asks again before it goes on. */
const MAX_ANSWER_AGE_MS = 2000;

export interface SendingParts extends ComposeOptions {
  register: MailClaims;
  post: MailTransport;
  /** On whose behalf: what a later attempt has taken over is not sent. */
  attempt: Attempt;
  /** One for the whole process, because that is what gets killed: docs/decisions/0007-one-mail-in-doubt.md. */
  doubt: Doubt;
  /** Whether what it tells of still stands, asked before the last byte; absent: it is about no inspection that could end. */
  wanted?: () => Promise<boolean>;
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
    ...(claimed === undefined ? {} : { milestones: namedIn(claimed).map((notice) => notice.milestone) }),
  };
}

/** Another worker sends it, or has: this one was taken for dead. */
class TakenOver extends Error {
  override readonly name = 'TakenOver';
  constructor() {
    super('another worker has taken this mail over meanwhile');
  }
}

/** The inspection has ended since the mail was made: nobody is to be told of it any more. */
class NotWanted extends Error {
  override readonly name = 'NotWanted';
  constructor() {
    super('the inspection that it tells of has ended meanwhile');
  }
}

/**
 * Sends one mail at most once as far as anybody can tell: claimed first, then sent, then settled. A try that died in
 * between, or whose answer was lost, may have got through, so what was claimed then goes again to the letter, with the
 * same Message-ID: the recipient's mail program shows it once. From its last byte until it is settled a mail is in
 * doubt; only a few are at a time, so that a process that is killed leaves no more such mails behind. Where the register
 * takes nothing, though it may still be read (its disk is full), the process remembers what it has sent, and sends nothing. Before its last byte
 * the register is asked whether it is still ours: a process that stood still may have been taken for dead. The lifecycle is
 * asked whether it still stands: an inspection that was closed while its mails were on their way is told of by none of them.
 *
 * @throws where the register does not answer, or the mail is another's by now: certainly not sent by this one
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
  { register, post, from, now, attempt, doubt, wanted = () => Promise.resolve(true) }: SendingParts,
): Promise<SentMail<Mail>> {
  await doubt.recordSent(mail.id);
  const claim = await register.claim(mail, messageIdOf(mail, from), now, attempt);
  if (claim.state === 'taken-over') throw new TakenOver();
  const earlier = claim.state === 'sent' || claim.state === 'claimed' ? { claimed: claim.digest } : {};
  if (claim.state === 'sent' || claim.state === 'undeliverable')
    return { digest: mail.id, outcome: claim.state, reason: claim.reason ?? null, ...earlier };
  const turn = doubt.turn();
  const stopped: { by?: Error } = {};
  const beforeEnd = async () => {
    await turn.begin();
    try {
      await doubt.recordSent(mail.id);
      if (!(await wanted())) throw new NotWanted();
      await mustBeOurs(() => register.holds(mail.id, attempt));
    } catch (error) {
      stopped.by = error instanceof Error ? error : new Error(String(error));
      throw stopped.by;
    }
  };
  try {
    await post.send(compose(claim.digest), beforeEnd);
    await doubt.sent(mail.id, () => register.settle(mail.id, 'sent', null, now, attempt));
  } catch (error) {
    if (stopped.by instanceof NotWanted) {
      // Certainly not sent by this try; what an earlier one may have sent stays as it is.
      if (claim.state !== 'claimed') await register.release(mail.id, attempt);
      return { digest: mail.id, outcome: 'stale', reason: null };
    }
    // Certainly not sent, and still claimed: it goes to the letter once the register answers again, or by the other.
    if (stopped.by !== undefined) throw stopped.by;
    if (!(error instanceof MailFailure)) throw error;
    // What perhaps got through stays claimed: what is settled as put off would be made anew.
    if (!error.perhapsSent) await register.settle(mail.id, error.kind, error.message, now, attempt);
    return { digest: mail.id, outcome: error.kind, reason: error.message };
  } finally {
    turn.end();
  }
  return { digest: mail.id, outcome: 'sent', reason: null, ...earlier };
}

/** By an answer of this very moment, by the wall clock, which goes on while a process or its machine stands still. */
async function mustBeOurs(holds: () => Promise<boolean>): Promise<void> {
  for (;;) {
    const asked = Date.now();
    if (!(await holds())) throw new TakenOver();
    if (Math.abs(Date.now() - asked) <= MAX_ANSWER_AGE_MS) return;
  }
}
