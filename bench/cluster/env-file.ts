import { join, resolve } from 'node:path';
import { clientConfigToToml } from '@temporalio/envconfig';
import { type Certificates, clientVariables, SERVER_NAME } from './certificates.ts';
import { writeOwn } from './cluster-folder.ts';

/** Where a cluster can be reached. */
export interface Whereabouts {
  /** Each node's frontend, `127.0.0.1:port`, first to last. */
  addresses: readonly string[];
  pids: readonly number[];
  namespace: string;
  databaseUrl: string;
  certificates: Certificates | undefined;
}

/** What points duecourse at one node of the cluster: Temporal's own variables, and the register's. */
export function variablesFor(where: Whereabouts, node: number): Record<string, string> {
  const address = where.addresses[node - 1];
  if (address === undefined) throw new Error(`There is no node ${node}: the cluster has ${where.addresses.length}.`);
  return {
    TEMPORAL_ADDRESS: address,
    TEMPORAL_NAMESPACE: where.namespace,
    ...(where.certificates === undefined ? {} : clientVariables(where.certificates)),
    DATABASE_URL: where.databaseUrl,
  };
}

/** Writes `env`, to be read into a shell, and `temporal.toml`, with a profile for each node; gives their paths. */
export function writeEnvFiles(dir: string, where: Whereabouts): { env: string; toml: string } {
  const env = join(resolve(dir), 'env');
  const toml = join(resolve(dir), 'temporal.toml');
  writeOwn(env, envFile(env, toml, where));
  writeOwn(toml, new TextDecoder().decode(profiles(where)));
  return { env, toml };
}

function envFile(env: string, toml: string, where: Whereabouts): string {
  const nodes = where.addresses.map(
    (address, index) => `# node ${index + 1}: ${address}, process ${where.pids[index] ?? '?'}`,
  );
  const lines = Object.entries(variablesFor(where, 1)).map(([name, value]) => `export ${name}=${quoted(value)}`);
  return [
    `# A cluster on this machine. In a shell: . ${quoted(env)}`,
    '# Then "./duecourse …" and "npm run worker" use it.',
    ...nodes,
    `# Any node will do. Another one: set TEMPORAL_ADDRESS to it, or, in place of all TEMPORAL_ variables here,`,
    `# TEMPORAL_CONFIG_FILE=${quoted(toml)} and TEMPORAL_PROFILE=node-2.`,
    ...lines,
    '',
  ].join('\n');
}

function profiles({ addresses, namespace, certificates }: Whereabouts): Uint8Array {
  const tls =
    certificates === undefined
      ? undefined
      : {
          serverName: SERVER_NAME,
          clientCert: { path: certificates.clientCert },
          clientKey: { path: certificates.clientKey },
          serverCACert: { path: certificates.nodesCa },
        };
  const entries = addresses.map((address, index) => [`node-${index + 1}`, { address, namespace, tls }] as const);
  return clientConfigToToml({ profiles: Object.fromEntries(entries) });
}

/** One word for a shell, whatever is in it. */
function quoted(value: string): string {
  return `'${value.replaceAll("'", String.raw`'\''`)}'`;
}
