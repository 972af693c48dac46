import { engineTrouble } from '../engine-problem.ts';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Facts } from '../../domain/facts/facts.ts';
import type { InspectionRef } from '../../domain/inspection-ref.ts';
import { wholeText } from '../../domain/lifecycle/pieces.ts';
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
      const facts = before === undefined ? {} : { facts: before.hash };
      const at = new Date().toISOString();
      const read = await wholeText((piece) => ask(inspection, { piece, at, ...facts }, waitMs));
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
    throw engineTrouble('no-worker', new Error(`${inspection} changed whenever it was read`));
  };
}
