import {
  isGrpcServiceError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';

/** gRPC's numbers. */
const CODE = {
  invalid: 3,
  late: 4,
  absent: 5,
  forbidden: 7,
  exhausted: 8,
  precondition: 9,
  unimplemented: 12,
  unavailable: 14,
  unauthenticated: 16,
} as const;

/**
 * What an error says of a request to the engine: it was refused before anything was taken (`full`, `stuck`, `gone`,
 * `wrong`), or nobody can say from the error alone whether it was (`silent`, `away`, `unclear`).
 */
export type Trouble = 'full' | 'stuck' | 'gone' | 'wrong' | 'silent' | 'away' | 'unclear';

export function troubleIn(error: unknown): Trouble {
  if (isPassedOver(error)) return 'silent';
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) return 'silent';
  if (error instanceof WorkflowNotFoundError) return 'gone';
  const grpc = grpcErrorIn(error);
  // Not of the engine: it never left, as where what was given can't be encrypted.
  if (grpc === undefined) return 'wrong';
  switch (grpc.code) {
    case CODE.exhausted:
      // As much as this can't be sent at all, however often it is tried.
      return /message larger than max/.test(grpc.details) ? 'wrong' : 'full';
    case CODE.precondition:
      if (isFailing(grpc.details)) return 'stuck';
      // A question where no worker has asked for work for a while: it is not even waited for.
      if (/no poller seen/.test(grpc.details)) return 'silent';
      return /total number of distinct updates/.test(grpc.details) ? 'full' : 'wrong';
    case CODE.late:
      return 'silent';
    case CODE.absent:
      return 'gone';
    case CODE.unavailable:
      return 'away';
    case CODE.invalid:
    case CODE.forbidden:
    case CODE.unimplemented:
    case CODE.unauthenticated:
      return 'wrong';
    default:
      return 'unclear';
  }
}

/** What the lifecycle itself answered to an update that it did not take, or could not carry out. */
export function answeredIn(error: unknown): ApplicationFailure | undefined {
  if (!(error instanceof WorkflowUpdateFailedError) || isPassedOver(error)) return undefined;
  return error.cause instanceof ApplicationFailure ? error.cause : undefined;
}

/**
 * The server rejects an update that went out with a workflow task whose completion says nothing of it, as where a worker
 * with hundreds of them was already at the next task. It looks like an answer and is none: no code has seen it, nothing of it
 * is in the history, and the same id may be asked again.
 */
const isPassedOver = (error: unknown): boolean =>
  error instanceof WorkflowUpdateFailedError &&
  error.cause instanceof ApplicationFailure &&
  error.cause.type === 'UnprocessedUpdate';

/**
 * The server refuses, before it takes anything, where the workflow task that comes first has failed three times: its
 * workers were killed over it, lack a key, or run code that does not fit.
 */
const isFailing = (details: string): boolean => /in failed state|unexpected workflow task failure/.test(details);

function grpcErrorIn(error: unknown): { code: number; details: string } | undefined {
  const inner = error instanceof Error && isGrpcServiceError(error.cause) ? error.cause : error;
  return isGrpcServiceError(inner) ? { code: inner.code, details: inner.details } : undefined;
}
