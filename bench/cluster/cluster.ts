import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { openRegister } from '../../register/register.ts';
import { withFileLock } from '../../platform/embedded/file-lock.ts';
import type { Log } from '../../platform/embedded/log.ts';
import { ensureNamespaceAndSearchAttributes } from '../../platform/embedded/namespace.ts';
import { findClusterPrograms } from '../../platform/embedded/parts.ts';
import { startPostgres } from '../../platform/embedded/postgres.ts';
import type { DynamicValue } from '../../platform/embedded/temporal-settings.ts';
import { type Access, accessTo } from './access.ts';
import { ensureCertificates } from './certificates.ts';
import {
  givenDatabase,
  nodeFolder,
  nodesIn,
  postgresFolder,
  readClusterNote,
  tlsFolder,
  writeClusterNote,
} from './cluster-folder.ts';
import { endPostgresOf, stopCluster } from './end-cluster.ts';
import { variablesFor, type Whereabouts, writeEnvFiles } from './env-file.ts';
import { endNode, portsOf, startNode } from './node.ts';
import { type ClusterSettings, nodeFiles } from './node-settings.ts';
import { postgresTuning } from './postgres-tuning.ts';
import { ensureSchemas } from './schema.ts';
import { openConnection } from '../../platform/temporal-connection.ts';

const CLUSTER_NAMESPACE = 'duecourse';
const NODES = 2;

export interface ClusterOptions {
  /** The folder of everything that is the cluster's own. */
  dir: string;
  log: Log;
  /** What is left out is as it was the last time in this folder; at first 2 nodes, without TLS. */
  nodes?: number;
  mtls?: boolean;
  /** Whether executions may carry a clock of their own: for tests and benches only. */
  timeSkipping?: boolean;
  /** More dynamic configuration, by the server's own keys. */
  dynamicConfig?: Record<string, DynamicValue>;
  /** A PostgreSQL of the operator's, for the register and Temporal's databases beside it; left out, the cluster has its own. */
  databaseUrl?: string | undefined;
}

/** Several nodes of one Temporal server on one PostgreSQL, on this machine. It goes on when this process ends. */
export interface Cluster {
  /** Each node's frontend, `127.0.0.1:port`, first to last. */
  addresses: readonly string[];
  namespace: string;
  /** The register's database, password included: never for a log. */
  databaseUrl: string;
  /** Where a shell reads how to use it, and the profiles of its nodes. */
  files: { env: string; toml: string };
  /** How a client or a worker connects to a node; the first is 1. */
  accessTo(node: number): Access;
  /** What points a process of duecourse at a node. */
  variables(node: number): Record<string, string>;
  /** The process of a node; 0 where it does not run. */
  pidOf(node: number): number;
  /** Ends a node at once (SIGKILL), or lets it hand over first (SIGTERM). Returns when it is gone. */
  killNode(node: number, signal?: NodeJS.Signals): Promise<void>;
  /** Brings a node back, at its old address. Returns when it serves. */
  startNode(node: number): Promise<void>;
  /** Ends the cluster's own PostgreSQL: SIGINT in good order, SIGQUIT or SIGKILL as a crash. */
  stopPostgres(signal?: NodeJS.Signals): Promise<void>;
  /** Brings it back at its old address. */
  startPostgres(): Promise<void>;
  /** Both, one after the other. */
  restartPostgres(signal?: NodeJS.Signals): Promise<void>;
  /** Ends the nodes, then PostgreSQL; data stay. */
  stop(): Promise<void>;
}

/**
 * Brings up a cluster: takes over what runs, starts what is missing. Safe to repeat.
 *
 * @throws PartMissing where the server, its SQL tool or openssl is not to be had
 */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const dir = resolve(options.dir);
  mkdirSync(dir, { recursive: true });
  return withFileLock(join(dir, 'lock'), options.log, () => bringUp(dir, options));
}

