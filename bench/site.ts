import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openRegister } from '../activities/register/register.ts';
import { startPostgres } from '../worker/embedded/postgres.ts';
import { startTemporalServer } from '../worker/embedded/temporal.ts';
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
  close(): Promise<void>;
}

const log = () => undefined;

/**
 * Servers that are given, by TEMPORAL_ADDRESS (several, with commas between them), TEMPORAL_NAMESPACE and DATABASE_URL;
 * else one of each, embedded, with files that last, so that both can be killed and come back.
 */
export async function openSite(variables: NodeJS.ProcessEnv = process.env): Promise<Site> {
  const { TEMPORAL_ADDRESS: given, TEMPORAL_NAMESPACE: namespace = 'default', DATABASE_URL: databaseUrl } = variables;
  const parts = await partsOf();
  if (given === undefined || databaseUrl === undefined) return embedded(parts);
  await migrated(databaseUrl);
  const addresses = given.split(',');
  return { ...parts, addresses, namespace, databaseUrl, what: 'given servers', close: () => gone(parts.home) };
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
    async close() {
      await Promise.all([temporal.stop(), postgres.stop()]);
      await gone(parts.home, postgresDir);
    },
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
