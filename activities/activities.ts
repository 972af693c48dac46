import type { Delivery, DigestOutcome } from '../domain/lifecycle/entry.ts';

/** What workflows ask of the world: they import this type only, never the parts behind it. */
export interface Activities {
  /** Appends entries to the register, then sends each digest whose claim is free; says what became of each. */
  deliver(delivery: Delivery): Promise<DigestOutcome[]>;
  /** Refuses a shifted clock wherever the engine does not skip time: a rehearsal must never mail real people. */
  permitShiftedClock(shiftMs: number): Promise<void>;
}
