import type { Client, ConnectionLike } from '@temporalio/client';
import type { DataConverter } from '@temporalio/common';
import type { Settings } from '../../platform/settings.ts';
import { dataConverterOf } from '../../platform/encryption/data-converter.ts';
import { clientOf } from '../../platform/temporal-client.ts';
import type { Register } from '../../register/register.ts';

/** The engine as the doctor asks it. */
export interface DoctorEngine {
  client: Client;
  namespace: string;
  address: string;
  taskQueue: string;
  dataConverter: DataConverter;
}

/** What is looked at; a part that can't be opened is the trouble that it met. */
export interface DoctorParts {
  settings: Settings;
  variables: NodeJS.ProcessEnv;
  register: Register | Error;
  engine: DoctorEngine | Error;
}

/** The engine by a connection that is open. */
export function doctorEngineOf(
  { keys, environment }: Settings,
  { connection, namespace, address }: { connection: ConnectionLike; namespace: string; address: string },
  { payloads }: Pick<Register, 'payloads'>,
): DoctorEngine {
  const dataConverter = dataConverterOf(keys, payloads);
  const client = clientOf({ connection, namespace, dataConverter });
  return { client, namespace, address, taskQueue: environment.DUECOURSE_TASK_QUEUE, dataConverter };
}

/** How long one answer of the engine is waited for, in milliseconds. */
export const ANSWER_MS = 5000;

/** One question to the engine, with a bound. */
export function asked<T>({ client }: Pick<DoctorEngine, 'client'>, ask: () => Promise<T>, ms = ANSWER_MS): Promise<T> {
  return client.withDeadline(Date.now() + ms, ask);
}
