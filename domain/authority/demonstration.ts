import { Refusal } from '../refusal.ts';
import { personOf } from './addressee.ts';
import type { Authority, Channel } from '../schemas/authority.ts';

/** Is it an invented council, which is there to be looked at? */
export const isDemonstration = ({ demonstration }: Pick<Authority, 'demonstration'>): boolean => demonstration === true;

/**
 * An invented council never becomes a real one, nor a real one an invented: nobody would be written to any more.
 *
 * @throws Refusal
 */
export function mustStayWhatItIs(before: Authority, after: Authority): void {
  if (isDemonstration(before) === isDemonstration(after)) return;
  throw new Refusal(
    'wrong-authority',
    isDemonstration(before)
      ? `${before.name} is a demonstration, and stays one: write demonstration: true in its file. A council of your own has a file, and an id, of its own.`
      : `${before.name} is no demonstration, and can't become one: leave demonstration out of its file.`,
  );
}

/** The title of the constitution that a council goes by: an invented one has none, and goes by a real council's. */
export const constitutionGoneBy = (title: string, council: Pick<Authority, 'demonstration'>): string =>
  isDemonstration(council) ? `${title} (lent to this demonstration: an invented council has none of its own)` : title;

/**
 * By which channel somebody's mail leaves, where that is not the mail server: by their own, else by the council's. A
 * demonstration's stays on this machine.
 */
export function withChannel(authority: Authority, email: string): { channel?: Channel } {
  const channel = isDemonstration(authority) ? 'outbox' : (personOf(authority, email)?.channel ?? authority.channel);
  return channel === undefined ? {} : { channel };
}

/** Why nobody outside hears of what happens in an invented council. */
export const NOTHING_LEAVES = 'The council is invented: nothing leaves this machine';
