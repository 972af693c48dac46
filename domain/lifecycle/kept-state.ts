import { hashOfText } from '../questions/words.ts';
import { pieceOf, type TextPiece, wholeText } from './pieces.ts';
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

/** The text last asked for: it is not written out anew for each of its pieces. */
let last: { state: LifecycleState; recorded: number; text: string; of: string } | undefined;

/** One piece of {@link stateToKeep}; null while too much is on its way. */
export function keptPiece(state: LifecycleState, { recorded, piece }: KeptRequest): TextPiece | null {
  if (last?.state !== state || last.recorded !== recorded) {
    const kept = stateToKeep(state, recorded);
    if (kept === null) return null;
    const text = JSON.stringify(kept);
    last = { state, recorded, text, of: hashOfText(text) };
  }
  const answer = pieceOf(last.text, last.of, piece);
  // Of months of sleep nothing is held: the last piece ends it.
  if (piece >= answer.pieces - 1) last = undefined;
  return answer;
}

/** A state that changes while its pieces are read is read anew so many times. */
const MAX_TRIES = 5;

/** The whole state from its pieces; null where too much is on its way, or it changed whenever it was read. */
export async function stateFromPieces(
  ask: (piece: number) => Promise<TextPiece | null>,
): Promise<LifecycleState | null> {
  for (let turn = 0; turn < MAX_TRIES; turn++) {
    const whole = await wholeText(ask);
    if (whole !== undefined) return whole === null ? null : (JSON.parse(whole.text) as LifecycleState);
  }
  return null;
}
