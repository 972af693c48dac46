import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Environment } from './cache.ts';

/** A Temporal server that someone else runs. How to connect to it (TLS, keys) is `@temporalio/envconfig`'s to say. */
export interface ExternalTemporal {
  kind: 'external';
  address: string;
  namespace?: string;
  /** Where its address was found, for people. */
  source: string;
}

/** The server that TEMPORAL_ADDRESS or a Temporal configuration profile names; undefined where neither does. */
export async function externalTemporal(env: Environment): Promise<ExternalTemporal | undefined> {
  if (!env['TEMPORAL_ADDRESS'] && !configurationFile(env)) return undefined;
  // Loaded late: without a configuration, which is most of the time, finding the parts stays quick.
  const { loadClientConfigProfile } = await import('@temporalio/envconfig');
  const { address, namespace } = loadClientConfigProfile({
    profile: env['TEMPORAL_PROFILE'],
    overrideEnvVars: defined(env),
  });
  if (!address) return undefined;
  const source = env['TEMPORAL_ADDRESS']
    ? 'TEMPORAL_ADDRESS'
    : `profile "${env['TEMPORAL_PROFILE'] ?? 'default'}" in ${configurationFile(env)}`;
  return { kind: 'external', address, namespace, source };
}

/** The file that Temporal's tools read their profiles from, where it is there; a file named expressly counts as there. */
function configurationFile(env: Environment): string | undefined {
  if (env['TEMPORAL_CONFIG_FILE']) return env['TEMPORAL_CONFIG_FILE'];
  const file = join(configurationFolder(env), 'temporalio', 'temporal.toml');
  return existsSync(file) ? file : undefined;
}

function configurationFolder(env: Environment): string {
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support');
  if (process.platform === 'win32') return env['AppData'] ?? join(homedir(), 'AppData', 'Roaming');
  return env['XDG_CONFIG_HOME'] || join(env['HOME'] || homedir(), '.config');
}

function defined(env: Environment): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined));
}
