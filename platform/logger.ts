import { DefaultLogger, Runtime } from '@temporalio/worker';
import { type DestinationStream, pino } from 'pino';

export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent';

const TEMPORAL_LEVELS = { TRACE: 'trace', DEBUG: 'debug', INFO: 'info', WARN: 'warn', ERROR: 'error' } as const;

/** Temporal's core speaks of every retry; what of it is worth a line at each of our levels. */
const TEMPORAL_CORE = {
  trace: 'DEBUG',
  debug: 'INFO',
  info: 'ERROR',
  warn: 'ERROR',
  error: 'ERROR',
  silent: 'ERROR',
} as const;

/** What a line holds beside its words: names and numbers to search by, never a person's address. */
export type LogFields = Record<string, string | number | boolean>;

export type Log = ReturnType<typeof logger>;

/** What Temporal's lines are searched by: which lifecycle, which try. */
const TEMPORAL_FIELDS = ['workflowId', 'runId', 'activityType', 'attempt'] as const;

/** Structured logs on the error stream, ours and Temporal's in one form. They hold no mail bodies. */
export function logger(level: LogLevel, stream: DestinationStream = process.stderr) {
  const log = pino({ level, base: null }, stream);
  const forTemporal = new DefaultLogger('WARN', ({ level: of, message, meta = {} }) => {
    const fields = TEMPORAL_FIELDS.flatMap((name) => (meta[name] === undefined ? [] : [[name, meta[name]]]));
    const { error } = meta;
    log[TEMPORAL_LEVELS[of]](
      { part: 'temporal', ...Object.fromEntries(fields), ...(error === undefined ? {} : { error: String(error) }) },
      message,
    );
  });
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
      logging: { forward: {}, filter: { core: TEMPORAL_CORE[level], other: TEMPORAL_CORE[level] } },
      ...(metricsAddress === undefined
        ? {}
        : { metrics: { prometheus: { bindAddress: metricsAddress, useSecondsForDurations: true } } }),
    },
  });
}
