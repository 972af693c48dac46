import type { Client } from '@temporalio/client';
import type { temporal } from '@temporalio/proto';
import proto from '@temporalio/proto';
import { tsToMs } from '@temporalio/common/lib/time.js';
import { troubleIn } from './trouble.ts';

const { PendingWorkflowTaskState, UpdateWorkflowExecutionLifecycleStage, WorkflowExecutionStatus } =
  proto.temporal.api.enums.v1;
const {
  UPDATE_WORKFLOW_EXECUTION_LIFECYCLE_STAGE_ACCEPTED: ACCEPTED,
  UPDATE_WORKFLOW_EXECUTION_LIFECYCLE_STAGE_COMPLETED: COMPLETED,
} = UpdateWorkflowExecutionLifecycleStage;

/** Runs that one change may have lived through: each takes some changes, or some days. */
const MAX_RUNS = 100;

/** How a workflow stands: its present run, whether that takes anything, and what its worker is about to answer. */
export interface Standing {
  run: string;
  running: boolean;
  /** When the workflow task began that a worker is busy with, by the engine's clock; undefined where none is. */
  busySince: number | undefined;
  /** How long the engine waits for one workflow task before it takes the worker that has it for dead, in milliseconds. */
  taskTimeoutMs: number;
}

/** @throws gRPC's error where there is no such workflow, or the engine does not answer */
export async function standingOf(client: Client, workflowId: string): Promise<Standing> {
  const described = await client.workflowService.describeWorkflowExecution({
    namespace: client.options.namespace,
    execution: { workflowId },
  });
  const { executionConfig, workflowExecutionInfo: info, pendingWorkflowTask: task } = described;
  const started = task?.state === PendingWorkflowTaskState.PENDING_WORKFLOW_TASK_STATE_STARTED;
  return {
    run: info?.execution?.runId ?? '',
    running: info?.status === WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING,
    busySince: started ? tsToMs(task.startedTime ?? undefined) : undefined,
    taskTimeoutMs: tsToMs(executionConfig?.defaultWorkflowTaskTimeout ?? undefined),
  };
}

/**
 * What has become of an update: the run that has carried it out (or refused it, having accepted it), or what is certain
 * of it besides.
 *
 * - `never`: no run has it, and none will begin with it any more.
 * - `open`: a worker may be at it just now, or its last moment has not passed.
 *
 * @param since the run that was present when it was first asked
 * @param notAfter its last moment, and `now`, both by the engine's clock in milliseconds
 */
export async function fateOf(
  client: Client,
  { workflowId, updateId }: { workflowId: string; updateId: string },
  { since, notAfter, now }: { since: string; notAfter: number; now: number },
): Promise<{ run: string } | 'never' | 'open'> {
  // First how it stands, then what has come of it: a task that begins in between begins after the last moment.
  const { run, running, busySince } = await standingOf(client, workflowId);
  for (const each of await runsBetween(client, workflowId, since, run)) {
    const stage = await stageIn(client, { workflowId, runId: each }, updateId);
    if (stage === COMPLETED) return { run: each };
    if (stage === ACCEPTED) return 'open';
  }
  if (!running) return 'never';
  const isAtIt = busySince !== undefined && busySince <= notAfter;
  return now > notAfter && !isAtIt ? 'never' : 'open';
}

/** How far an update has come in a run, answered at once; undefined where the run does not know it. */
async function stageIn(
  client: Client,
  workflowExecution: temporal.api.common.v1.IWorkflowExecution,
  updateId: string,
): Promise<temporal.api.enums.v1.UpdateWorkflowExecutionLifecycleStage | undefined> {
  try {
    const { stage } = await client.workflowService.pollWorkflowExecutionUpdate({
      namespace: client.options.namespace,
      updateRef: { workflowExecution, updateId },
      waitPolicy: {},
    });
    return stage;
  } catch (error) {
    if (troubleIn(error) === 'gone') return undefined;
    throw error;
  }
}

/** The runs of a workflow from one to another, last to first. */
async function runsBetween(client: Client, workflowId: string, first: string, last: string): Promise<string[]> {
  const runs = [last];
  let run = last;
  while (run !== first && runs.length < MAX_RUNS) {
    run = await runBefore(client, workflowId, run);
    if (run === '') break;
    runs.push(run);
  }
  return runs;
}

async function runBefore(client: Client, workflowId: string, runId: string): Promise<string> {
  const { history } = await client.workflowService.getWorkflowExecutionHistory({
    namespace: client.options.namespace,
    execution: { workflowId, runId },
    maximumPageSize: 1,
  });
  return history?.events?.[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId ?? '';
}
