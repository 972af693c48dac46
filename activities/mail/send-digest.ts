import type { Digest } from '../../domain/lifecycle/digest.ts';
import type { DigestOutcome } from '../../domain/lifecycle/entry.ts';
import type { MailClaims } from './claims.ts';
import { composeMail, messageIdOf } from './compose.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { MailFailure, type Post } from './post.ts';

/** One for the whole process, because that is what gets killed: see docs/decisions/0007-one-mail-in-doubt.md. */
const inDoubt = oneAtATime();

export interface SendingParts {
  register: MailClaims;
  post: Post;
  from: string;
  boardUrl?: string;
  /** The story's instant, UTC. */
  now: string;
}

/**
 * Sends one digest at most once as far as anybody can tell: claimed first, then sent, then settled. A try that died in
 * between, or whose answer was lost, may have got through, so what was claimed then goes again to the letter, with the
 * same Message-ID: the recipient's mail program shows it once. From its last byte until it is settled a mail is in
 * doubt; only one is at a time, so that a process that is killed leaves one such mail behind at most.
 */
export async function sendDigest(
  digest: Digest,
  { register, post, from, boardUrl, now }: SendingParts,
): Promise<DigestOutcome> {
  const claim = await register.claim(digest, messageIdOf(digest, from), now);
  const earlier =
    claim.state === 'sent' || claim.state === 'claimed'
      ? { milestones: claim.digest.notices.map((notice) => notice.milestone) }
      : {};
  if (claim.state === 'sent' || claim.state === 'undeliverable')
    return { digest: digest.id, outcome: claim.state, reason: null, ...earlier };
  const mail = composeMail(claim.digest, { from, ...(boardUrl === undefined ? {} : { boardUrl }) });
  const doubt = inDoubt();
  try {
    await post.send(mail, () => doubt.begin());
    await register.settle(digest.id, 'sent', null, now);
  } catch (error) {
    if (!(error instanceof MailFailure)) throw error;
    // What perhaps got through stays claimed: what is settled as put off would be made anew.
    if (!error.perhapsSent) await register.settle(digest.id, error.kind, error.message, now);
    return { digest: digest.id, outcome: error.kind, reason: error.message };
  } finally {
    doubt.end();
  }
  return { digest: digest.id, outcome: 'sent', reason: null, ...earlier };
}
