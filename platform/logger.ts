import { type DestinationStream, pino } from 'pino';
import type { LogFields } from './temporal-lines.ts';

export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent';

export type Log = ReturnType<typeof logger>;

/** Structured logs on the error stream. They hold no mail bodies. */
export function logger(level: LogLevel, stream: DestinationStream = process.stderr) {
  const log = pino({ level, base: null }, stream);
  return {
    info: (message: string) => log.info(message),
    warn: (message: string) => log.warn(message),
    error: (message: string) => log.error(message),
    /** A line with fields of its own: one event. */
    event: (fields: LogFields, message: string, at: 'debug' | 'info' | 'warn' | 'error' = 'info') =>
      log[at](fields, message),
  };
}
