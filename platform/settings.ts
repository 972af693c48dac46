import type { WorkerDeploymentVersion } from '@temporalio/common';
import { type ClientConnectConfig, loadClientConnectConfig } from '@temporalio/envconfig';
import { join, resolve } from 'node:path';
import { type Environment, EnvironmentProblems, readEnvironment } from '../domain/schemas/environment.ts';
import { readPostgresUrl } from './embedded/postgres.ts';
import { readTemporalAddress } from './embedded/server-note.ts';
import { type EncryptionKeys, keysOf } from './encryption/keys.ts';
import { packageRoot } from './package-root.ts';

/** Where everything is, for one process: from its environment, or from what `npm start` has left under the project's `var/`. */
export interface Settings {
  environment: Environment;
  /** The folder of the embedded parts, absolute. */
  varDir: string;
  outboxDir: string;
  /** Temporal's own configuration where one is given; undefined means the embedded engine. */
  temporal: ClientConnectConfig | undefined;
  /** What payloads are encrypted with; empty where they are not. */
  keys: EncryptionKeys;
}

/**
 * Reads the environment.
 *
 * @throws EnvironmentProblems, and EncryptionProblem 'bad-keys'
 */
export function readSettings(variables: NodeJS.ProcessEnv = process.env): Settings {
  const environment = readEnvironment(variables);
  const varDir = resolve(environment.DUECOURSE_VAR ?? join(packageRoot(), 'var'));
  const keys = keysOf(environment);
  return {
    environment,
    varDir,
    outboxDir: resolve(environment.DUECOURSE_OUTBOX ?? join(varDir, 'outbox')),
    temporal: temporalConfig(variables),
    keys,
  };
}

/**
 * Temporal's own environment configuration: TEMPORAL_ADDRESS, TEMPORAL_PROFILE, a configuration file, TLS and API keys.
 *
 * @throws EnvironmentProblems where a file or a profile that it names is not there
 */
function temporalConfig(variables: NodeJS.ProcessEnv): ClientConnectConfig | undefined {
  const overrideEnvVars = Object.fromEntries(
    Object.entries(variables).filter((pair): pair is [string, string] => pair[1] !== undefined),
  );
  const config = loadedFrom(overrideEnvVars);
  return config.connectionOptions.address === undefined ? undefined : config;
}

/** The first line of what is wrong with it: further ones quote the file, in which there may be a key. */
function loadedFrom(overrideEnvVars: Record<string, string>): ClientConnectConfig {
  try {
    return loadClientConnectConfig({ overrideEnvVars });
  } catch (error) {
    const [reason = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
    throw new EnvironmentProblems(`Temporal's configuration can't be used: ${reason}`);
  }
}

export const temporalDir = (settings: Settings): string => join(settings.varDir, 'temporal');
export const postgresDir = (settings: Settings): string => join(settings.varDir, 'postgres');

/**
 * The worker deployment version that this process' worker is; undefined where it is none.
 *
 * @throws EnvironmentProblems where half of it is missing
 */
export function deploymentOf({ environment }: Settings): WorkerDeploymentVersion | undefined {
  const { DUECOURSE_DEPLOYMENT: deploymentName, DUECOURSE_BUILD_ID: buildId } = environment;
  if (deploymentName === undefined && buildId === undefined) return undefined;
  if (deploymentName !== undefined && buildId !== undefined) return { deploymentName, buildId };
  throw new EnvironmentProblems(
    'DUECOURSE_DEPLOYMENT and DUECOURSE_BUILD_ID belong together: expected both, or neither.',
  );
}

/** The embedded engine's address, where one is running. */
export function embeddedTemporalAddress(settings: Settings): string | undefined {
  return readTemporalAddress(temporalDir(settings));
}

/** The register's address: DATABASE_URL, or the embedded one where it is running. */
export function registerUrl(settings: Settings): string | undefined {
  return settings.environment.DATABASE_URL ?? readPostgresUrl(postgresDir(settings));
}