async function bringUp(dir: string, options: ClusterOptions): Promise<Cluster> {
  const { log } = options;
  const before = readClusterNote(dir);
  const note = {
    nodes: options.nodes ?? before?.nodes ?? NODES,
    mtls: options.mtls ?? before?.mtls ?? false,
    timeSkipping: options.timeSkipping ?? before?.timeSkipping ?? false,
    givenDatabase: givenDatabase(dir, options.databaseUrl) ?? null,
  };
  const programs = await findClusterPrograms(log);
  const upPostgres = () => postgresOf(dir, note.nodes, note.givenDatabase, log);
  const databaseUrl = await upPostgres();
  writeClusterNote(dir, note);
  await ensureSchemas(programs.sqlTool, databaseUrl, log);
  const settings: ClusterSettings = {
    databaseUrl,
    timeSkipping: note.timeSkipping,
    dynamicConfig: options.dynamicConfig ?? {},
    certificates: note.mtls ? await ensureCertificates(tlsFolder(dir)) : undefined,
  };
  for (const extra of nodesIn(dir).filter(({ node }) => node > note.nodes)) await endNode(extra.dir);
  const upNode = nodeStarter(dir, programs.server, settings, log);
  // The first one alone: it writes what all of them agree on.
  const first = await upNode(1);
  const others = Array.from({ length: note.nodes - 1 }, (_, index) => upNode(index + 2));
  const addresses = [first, ...(await Promise.all(others))];
  await prepare(addresses, settings);
  log(`Temporal: namespace ${CLUSTER_NAMESPACE} and its search attributes are there; the register is up to date`);
  const where = (): Whereabouts => ({
    addresses,
    pids: addresses.map((_, index) => pidOf(dir, index + 1)),
    namespace: CLUSTER_NAMESPACE,
    databaseUrl,
    certificates: settings.certificates,
  });
  const address = (node: number): string => variablesFor(where(), node)['TEMPORAL_ADDRESS'] ?? '';
  const ofItsOwn = () => {
    if (note.givenDatabase !== null)
      throw new Error('This PostgreSQL is not the cluster’s own: it is not ours to end.');
  };
  const cluster: Cluster = {
    addresses,
    namespace: CLUSTER_NAMESPACE,
    databaseUrl,
    files: writeEnvFiles(dir, where()),
    accessTo: (node) => accessTo(address(node), settings.certificates),
    variables: (node) => variablesFor(where(), node),
    pidOf: (node) => pidOf(dir, node),
    killNode: (node, signal = 'SIGKILL') => endNode(nodeFolder(dir, node), signal),
    async startNode(node) {
      await upNode(node);
      writeEnvFiles(dir, where());
    },
    async stopPostgres(signal) {
      ofItsOwn();
      await endPostgresOf(dir, signal);
    },
    async startPostgres() {
      ofItsOwn();
      await upPostgres();
    },
    async restartPostgres(signal) {
      await cluster.stopPostgres(signal);
      await cluster.startPostgres();
    },
    stop: () => stopCluster(dir, log),
  };
  return cluster;
}

const pidOf = (dir: string, node: number): number => nodesIn(dir).find((each) => each.node === node)?.note?.pid ?? 0;

/** The address of the register's database, on a server that runs. */
async function postgresOf(dir: string, nodes: number, given: string | null, log: Log): Promise<string> {
  if (given !== null) {
    log('PostgreSQL: yours, as DATABASE_URL says');
    return given;
  }
  const server = await startPostgres({ dataDir: postgresFolder(dir), log, tuning: postgresTuning(nodes) });
  server.leave();
  log(`PostgreSQL: runs at ${new URL(server.url).host} (process ${server.pid})`);
  return server.url;
}

function nodeStarter(dir: string, server: string, settings: ClusterSettings, log: Log) {
  return async (node: number): Promise<string> => {
    const clusterAddress = `127.0.0.1:${(await portsOf(nodeFolder(dir, 1))).frontend}`;
    return startNode(
      {
        server,
        dir: nodeFolder(dir, node),
        name: `node ${node}`,
        files: (ports) => nodeFiles(settings, ports, node === 1 ? `127.0.0.1:${ports.frontend}` : clusterAddress),
        accessTo: (address) => accessTo(address, settings.certificates),
      },
      log,
    );
  };
}

/** What `duecourse setup` does, through each node: each must know the namespace before anybody comes to it. */
async function prepare(addresses: readonly string[], settings: ClusterSettings): Promise<void> {
  for (const address of addresses) {
    const connection = await openConnection(accessTo(address, settings.certificates));
    try {
      await ensureNamespaceAndSearchAttributes(connection, CLUSTER_NAMESPACE);
    } finally {
      await connection.close();
    }
  }
  const register = openRegister({ url: settings.databaseUrl });
  try {
    await register.migrate();
  } finally {
    await register.close();
  }
}
