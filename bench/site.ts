import { copyFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { openRegister } from '../register/register.ts';
import { startCluster } from './cluster/cluster.ts';
import { startPostgres } from '../platform/embedded/postgres.ts';
import { startTemporalServer } from '../platform/embedded/temporal.ts';
import { bundleWorkflows } from '../worker/workflow-bundle.ts';

/** The servers that a proof runs against, and what it may do to them. */
export interface Site {
  /** One address for each node's frontend. */
  addresses: readonly string[];
  namespace: string;
  databaseUrl: string;
  /** A folder of the proof's own, gone at the end. */
  home: string;
  /** The workflow bundle's file. */
  bundle: string;
  /** What it is, in a few words. */
  what: string;
  /** SIGKILL to a node of the Temporal server; it comes back at its address. Absent where the servers are not ours. */
  killServer?: () => Promise<void>;
  /** Ends PostgreSQL at once, as a crash, and brings it back at its address. */
  restartPostgres?: () => Promise<void>;
  /** PostgreSQL away, until `startPostgres`. */
  stopPostgres?: () => Promise<void>;
  startPostgres?: () => Promise<void>;
  /** The engine's own database. Absent where it is not ours, or one with the register's. */
  engineFiles?: EngineFiles;
  close(): Promise<void>;
}

/** What a backup tool, or a bad day, does to the engine's database. The server is away meanwhile, and comes back at its address. */
export interface EngineFiles {
  /** Returns how it is brought back to this moment. */
  backUp(): Promise<() => Promise<void>>;
  lose(): Promise<void>;
}

const log = () => undefined;
/** Long enough for the other node to take over. */
const NODE_AWAY_MS = 3000;

/**
 * A cluster of two nodes where one is asked for; else servers that are given, by TEMPORAL_ADDRESS (several, with commas between them), TEMPORAL_NAMESPACE and DATABASE_URL;
 * else one of each, embedded, with files that last, so that both can be killed and come back.
 */
export async function openSite(
  variables: NodeJS.ProcessEnv = process.env,
  { cluster = false }: { cluster?: boolean } = {},
): Promise<Site> {
  const { TEMPORAL_ADDRESS: given, TEMPORAL_NAMESPACE: namespace = 'default', DATABASE_URL: databaseUrl } = variables;
  const parts = await partsOf();
  if (cluster) return clustered(parts);
  if (given === undefined || databaseUrl === undefined) return embedded(parts);
  await migrated(databaseUrl);
  const addresses = given.split(',');
  return { ...parts, addresses, namespace, databaseUrl, what: 'given servers', close: () => gone(parts.home) };
}

const NODES = 2;

/** Each strike hits the next node in turn. */
async function clustered(parts: Parts): Promise<Site> {
  const dir = mkdtempSync(join(tmpdir(), 'duecourse-proof-cluster-'));
  const cluster = await startCluster({ dir, log, nodes: NODES, timeSkipping: true });
  let strikes = 0;
  return {
    ...parts,
    addresses: cluster.addresses,
    namespace: cluster.namespace,
    databaseUrl: cluster.databaseUrl,
    what: `a cluster of ${NODES} nodes of Temporal Server on one PostgreSQL`,
    async killServer() {
      const node = 1 + (strikes++ % NODES);
      await cluster.killNode(node);
      await sleep(NODE_AWAY_MS);
      await cluster.startNode(node);
    },
    restartPostgres: () => cluster.restartPostgres(),
    stopPostgres: () => cluster.stopPostgres(),
    startPostgres: () => cluster.startPostgres(),
    async close() {
      await cluster.stop();
      await gone(parts.home, dir);
    },
  };
}

async function embedded(parts: Parts): Promise<Site> {
  const temporalDir = join(parts.home, 'temporal');
  const postgresDir = mkdtempSync(join(tmpdir(), 'duecourse-proof-postgres-'));
  const upTemporal = () =>
    startTemporalServer({ dataDir: temporalDir, namespace: 'default', timeSkipping: true, fast: false, log });
  const upPostgres = () => startPostgres({ dataDir: postgresDir, log });
  let [temporal, postgres] = await Promise.all([upTemporal(), upPostgres()]);
  const databaseUrl = postgres.url;
  await migrated(databaseUrl);
  const stopPostgres = () => postgres.stop();
  const bringPostgres = async () => {
    postgres = await upPostgres();
  };
  return {
    ...parts,
    addresses: [temporal.address],
    namespace: 'default',
    databaseUrl,
    what: 'one embedded Temporal server on SQLite, one PostgreSQL',
    async killServer() {
      process.kill(temporal.pid, 'SIGKILL');
      temporal = await upTemporal();
    },
    async restartPostgres() {
      await stopPostgres();
      await bringPostgres();
    },
    stopPostgres,
    startPostgres: bringPostgres,
    engineFiles: engineFilesIn(temporalDir, async (work) => {
      await temporal.stop();
      work();
      temporal = await upTemporal();
    }),
    async close() {
      await Promise.all([temporal.stop(), postgres.stop()]);
      await gone(parts.home, postgresDir);
    },
  };
}

/** @param whileAway does something while the server is away */
function engineFilesIn(folder: string, whileAway: (work: () => void) => Promise<void>): EngineFiles {
  const names = (where: string): string[] => readdirSync(where).filter((name) => /\.db(-\w+)?$/.test(name));
  const remove = (): void => {
    for (const name of names(folder)) rmSync(join(folder, name));
  };
  const copy = (from: string, to: string): void => {
    for (const name of names(from)) copyFileSync(join(from, name), join(to, name));
  };
  return {
    async backUp() {
      const kept = mkdtempSync(`${folder}-kept-`);
      await whileAway(() => copy(folder, kept));
      return () =>
        whileAway(() => {
          remove();
          copy(kept, folder);
        });
    },
    lose: () => whileAway(remove),
  };
}

type Parts = Pick<Site, 'home' | 'bundle'>;

async function partsOf(): Promise<Parts> {
  const home = mkdtempSync(join(tmpdir(), 'duecourse-proof-'));
  const bundle = join(home, 'bundle.js');
  const workflows = fileURLToPath(new URL('../workflows/workflows.ts', import.meta.url));
  writeFileSync(bundle, (await bundleWorkflows(workflows)).code);
  return { home, bundle };
}

async function migrated(url: string): Promise<void> {
  const register = openRegister({ url });
  await register.migrate();
  await register.close();
}

async function gone(...folders: string[]): Promise<void> {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  return Promise.resolve();
}
