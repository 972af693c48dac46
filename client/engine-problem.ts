import type { InspectionRef } from '../domain/inspection-ref.ts';
import type { InspectionStatus } from '../domain/lifecycle/inspection-status.ts';
import type { NotTaken } from '../platform/updates/asked-update.ts';
import { ENGINE_WORDS, type EngineTrouble } from './engine-words.ts';
import { RegisterUnfit } from '../register/register-unfit.ts';
import { RegisterUnreachable } from '../register/register-unreachable.ts';

/** Why the engine can't do what was asked, where it is not a refusal by the lifecycle itself. */
export type EngineProblemCode = EngineTrouble | 'access-denied' | 'already-started' | 'unknown-reference';

/** Something a person can mend: its sentence says what is wrong and what to do. */
export class EngineProblem extends Error {
  override readonly name = 'EngineProblem';
  readonly code: EngineProblemCode;

  constructor(code: EngineProblemCode, sentence: string) {
    super(sentence);
    this.code = code;
  }
}

/**
 * This council has, or had, an inspection of this reference.
 *
 * @param status how it stands, where the register knows
 */
export function alreadyStarted(inspection: InspectionRef, status?: InspectionStatus): EngineProblem {
  return new EngineProblem(
    'already-started',
    status === 'withdrawn'
      ? `${inspection} was started once and withdrawn, and its record keeps the reference. Give this inspection another one, for example ${inspection}-b. What became of the first: duecourse history ${inspection}`
      : `${inspection} has been started already. See it with: duecourse show ${inspection}`,
  );
}

/**
 * What was large could not be kept in the register, so that the engine was not asked: the client takes it for trouble of its
 * own connection.
 */
export function registerProblemIn(error: unknown): Error | undefined {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof RegisterUnreachable || cause instanceof RegisterUnfit ? cause : undefined;
}

/** Temporal could not be reached at all: nothing was asked. */
export function unreachable(address: string): EngineProblem {
  return new EngineProblem(
    'unreachable',
    `Temporal can't be reached at ${address}. Start duecourse with \`npm start\`, or set TEMPORAL_ADDRESS to a Temporal server that is running.`,
  );
}

export function engineTrouble(code: EngineTrouble, cause?: unknown): EngineProblem {
  const { what, fate, advice } = ENGINE_WORDS[code];
  return Object.assign(new EngineProblem(code, `${what} ${fate} ${advice}`), cause === undefined ? {} : { cause });
}

const BECAUSE: Readonly<Record<NotTaken, EngineTrouble>> = { full: 'busy', silent: 'not-taken', stuck: 'stuck' };

/** A change that was not carried out, and will not be. */
export const notTaken = (because: NotTaken): EngineProblem => engineTrouble(BECAUSE[because]);
