import { type Database } from './database.ts';
import { type KeptState, keptState } from './kept-states.ts';

/** What `duecourse recover` reads and makes up, and what a comparison of the register with the engine rests on. */
export interface RecoveryRegister {
  /** Null where no state is kept (yet), or where the inspection has ended. */
  kept(authority: string, reference: string): Promise<KeptState | null>;
}

export function recoveryOf(database: Database): RecoveryRegister {
  return {
    kept: (authority, reference) => keptState(database, { authority, reference }),
  };
}
