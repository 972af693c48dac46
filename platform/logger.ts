import { DefaultLogger, Runtime } from '@temporalio/worker';
import { type DestinationStream, pino } from 'pino';
import { type LogFields, temporalLines } from './temporal-lines.ts';

export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent';

/**
 * Temporal's core speaks of every retry; what of it is worth a line at each of our levels. That a lifecycle's step has
 * failed it says as a warning, and nobody else does.
 */
const TEMPORAL_CORE = {
  trace: filterOf('DEBUG'),
  debug: filterOf('INFO'),
  info: `${filterOf('ERROR')},temporalio_sdk_core::worker::workflow=WARN`,
  warn: `${filterOf('ERROR')},temporalio_sdk_core::worker::workflow=WARN`,
  error: filterOf('ERROR'),
  silent: filterOf('ERROR'),
} as const;

function filterOf(level: string): string {
  return `${level},temporalio_sdk_core=${level},temporalio_client=${level},temporalio_common=${level}`;
}

export type Log = ReturnType<typeof logger>;

/** Structured logs on the error stream, ours and Temporal's in one form. They hold no mail bodies. */
export function logger(level: LogLevel, stream: DestinationStream = process.stderr) {
  const log = pino({ level, base: null }, stream);
  const forTemporal = new DefaultLogger(
    'TRACE',
    temporalLines((at, fields, message) => log[at](fields, message)),
  );
  return {
    info: (message: string) => log.info(message),
    warn: (message: string) => log.warn(message),
    error: (message: string) => log.error(message),
    /** A line with fields of its own: one event. */
    event: (fields: LogFields, message: string, at: 'debug' | 'info' | 'warn' | 'error' = 'info') =>
      log[at](fields, message),
    forTemporal,
  };
}

/**
 * Sets up Temporal's runtime of this process, once: its warnings go where ours go, and signals are left to us, so that
 * parts are stopped in their order.
 *
 * @param metricsAddress `host:port` where its metrics are to be read under /metrics (Prometheus); without it, nowhere
 */
export function installRuntime(level: LogLevel, metricsAddress?: string): void {
  Runtime.install({
    logger: logger(level).forTemporal,
    shutdownSignals: [],
    telemetryOptions: {
      logging: { forward: {}, filter: TEMPORAL_CORE[level] },
      ...(metricsAddress === undefined
        ? {}
        : { metrics: { prometheus: { bindAddress: metricsAddress, useSecondsForDurations: true } } }),
    },
  });
}
