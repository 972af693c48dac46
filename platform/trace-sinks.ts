import type { Sinks } from '@temporalio/workflow';

/** What a trace is carried by: the W3C's `traceparent`, and `tracestate` where there is one. */
export type TraceCarrier = Record<string, string>;

/** The moment at which a lifecycle took up what a request asked of it. */
export interface WorkflowSpan {
  parent: TraceCarrier;
  /** 16 hexadecimal digits. */
  id: string;
  name: string;
  /** Milliseconds since 1970. */
  at: number;
}

/** Where a worker takes the spans from; it has this always, traced or not. */
export interface TraceSinks extends Sinks {
  traces: { span(span: WorkflowSpan): void };
}
