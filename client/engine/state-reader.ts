import { setTimeout as sleep } from 'node:timers/promises';
import type { Facts } from '../../domain/facts/facts.ts';
import type { InspectionRef } from '../../domain/inspection-ref.ts';
import { stateFrom, type StatePiece, type StateRequest } from '../../domain/lifecycle/shared-state.ts';
import type { LifecycleState } from '../../domain/lifecycle/state.ts';

/** A lifecycle's state at an instant of its own (UTC). */
export interface StateThen {
  state: LifecycleState;
  now: string;
}

/** Facts are most of a state, and change a few times a year: the last ones read are not asked for again. */
const MAX_KNOWN = 16;
/** A state that changes between two pieces is read anew so many times: a person at a time changes it. */
const MAX_TRIES = 20;
const PAUSE_MS = 50;

type Ask = (inspection: InspectionRef, request: StateRequest, waitMs?: number) => Promise<StatePiece>;

/** Reads states from running lifecycles, piece by piece. */
export function stateReader(ask: Ask): (inspection: InspectionRef, waitMs?: number) => Promise<StateThen> {
  const known = new Map<InspectionRef, { hash: string; facts: Facts }>();
  return async (inspection, waitMs) => {
    for (let turn = 0; turn < MAX_TRIES; turn++) {
      const before = known.get(inspection);
      const read = await wholeText(inspection, before?.hash, (asked, request) => ask(asked, request, waitMs));
      if (read === undefined) {
        await sleep(PAUSE_MS);
        continue;
      }
      const { text, now, facts: hash } = read;
      const state = stateFrom(text, before?.hash === hash ? before.facts : undefined);
      known.delete(inspection);
      known.set(inspection, { hash, facts: state.facts });
      const [oldest] = known.keys();
      if (known.size > MAX_KNOWN && oldest !== undefined) known.delete(oldest);
      return { state, now };
    }
    throw new Error(`${inspection} changed whenever it was read; try again.`);
  };
}

/** All pieces of one text; undefined where it changed in between. */
async function wholeText(
  inspection: InspectionRef,
  facts: string | undefined,
  ask: Ask,
): Promise<Pick<StatePiece, 'text' | 'now' | 'facts'> | undefined> {
  const known = facts === undefined ? {} : { facts };
  const first = await ask(inspection, { piece: 0, ...known });
  const texts = [first.text];
  for (let piece = 1; piece < first.pieces; piece++) {
    const next = await ask(inspection, { piece, ...known });
    if (next.of !== first.of) return undefined;
    texts.push(next.text);
  }
  return { ...first, text: texts.join('') };
}
