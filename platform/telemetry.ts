import type { ClientInterceptors } from '@temporalio/client';
import type { InjectedSinks, WorkerInterceptors } from '@temporalio/worker';
import type { Environment } from '../domain/schemas/environment.ts';
import type { TraceSinks } from './trace-sinks.ts';
import type { Tracing } from './tracing.ts';

/** A collector that does not answer must not keep a process from ending. */
const FLUSH_MS = 3000;

/** OpenTelemetry is one for the whole process, by its design; so is this. */
let tracing: Tracing | undefined;

/**
 * Traces what this process does from here on, where OpenTelemetry's variables name a collector; else does nothing, at no
 * cost. To be called once, before any client or worker is made.
 *
 * @param warn told that spans could not be sent
 * @returns to be called at the end: sends what is left
 */
export async function startTracing(
  environment: Pick<Environment, 'OTEL_EXPORTER_OTLP_ENDPOINT' | 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'>,
  warn: (line: string) => void,
): Promise<() => Promise<void>> {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: all, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: traces } = environment;
  if ((all ?? traces) === undefined || tracing !== undefined) return () => Promise.resolve();
  const { openTracing } = await import('./open-tracing.ts');
  const opened = openTracing(warn);
  tracing = opened;
  return async () => {
    tracing = undefined;
    const patience = new Promise<void>((resolve) => setTimeout(resolve, FLUSH_MS).unref());
    await Promise.race([opened.shutdown().catch((error: unknown) => warn(`traces: ${String(error)}`)), patience]);
  };
}

/** For `new Client({ … })`: what carries a trace into the engine; nothing where this process doesn't trace. */
export function tracedClient(): { interceptors?: ClientInterceptors } {
  return tracing === undefined ? {} : { interceptors: tracing.client };
}

/**
 * For `Worker.create({ … })`: takes a trace up in activities. The sink is there always, since a traced client's headers
 * may come to a worker that does not trace.
 */
export function tracedWorker(): { interceptors?: WorkerInterceptors; sinks: InjectedSinks<TraceSinks> } {
  return {
    ...(tracing === undefined ? {} : { interceptors: tracing.worker }),
    sinks: { traces: { span: { fn: (info, span) => tracing?.span(span, info) } } },
  };
}
