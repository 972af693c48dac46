import { type NativeConnection, Worker } from '@temporalio/worker';
import { type ActivityParts, createActivities } from '../activities/create-activities.ts';
import { lifecyclesOf } from './lifecycles.ts';
import { readWorkflowBundle } from './workflow-bundle.ts';

export interface WorkerParts {
  connection: NativeConnection;
  namespace: string;
  taskQueue: string;
  activities: Omit<ActivityParts, 'lifecycles'>;
  /** The bundle the build has made, unless a test brings its own. */
  workflowBundle?: { code: string };
  /** Deliveries under way at a time; a test of crashes wants few, so that each crash leaves some to the next worker. */
  deliveriesAtOnce?: number;
}

/** How long a worker that shuts down waits for what it is doing: a mail server may take its time. */
const SHUTDOWN_GRACE = '30 seconds';

/** One worker: workflow code and activities of duecourse on one task queue. Run it with `worker.run()`. */
export async function createWorker(parts: WorkerParts): Promise<Worker> {
  return Worker.create({
    connection: parts.connection,
    namespace: parts.namespace,
    taskQueue: parts.taskQueue,
    workflowBundle: parts.workflowBundle ?? (await readWorkflowBundle()),
    activities: createActivities({ lifecycles: lifecyclesOf(parts.connection, parts.namespace), ...parts.activities }),
    shutdownGraceTime: SHUTDOWN_GRACE,
    ...(parts.deliveriesAtOnce === undefined ? {} : { maxConcurrentActivityTaskExecutions: parts.deliveriesAtOnce }),
  });
}
