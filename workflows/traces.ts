import type { TraceCarrier, TraceSinks } from '../platform/trace-sinks.ts';
import { defaultPayloadConverter, type Headers, type Payload } from '@temporalio/common';
import { proxySinks, workflowInfo, type WorkflowInterceptorsFactory } from '@temporalio/workflow';

/** The header that the interceptors of client and activities use (@temporalio/interceptors-opentelemetry). */
const HEADER = '_tracer-data';
const TRACEPARENT = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;

/**
 * Carries a trace from the request that started or changed a lifecycle on to the activities which follow from that. What
 * a timer sets off afterwards is nobody's request, and belongs to no trace: a trace that went on for years would help
 * nobody. A lifecycle lasts as long, so its span is the moment at which it took the request up.
 *
 * No command depends on this, and no promise is waited for: histories replay the same with it and without.
 */
export const interceptors: WorkflowInterceptorsFactory = () => {
  const { traces } = proxySinks<TraceSinks>();
  let carried: Payload | undefined;
  let taken = 0;

  const take = (headers: Headers, name: string): void => {
    const parent = carrierIn(headers);
    const [, trace, , flags] = TRACEPARENT.exec(parent?.['traceparent'] ?? '') ?? [];
    carried = undefined;
    if (parent === undefined || trace === undefined || flags === undefined) return;
    const id = spanId(workflowInfo().runId, taken++);
    traces.span({ parent, id, name, at: Date.now() });
    carried = defaultPayloadConverter.toPayload({ ...parent, traceparent: `00-${trace}-${id}-${flags}` });
  };

  return {
    inbound: [
      {
        execute(input, next) {
          take(input.headers, `workflow ${workflowInfo().workflowType}`);
          return next(input);
        },
        handleUpdate(input, next) {
          take(input.headers, `update ${input.name}`);
          return next(input);
        },
      },
    ],
    outbound: [
      {
        scheduleActivity(input, next) {
          return next(carried === undefined ? input : { ...input, headers: { ...input.headers, [HEADER]: carried } });
        },
        startTimer(input, next) {
          const timer = next(input);
          // Cancelled, because a message came: then what follows is that message's.
          timer.then(
            () => (carried = undefined),
            () => undefined,
          );
          return timer;
        },
      },
    ],
  };
};

function carrierIn(headers: Headers): TraceCarrier | undefined {
  const payload = headers[HEADER];
  return payload === undefined ? undefined : defaultPayloadConverter.fromPayload<TraceCarrier>(payload);
}

/** The same at every replay, and no other span's: the random half of the run's own id, counted on. */
function spanId(runId: string, n: number): string {
  const half = BigInt(`0x${runId.replaceAll('-', '').slice(16)}`);
  return BigInt.asUintN(64, half + BigInt(n))
    .toString(16)
    .padStart(16, '0');
}
