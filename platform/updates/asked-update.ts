import type { ApplicationFailure } from '@temporalio/common';

/** A change that is asked of a running workflow. */
export interface AskedUpdate {
  workflowId: string;
  name: string;
  /** What is asked twice under one id is carried out once. */
  updateId: string;
  /** The update's argument; `notAfter` is the last instant (UTC) at which the workflow may begin with it. */
  request(notAfter: string | undefined): unknown;
}

/** Why a change was not taken: too many at once, a workflow that fails at its next step, nobody who answers. */
export type NotTaken = 'full' | 'stuck' | 'silent';

/** What came of it. All but `unsure` is certain, and stays so. */
export type UpdateAnswer<Result> =
  | { kind: 'done'; result: Result }
  /** By the workflow itself: its validator, or its handler, which then has changed nothing. */
  | { kind: 'refused'; failure: ApplicationFailure }
  /** There is no such workflow, or it has ended. */
  | { kind: 'gone' }
  | { kind: 'not-taken'; because: NotTaken }
  /** Nothing was asked: the engine could not be reached. */
  | { kind: 'away'; error: unknown }
  /** The engine took it, or may have, and has not been reached since; or it may be carried out later. */
  | { kind: 'unsure'; error: unknown };
