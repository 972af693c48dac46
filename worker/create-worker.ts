import type { DataConverter, WorkerDeploymentVersion } from '@temporalio/common';
import { type NativeConnection, Worker, type WorkerDeploymentOptions } from '@temporalio/worker';
import { type ActivityParts, createActivities } from '../activities/create-activities.ts';
import { clientOf } from '../platform/temporal-client.ts';
import { couriersOf } from './couriers.ts';
import { historiesOf } from './histories.ts';
import { lifecyclesOf } from './lifecycles.ts';
import { registerClock } from '../register/register-clock.ts';
import type { EngineTime } from '../platform/updates/engine-clock.ts';
import { processName } from '../platform/process-name.ts';
import { tracedWorker } from '../platform/telemetry.ts';
import { readWorkflowBundle } from './built-bundle.ts';

export interface WorkerParts {
  connection: NativeConnection;
  namespace: string;
  taskQueue: string;
  /** The same as every client's: `dataConverterOf`. */
  dataConverter: DataConverter;
  activities: Omit<ActivityParts, 'lifecycles' | 'histories'>;
  /** The bundle the build has made, unless a test brings its own. */
  workflowBundle?: { code: string };
  /** Where the operator routes lifecycles by worker deployment versions: which one this worker is. */
  deployment?: WorkerDeploymentVersion;
  /** Lifecycles kept in memory between two tasks, at 0.15 MiB each and more until it is collected. */
  cachedLifecycles?: number;
  /** A test of crashes wants fewer than is usual, so that each crash leaves some to the next worker. */
  deliveriesAtOnce?: number;
}

/** How long a worker that shuts down waits for what it is doing: a mail server may take its time. */
const SHUTDOWN_GRACE = '30 seconds';

/** Of the many that may fall on one instant: each is held in memory whole, and the mail server takes a few at a time. */
const DELIVERIES_AT_ONCE = 20;
const WORKFLOW_TASKS_AT_ONCE = 10;
/**
 * How long workflow code may run without a pause: the SDK's guard against a loop, 5 seconds of its own. A large inspection's
 * first plan takes one on a machine of its own, and several where others work on it. Not among the SDK's documented options.
 */
const LONGEST_STEP = { isolateExecutionTimeout: '30 seconds' };
/** One that is not kept is read from its history again: one that sleeps for days can bear that. */
const CACHED_LIFECYCLES = 300;

/**
 * Open lifecycles move to the version that is current (or to the one that is ramped up, for their share): pinned to the
 * one they began on, its workers would have to run for years.
 */
function versioned(version: WorkerDeploymentVersion): WorkerDeploymentOptions {
  return { version, useWorkerVersioning: true, defaultVersioningBehavior: 'AUTO_UPGRADE' };
}

/** How far what is asked of lifecycles may be given a last moment. */
const timeOf = ({ register, timeSkipping }: WorkerParts['activities']): EngineTime =>
  timeSkipping ? 'skipped' : registerClock(register);

/** One worker: workflow code and activities of duecourse on one task queue. Run it with `worker.run()`. */
export async function createWorker(parts: WorkerParts): Promise<Worker> {
  return Worker.create({
    connection: parts.connection,
    namespace: parts.namespace,
    taskQueue: parts.taskQueue,
    workflowBundle: parts.workflowBundle ?? (await readWorkflowBundle()),
    dataConverter: parts.dataConverter,
    identity: processName(),
    activities: createActivities({
      nudge: (to) => couriersOf(clientOf(parts), parts.taskQueue).nudge(to),
      lifecycles: lifecyclesOf(clientOf(parts), timeOf(parts.activities)),
      histories: historiesOf(parts.connection, parts.namespace, parts.activities.register.payloads),
      ...parts.activities,
    }),
    ...(parts.deployment === undefined ? {} : { workerDeploymentOptions: versioned(parts.deployment) }),
    ...tracedWorker(),
    shutdownGraceTime: SHUTDOWN_GRACE,
    ...LONGEST_STEP,
    maxConcurrentActivityTaskExecutions: parts.deliveriesAtOnce ?? DELIVERIES_AT_ONCE,
    maxConcurrentWorkflowTaskExecutions: WORKFLOW_TASKS_AT_ONCE,
    maxCachedWorkflows: parts.cachedLifecycles ?? CACHED_LIFECYCLES,
  });
}
