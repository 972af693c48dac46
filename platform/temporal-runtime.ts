import { DefaultLogger, Runtime } from '@temporalio/worker';
import { type LogLevel, logger } from './logger.ts';
import { temporalLines } from './temporal-lines.ts';

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

/**
 * Sets up Temporal's runtime of this process, once: its warnings go where ours go, and signals are left to us, so that
 * parts are stopped in their order.
 *
 * @param metricsAddress `host:port` where its metrics are to be read under /metrics (Prometheus); without it, nowhere
 */
export function installRuntime(level: LogLevel, metricsAddress?: string): void {
  const log = logger(level);
  Runtime.install({
    logger: new DefaultLogger(
      'TRACE',
      temporalLines((at, fields, message) => log.event(fields, message, at)),
    ),
    shutdownSignals: [],
    telemetryOptions: {
      logging: { forward: {}, filter: TEMPORAL_CORE[level] },
      ...(metricsAddress === undefined
        ? {}
        : { metrics: { prometheus: { bindAddress: metricsAddress, useSecondsForDurations: true } } }),
    },
  });
}
