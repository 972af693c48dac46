import type { Actor } from '../../domain/commands/actor.ts';
import type { Engine } from '../engine.ts';
import type { Register } from '../../register/register.ts';

/** What a recovery works on. */
export interface RecoveryServices {
  engine: Pick<Engine, 'pulse' | 'running' | 'stateOf' | 'restart' | 'mended' | 'stop' | 'deliveries'>;
  register: Pick<Register, 'recovery' | 'history' | 'board'>;
}

export interface RecoveryOptions {
  /** Who does it, for the record. */
  actor: Actor;
  /** The story's instant, UTC. */
  now: string;
  /** The sender's address, from which the ids of mails were made. */
  from: string;
  /** For rehearsals and tests: how far the story's clock is ahead of the engine's. */
  clock?: { shiftMs: number };
}

/** An inspection that can't be mended from here; its sentence says what to do instead. */
export class CannotRecover extends Error {
  override readonly name = 'CannotRecover';
}
