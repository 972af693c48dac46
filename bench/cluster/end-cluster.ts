import { existsSync, rmSync } from 'node:fs';
import { resolve, sep } from 'node:path';
import type { Log } from '../../platform/embedded/log.ts';
import { FAST_SHUTDOWN, endPostgres } from '../../platform/embedded/postgres.ts';
import { reachableDataDir } from '../../platform/embedded/postgres-reach.ts';
import { nodesIn, postgresFolder, postgresNote, readClusterNote, runs } from './cluster-folder.ts';
import { endNode } from './node.ts';

/** After a load it has much to write before it may end; killed, it would have to recover at the next start. */
const POSTGRES_DOWN_WITHIN_MS = 120_000;

/** Ends the nodes, the last first, then the cluster's own PostgreSQL. Data stay. Safe to repeat. */
export async function stopCluster(dir: string, log: Log): Promise<void> {
  for (const { node, dir: folder, note } of nodesIn(dir).toReversed()) {
    if (!runs(note)) continue;
    await endNode(folder);
    log(`Temporal: stopped node ${node}`);
  }
  if (!runs(postgresNote(dir))) return;
  await endPostgresOf(dir);
  log('PostgreSQL: stopped');
}

/** Ends the cluster's own PostgreSQL, in good order or as a crash. */
export async function endPostgresOf(dir: string, signal: NodeJS.Signals = FAST_SHUTDOWN): Promise<void> {
  await endPostgres(postgresFolder(dir), signal, POSTGRES_DOWN_WITHIN_MS);
}

/** What would be lost: nothing where there is no cluster's folder, and never a database that is the operator's. */
export function dataFolders(dir: string): string[] {
  if (readClusterNote(dir) === undefined) return [];
  const [home, postgres] = [resolve(dir), reachableDataDir(postgresFolder(dir))];
  // PostgreSQL's own is inside, unless its user could not have reached it there.
  return postgres.startsWith(home + sep) || !existsSync(postgres) ? [home] : [home, postgres];
}

/** Removes a cluster that has been stopped, with all its data. */
export function removeData(dir: string): void {
  for (const folder of dataFolders(dir)) rmSync(folder, { recursive: true, force: true });
}
