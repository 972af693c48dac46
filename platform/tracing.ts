import type { ClientInterceptors } from '@temporalio/client';
import type { WorkerInterceptors } from '@temporalio/worker';
import type { WorkflowSpan } from './trace-sinks.ts';

/** The parts by which a process traces. */
export interface Tracing {
  client: ClientInterceptors;
  worker: WorkerInterceptors;
  /** Takes the spans of workflows. */
  span(span: WorkflowSpan, of: { workflowId: string; runId: string }): void;
  /** Sends what is still to be sent. */
  shutdown(): Promise<void>;
}
