import {
  decodeOptionalFailureToOptionalError,
  loadDataConverter,
} from '@temporalio/common/lib/internal-non-workflow/index.js';
import proto from '@temporalio/proto';
import type { temporal } from '@temporalio/proto';
import type { InspectionRef } from '../../domain/inspection-ref.ts';
import { asked, type DoctorEngine } from './parts.ts';

type Failure = temporal.api.failure.v1.IFailure;

const { EventType, WorkflowTaskFailedCause: Cause } = proto.temporal.api.enums.v1;

/** A worker that was killed, or a task that was unlucky, is given so many tries before anybody is told. */
const TRIES = 3;
/** A delivery is tried after 1, 2, 4 … seconds: by then half a minute has gone. */
const DELIVERY_TRIES = 5;
/** Newest events that are read for a failure: each try leaves two or three. */
const EVENTS = 20;
const MAX_WORDS = 300;

/** Why a lifecycle can't go on, in a sentence; undefined where it can. */
export async function stuckWords(engine: DoctorEngine, inspection: InspectionRef): Promise<string | undefined> {
  const { client } = engine;
  const workflowId = `inspection/${inspection}`;
  const { raw } = await asked(engine, () => client.workflow.getHandle(workflowId).describe());
  const attempt = Number(raw.pendingWorkflowTask?.attempt ?? 0);
  if (attempt < TRIES) return undefined;
  return `${await lastFailure(engine, workflowId)} (tried ${attempt} times).`;
}

/** Why what has happened does not reach the register, in a sentence; undefined where it does, or is only just on its way. */
export async function deliveryWords(engine: DoctorEngine, inspection: InspectionRef): Promise<string | undefined> {
  const workflowId = `inspection/${inspection}`;
  const { raw } = await asked(engine, () => engine.client.workflow.getHandle(workflowId).describe());
  const failing = raw.pendingActivities?.find(
    ({ activityType, attempt }) => activityType?.name === 'deliver' && (attempt ?? 0) >= DELIVERY_TRIES,
  );
  if (failing === undefined) return undefined;
  return `${await wordsOf(engine, workflowId, failing.lastFailure)} (tried ${failing.attempt ?? 0} times).`;
}

/** What the engine calls what went wrong, where its word says more than the error's own. */
const CAUSES: Partial<Record<number, string>> = {
  [Cause.WORKFLOW_TASK_FAILED_CAUSE_NON_DETERMINISTIC_ERROR]: 'the workers’ code does not fit what it has done so far',
  [Cause.WORKFLOW_TASK_FAILED_CAUSE_BAD_SEARCH_ATTRIBUTES]: 'the engine lacks a search attribute that it sets',
  [Cause.WORKFLOW_TASK_FAILED_CAUSE_PAYLOADS_TOO_LARGE]: 'it holds more than the engine lets pass',
  [Cause.WORKFLOW_TASK_FAILED_CAUSE_GRPC_MESSAGE_TOO_LARGE]: 'it holds more than the engine lets pass',
};

async function lastFailure(engine: DoctorEngine, workflowId: string): Promise<string> {
  const { client, namespace } = engine;
  const { history } = await asked(engine, () =>
    client.workflowService.getWorkflowExecutionHistoryReverse({
      namespace,
      execution: { workflowId },
      maximumPageSize: EVENTS,
    }),
  );
  for (const { eventType, workflowTaskFailedEventAttributes: failed } of history?.events ?? []) {
    if (eventType === EventType.EVENT_TYPE_WORKFLOW_TASK_TIMED_OUT)
      return 'its worker gave no answer in time: it was killed over it, or is overloaded';
    if (eventType === EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED) {
      const cause = CAUSES[failed?.cause ?? -1];
      const words = await wordsOf(engine, workflowId, failed?.failure);
      return cause === undefined ? words : `${cause} (${words})`;
    }
  }
  return 'its next step fails; the worker’s log says why';
}

/** An error's own first line, made readable where it is encrypted. */
async function wordsOf(
  { dataConverter, namespace }: DoctorEngine,
  workflowId: string,
  failure: Failure | null | undefined,
): Promise<string> {
  const context = { type: 'workflow' as const, namespace, workflowId };
  let message = failure?.message ?? '';
  try {
    message =
      (await decodeOptionalFailureToOptionalError(loadDataConverter(dataConverter), failure, context))?.message ??
      message;
  } catch (error) {
    message = error instanceof Error ? error.message : String(error);
  }
  const [line = ''] = message.split('\n');
  return line.trim() === '' ? 'no reason given' : line.trim().replace(/\.+$/, '').slice(0, MAX_WORDS);
}
