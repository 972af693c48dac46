import type { Connection, ConnectionOptions } from '@temporalio/client';
import type { Register } from '../register/register.ts';
import { Engine } from './engine.ts';
import { EngineProblem } from './engine-problem.ts';
import { accessDeniedBy, mustHaveNamespace, unreachableSentence } from '../platform/temporal-trouble.ts';
import { dataConverterOf } from '../platform/encryption/data-converter.ts';
import { clientOf } from '../platform/temporal-client.ts';
import { embeddedTemporalAddress, readSettings, type Settings } from '../platform/settings.ts';
import { type BelongingPart, mustBelong } from '../register/belong.ts';
import { openRegisterOf } from '../register/open-register.ts';
import { registerClock } from '../register/register-clock.ts';
import { openConnection } from '../platform/temporal-connection.ts';

/** A connection to Temporal with what was used to make it. */
export interface TemporalConnection {
  connection: Connection;
  namespace: string;
  address: string;
}

/** How long a connection may take, in milliseconds: on one machine or one network this is plenty. */
const CONNECT_TIMEOUT_MS = 5000;

/**
 * Connects to Temporal: by its own environment configuration, else to the embedded engine that `npm start` runs.
 *
 * @throws EngineProblem 'unreachable' with the address tried and what to start; 'access-denied' where the server is there and refuses
 */
export async function connectTemporal(
  settings: Settings,
  extra: Pick<ConnectionOptions, 'interceptors'> = {},
): Promise<TemporalConnection> {
  const address = settings.temporal?.connectionOptions.address ?? embeddedTemporalAddress(settings);
  if (address === undefined)
    throw new EngineProblem(
      'unreachable',
      `No engine is running under ${settings.varDir}. Start duecourse with \`npm start\`, or set TEMPORAL_ADDRESS to a Temporal server that is running.`,
    );
  const options = { ...settings.temporal?.connectionOptions, address };
  try {
    const connection = await openConnection({ ...options, connectTimeout: CONNECT_TIMEOUT_MS, ...extra });
    return { connection, namespace: settings.temporal?.namespace ?? 'default', address };
  } catch (error) {
    const refusal = await accessDeniedBy(options, error);
    const problem = refusal
      ? new EngineProblem(refusal.code, refusal.message)
      : new EngineProblem('unreachable', await unreachableSentence(address));
    throw Object.assign(problem, { cause: error });
  }
}

/** What most commands need: the engine, and the register where lists come from. */
export interface Services {
  engine: Engine;
  register: Register;
  temporal: TemporalConnection;
  close(): Promise<void>;
}

/** Connects to all parts, or to none, and to none of another duecourse's. @throws OtherInstallation */
async function connect(part: BelongingPart | 'asked later', settings: Settings = readSettings()): Promise<Services> {
  const temporal = await connectTemporal(settings);
  const { connection, namespace, address } = temporal;
  let register: Register | undefined;
  try {
    await mustHaveNamespace(connection, { namespace, address });
    register = openRegisterOf(settings);
    if (part !== 'asked later') await mustBelong(register, settings, part);
  } catch (error) {
    await Promise.all([register?.close(), connection.close()]);
    throw error;
  }
  const dataConverter = dataConverterOf(settings.keys, register.payloads);
  const engine = new Engine(clientOf({ connection, namespace, dataConverter }), {
    taskQueue: settings.environment.DUECOURSE_TASK_QUEUE,
    address,
    time: registerClock(register),
  });
  return {
    engine,
    register,
    temporal,
    async close() {
      await Promise.all([register?.close(), connection.close()]);
    },
  };
}

/**
 * Runs something with all parts connected, and lets go of them whatever happens.
 *
 * @param part what it is: whether it belongs is asked before anything is, unless the work asks it itself
 */
export async function withServices<T>(
  work: (services: Services) => Promise<T>,
  part: BelongingPart | 'asked later' = 'command',
): Promise<T> {
  const services = await connect(part);
  try {
    return await work(services);
  } finally {
    await services.close();
  }
}
