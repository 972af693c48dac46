import type { Facts } from '../facts/facts.ts';
import { hashOfText } from '../questions/words.ts';
import { pieceOf, type TextPiece } from './pieces.ts';
import type { LifecycleState } from './state.ts';

/** What is asked for of a state, and what whoever asks has of it already. */
export interface StateRequest {
  /** Which piece, from 0. */
  piece: number;
  /** The facts that they know, by their hash. */
  facts?: string;
  /** When it is asked, UTC: of itself a lifecycle knows no later instant than that at which it did something last. */
  at?: string;
}

/** A piece of what a lifecycle keeps. */
export interface StatePiece extends TextPiece {
  /** The lifecycle's present instant, UTC. */
  now: string;
  /** The hash of the facts; they are in the text unless they were known. */
  facts: string;
}

/** A text with what it was made of. */
interface Hashed {
  of: object;
  text: string;
  hash: string;
}

/** The texts last asked for, of all lifecycles of a worker: a state of many pieces is not written out for each of them. */
const MAX_TEXTS = 8;
let texts: Hashed[] = [];

/** What is on its way to the register is nobody else's. */
type NotShared = 'unrecorded' | 'abandoned';

/** One piece of a state; the facts go with it only where they are not known yet. */
export function statePiece(state: LifecycleState, { piece, facts: known }: StateRequest, now: string): StatePiece {
  const facts = hashed(state.facts, () => JSON.stringify(state.facts));
  const rest = hashed(state, () => {
    const { mail, unrecorded: _unrecorded, abandoned: _abandoned, facts: _facts, ...kept } = state;
    return JSON.stringify({ ...kept, mail: whenMailed(mail) });
  });
  const text = known === facts.hash ? rest.text : `${facts.text}\n${rest.text}`;
  return { now, facts: facts.hash, ...pieceOf(text, `${facts.hash} ${rest.hash}`, piece) };
}

/** When each address has had its mail, by which it is known when the next one goes; not what was in it. */
const whenMailed = (mail: LifecycleState['mail']): LifecycleState['mail'] =>
  Object.fromEntries(Object.entries(mail).map(([email, { calendar: _calendar, ...when }]) => [email, when]));

function hashed(of: object, textOf: () => string): Hashed {
  const there = texts.find((each) => each.of === of);
  if (there !== undefined) return there;
  const text = textOf();
  const made = { of, text, hash: hashOfText(text) };
  texts = [made, ...texts].slice(0, MAX_TEXTS);
  return made;
}

/**
 * A state to work things out from, where nothing is mailed or recorded.
 *
 * @param text of all pieces, in order
 * @param known the facts, where the text is without them
 */
export function stateFrom(text: string, known?: Facts): LifecycleState {
  const end = text.indexOf('\n');
  const facts = known ?? (JSON.parse(text.slice(0, end)) as Facts);
  const kept = JSON.parse(known === undefined ? text.slice(end + 1) : text) as Omit<
    LifecycleState,
    'facts' | NotShared
  >;
  return { ...kept, facts, unrecorded: [] };
}
