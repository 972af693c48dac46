import { Client, type ConnectionLike } from '@temporalio/client';
import type { DataConverter } from '@temporalio/common';
import { processName } from './process-name.ts';
import { tracedClient } from './telemetry.ts';

/** The one way to a client of Temporal: it encrypts, traces, and tells the server no host's name. */
export function clientOf(parts: {
  connection: ConnectionLike;
  namespace: string;
  dataConverter: DataConverter;
}): Client {
  return new Client({ ...parts, ...tracedClient(), identity: processName() });
}
