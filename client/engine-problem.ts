import { isGrpcServiceError, WorkflowUpdateRPCTimeoutOrCancelledError } from '@temporalio/client';
import type { InspectionRef } from '../domain/inspection-ref.ts';
import { RegisterUnfit } from '../register/register-unfit.ts';
import { RegisterUnreachable } from '../register/register-unreachable.ts';

/** Why the engine can't do what was asked, where it is not a refusal by the lifecycle itself. */
export type EngineProblemCode =
  | 'unreachable'
  | 'access-denied'
  | 'already-started'
  | 'unknown-reference'
  | 'no-worker'
  | 'stuck';

/** Something a person can mend: its sentence says what is wrong and what to do. */
export class EngineProblem extends Error {
  override readonly name = 'EngineProblem';
  readonly code: EngineProblemCode;

  constructor(code: EngineProblemCode, sentence: string) {
    super(sentence);
    this.code = code;
  }
}

/** This council has, or had, an inspection of this reference. */
export function alreadyStarted(inspection: InspectionRef): EngineProblem {
  return new EngineProblem(
    'already-started',
    `${inspection} has been started already. See it with: duecourse show ${inspection}`,
  );
}

/** gRPC's numbers. */
const UNAVAILABLE = 14;
const FAILED_PRECONDITION = 9;
const DEADLINE_EXCEEDED = 4;

/** What a silent server, a silent worker or a lifecycle that can't go on looks like from here; undefined for anything else. */
export function problemIn(error: unknown, address: string): EngineProblem | undefined {
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) return noWorker();
  if (isStuck(error)) return stuck();
  const code = codeOf(error);
  if (code === UNAVAILABLE) return unreachable(address);
  return code === DEADLINE_EXCEEDED ? noWorker() : undefined;
}

/**
 * The server refuses, before it takes anything, where the workflow task that comes first has failed three times: its
 * workers were killed over it, lack a key, or run code that does not fit.
 */
export function isStuck(error: unknown): boolean {
  return codeOf(error) === FAILED_PRECONDITION && /in failed state/.test(String((error as Error).cause ?? error));
}

/**
 * What was large could not be kept in the register, so that the engine was not asked: the client takes it for trouble of its
 * own connection.
 */
export function registerProblemIn(error: unknown): Error | undefined {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof RegisterUnreachable || cause instanceof RegisterUnfit ? cause : undefined;
}

function codeOf(error: unknown): number | undefined {
  const inner = error instanceof Error && isGrpcServiceError(error.cause) ? error.cause : error;
  return isGrpcServiceError(inner) ? inner.code : undefined;
}

function stuck(): EngineProblem {
  return new EngineProblem(
    'stuck',
    'This inspection can’t go on at the moment: its worker has failed at its next step several times. Nothing was changed, and nothing is lost. The worker’s log says why: it was killed, lacks an encryption key, or runs other code. Try again in a few minutes.',
  );
}

function noWorker(): EngineProblem {
  return new EngineProblem(
    'no-worker',
    'The engine took the request, but no worker has answered yet. Is one running? Start it with `npm start` (or `npm run worker`); look whether what was asked has been done before you ask again.',
  );
}

function unreachable(address: string): EngineProblem {
  return new EngineProblem(
    'unreachable',
    `Temporal can't be reached at ${address}. Start duecourse with \`npm start\`, or set TEMPORAL_ADDRESS to a Temporal server that is running.`,
  );
}
