import { hashOfText } from '../questions/words.ts';
import type { LifecycleState } from './state.ts';

/** Characters of entries, in JSON, that go with a state to be kept; with a state of the largest size it is still one payload. */
const MAX_ON_THEIR_WAY = 400_000;

/** Entries of a lifecycle up to this number are in the register, as far as the lifecycle knows. */
export function recordedUpTo({ seq, unrecorded }: Pick<LifecycleState, 'seq' | 'unrecorded'>): number {
  return (unrecorded[0]?.seq ?? seq + 1) - 1;
}

/**
 * All that a lifecycle needs to go on from here, for the register to keep: its state with its mail, and with what is on its
 * way to the register after a number.
 *
 * @param recorded entries up to this one reach the register together with the state
 * @returns null while too much is on its way: the delivery after this one has less
 */
export function stateToKeep(state: LifecycleState, recorded: number): LifecycleState | null {
  const unrecorded = state.unrecorded.filter((entry) => entry.seq > recorded);
  if (JSON.stringify(unrecorded).length > MAX_ON_THEIR_WAY) return null;
  return { ...state, unrecorded };
}

/** What is asked for of a state to be kept. */
export interface KeptRequest {
  /** Entries up to this one are recorded, or about to be. */
  recorded: number;
  /** Which piece, from 0. */
  piece: number;
}

/** A piece of its JSON: an answer of megabytes would be stored for as long as its lifecycle runs. */
export interface KeptPiece {
  /** Of which text it is a piece, by its hash. */
  of: string;
  pieces: number;
  text: string;
}

/** Characters of a piece: in whatever letters below what goes to the store of large payloads. */
const PIECE = 150_000;

/** The text last asked for: it is not written out anew for each of its pieces. */
let last: { state: LifecycleState; recorded: number; text: string; of: string } | undefined;

/** One piece of {@link stateToKeep}; null while too much is on its way. */
export function keptPiece(state: LifecycleState, { recorded, piece }: KeptRequest): KeptPiece | null {
  if (last?.state !== state || last.recorded !== recorded) {
    const kept = stateToKeep(state, recorded);
    if (kept === null) return null;
    const text = JSON.stringify(kept);
    last = { state, recorded, text, of: hashOfText(text) };
  }
  const { text, of } = last;
  const pieces = Math.ceil(text.length / PIECE);
  const answer = { of, pieces, text: text.slice(piece * PIECE, (piece + 1) * PIECE) };
  // Of months of sleep nothing is held: the last piece ends it.
  if (piece >= pieces - 1) last = undefined;
  return answer;
}

/** A state that changes while its pieces are read is read anew so many times. */
const MAX_TRIES = 5;

/** The whole state from its pieces; null where too much is on its way, or it changed whenever it was read. */
export async function stateFromPieces(
  ask: (piece: number) => Promise<KeptPiece | null>,
): Promise<LifecycleState | null> {
  for (let turn = 0; turn < MAX_TRIES; turn++) {
    const first = await ask(0);
    if (first === null) return null;
    const texts = [first.text];
    while (texts.length < first.pieces) {
      const next = await ask(texts.length);
      if (next?.of !== first.of) break;
      texts.push(next.text);
    }
    if (texts.length === first.pieces) return JSON.parse(texts.join('')) as LifecycleState;
  }
  return null;
}
