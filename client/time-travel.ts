import { isGrpcServiceError } from '@temporalio/client';
import type { Connection, ConnectionOptions } from '@temporalio/client';
import { msToTs, tsToMs } from '@temporalio/common/lib/time.js';
import proto from '@temporalio/proto';
import type { temporal } from '@temporalio/proto';

const { StartWorkflowExecutionRequest, SignalWithStartWorkflowExecutionRequest, ExecuteMultiOperationRequest } =
  proto.temporal.api.workflowservice.v1;
const { FastForwardPollingResult } = proto.temporal.api.enums.v1;

type Interceptors = NonNullable<ConnectionOptions['interceptors']>;
type Interceptor = Interceptors[number];
type TimeSkippingConfig = temporal.api.common.v1.ITimeSkippingConfig;

const SERVICE = '/temporal.api.workflowservice.v1.WorkflowService/';
/** gRPC's number for a feature that the server has switched off. */
const UNIMPLEMENTED = 12;

/** One move of an execution's own clock: a name that the waiting refers to, and how far. */
export interface FastForward {
  id: string;
  durationMs: number;
}

/**
 * Interceptors for `openConnection({ interceptors })`: every execution started through that connection gets a clock of its own,
 * which jumps from timer to timer whenever the execution has nothing else to do; with a `fastForward`, only so far.
 *
 * A server that does not allow time skipping refuses the start.
 */
export function timeSkippingInterceptors(fastForward?: FastForward): Interceptors {
  return [timeSkippingInterceptor(fastForward)];
}

function timeSkippingInterceptor(fastForward?: FastForward): Interceptor {
  const config = skipping(fastForward);
  return (options, nextCall) => {
    const call = nextCall(options);
    const rewrite = REWRITES[options.method_definition.path];
    if (rewrite) {
      const send = call.sendMessage.bind(call);
      call.sendMessage = (message: Uint8Array) => send(rewrite(message, config));
    }
    return call as ReturnType<Interceptor>;
  };
}

/** How each request that can start an execution is opened, given the clock, and closed again. */
const REWRITES: Record<string, (message: Uint8Array, config: TimeSkippingConfig) => Uint8Array> = {
  [`${SERVICE}StartWorkflowExecution`]: (message, config) => {
    const request = StartWorkflowExecutionRequest.decode(message);
    request.timeSkippingConfig = config;
    return StartWorkflowExecutionRequest.encode(request).finish();
  },
  [`${SERVICE}SignalWithStartWorkflowExecution`]: (message, config) => {
    const request = SignalWithStartWorkflowExecutionRequest.decode(message);
    request.timeSkippingConfig = config;
    return SignalWithStartWorkflowExecutionRequest.encode(request).finish();
  },
  [`${SERVICE}ExecuteMultiOperation`]: (message, config) => {
    const request = ExecuteMultiOperationRequest.decode(message);
    for (const { startWorkflow } of request.operations) if (startWorkflow) startWorkflow.timeSkippingConfig = config;
    return ExecuteMultiOperationRequest.encode(request).finish();
  },
};

/**
 * Moves one execution's clock ahead by `durationMs` from where it stands. Timers on the way fire one after the other; at the target
 * the clock goes at its natural pace again, until the next call. Returns at once: `waitForFastForward` waits for the arrival.
 */
export async function fastForward(
  connection: Connection,
  namespace: string,
  workflowId: string,
  ahead: FastForward,
): Promise<void> {
  await connection.workflowService.updateWorkflowExecutionOptions({
    namespace,
    workflowExecution: { workflowId },
    workflowExecutionOptions: { timeSkippingConfig: skipping(ahead) },
    updateMask: { paths: ['time_skipping_config'] },
  });
}

/**
 * Returns when the execution's clock has reached the target of the fast-forward with this id.
 *
 * @throws TimeTravelFailed where it can't be reached any more: the execution ended first, or another fast-forward replaced it.
 */
export async function waitForFastForward(
  connection: Connection,
  namespace: string,
  workflowId: string,
  id: string,
): Promise<void> {
  const request = { namespace, workflowExecution: { workflowId }, fastForwardId: id };
  for (;;) {
    const { fastForwardPollingResult: result, failedReason } =
      await connection.workflowService.pollWorkflowExecutionTimeSkipping(request);
    if (result === FastForwardPollingResult.FAST_FORWARD_POLLING_RESULT_FAST_FORWARD_COMPLETED) return;
    if (result === FastForwardPollingResult.FAST_FORWARD_POLLING_RESULT_FAST_FORWARD_FAILED)
      throw new TimeTravelFailed(workflowId, id, failedReason);
  }
}

/** The time on the execution's own clock, UTC; the server's where it never skipped any. */
export async function virtualNow(connection: Connection, namespace: string, workflowId: string): Promise<Date> {
  const description = await connection.workflowService.describeWorkflowExecution({
    namespace,
    execution: { workflowId },
  });
  const time = description.workflowExtendedInfo?.timeSkippingInfo?.currentTime;
  return time ? new Date(tsToMs(time)) : new Date();
}

/**
 * Moves the execution's clock to an instant on it and waits for its arrival; on return the clock stands there, at its natural pace.
 * An instant that has passed already is no move at all.
 *
 * What was due long before the instant is done by then, activities included. What is due within the real seconds before it may still be
 * under way: to see the work of 09:00 finished, go to 09:30.
 */
export async function advanceTo(
  connection: Connection,
  namespace: string,
  workflowId: string,
  instant: Date,
): Promise<void> {
  const now = await virtualNow(connection, namespace, workflowId);
  const durationMs = instant.getTime() - now.getTime();
  if (durationMs <= 0) return;
  const id = `${instant.toISOString()}/${now.toISOString()}`;
  await fastForward(connection, namespace, workflowId, { id, durationMs });
  await waitForFastForward(connection, namespace, workflowId, id);
}

function skipping(ahead?: FastForward): TimeSkippingConfig {
  const to = ahead === undefined ? {} : { fastForwardConfig: { id: ahead.id, duration: msToTs(ahead.durationMs) } };
  return { enabled: true, ...to };
}

/** Whether a refusal says that the server keeps to real time; a rehearsal needs one of its own, then. */
export function isTimeSkippingRefused(error: unknown): boolean {
  return isGrpcServiceError(error) && error.code === UNIMPLEMENTED && /time.?skipping/i.test(error.details);
}

export class TimeTravelFailed extends Error {
  constructor(workflowId: string, id: string, reason: string) {
    super(`The clock of "${workflowId}" does not reach "${id}": ${reason}.`);
    this.name = 'TimeTravelFailed';
  }
}
