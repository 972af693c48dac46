import { delivered, markTold } from './delivered.ts';
import type { Digest } from './digest.ts';
import type { DigestOutcome } from './entry.ts';
import type { LifecycleState } from './state.ts';
import { wake } from './wake.ts';

/** A mail of an inspection that has ended, as the register knows it: what was in it, and how it ended. */
export interface SettledMail {
  digest: Digest;
  outcome: Extract<DigestOutcome['outcome'], 'sent' | 'undeliverable'>;
  reason: string | null;
}

/**
 * What an inspection's kept state is once it knows of the mails that the register has: what they have told is told, so that
 * nothing goes out again. Time is gone over again from mail to mail, because what a mail told may have come up only just
 * before it. A mail that the state knows of already changes nothing, so this may be done twice.
 *
 * @param state as it was kept with the inspection's last entry, or earlier
 * @param mails all of the inspection's, in any order
 */
export function withSettledMails(state: LifecycleState, mails: readonly SettledMail[]): LifecycleState {
  const news: SettledMail[] = [];
  const after = mails.toSorted(inOrder).reduce((before, mail) => {
    if (isKnown(before, mail)) return before;
    news.push(mail);
    const { digest, outcome, reason } = mail;
    const awake = wake(before, digest.at);
    return delivered(awake.state, [mail], [{ digest: digest.id, outcome, reason }], digest.at);
  }, state);
  // Of two mails of one instant, one may be about the other, which could not be delivered.
  return news.reduce((before, { digest }) => markTold(before, digest), after);
}

/** Mails to one address follow each other, and a state says which was the last. */
function isKnown({ mail }: LifecycleState, { digest: { recipient, day, n } }: SettledMail): boolean {
  const last = mail[recipient.email];
  if (last === undefined) return false;
  return last.day === day ? last.n >= n : last.day > day;
}

function inOrder({ digest: a }: SettledMail, { digest: b }: SettledMail): number {
  if (a.at !== b.at) return a.at < b.at ? -1 : 1;
  if (a.n !== b.n) return a.n - b.n;
  return a.id < b.id ? -1 : 1;
}
