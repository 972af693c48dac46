import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { isRunning } from '../../platform/embedded/processes.ts';
import { readServerNote, type ServerNote } from '../../platform/embedded/server-note.ts';
import { reachableDataDir } from '../../platform/embedded/postgres-reach.ts';
import { readDatabaseAddress } from './database-address.ts';

const NOTE = 'cluster.json';

/** What a cluster was last started with: what is left out the next time stays as it was. */
const clusterNote = z.object({
  nodes: z.int().min(1),
  mtls: z.boolean(),
  timeSkipping: z.boolean(),
  /** A PostgreSQL of the operator's; null where the cluster has one of its own. */
  givenDatabase: z.string().nullable(),
});

export type ClusterNote = z.infer<typeof clusterNote>;

export const postgresFolder = (dir: string): string => join(resolve(dir), 'postgres');
export const tlsFolder = (dir: string): string => join(resolve(dir), 'tls');
export const nodeFolder = (dir: string, node: number): string => join(resolve(dir), `node-${node}`);

/** What was noted in this folder; undefined where no cluster has been started in it. */
export function readClusterNote(dir: string): ClusterNote | undefined {
  const file = join(resolve(dir), NOTE);
  if (!existsSync(file)) return undefined;
  const parsed = clusterNote.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (parsed.success) return parsed.data;
  throw new Error(`${file} is no note of a cluster. Remove it, or name another folder with --dir.`);
}

export function writeClusterNote(dir: string, note: ClusterNote): void {
  writeOwn(join(resolve(dir), NOTE), `${JSON.stringify(note, null, 2)}\n`);
}

/** Whole or not at all, and for its owner only: a password may be in it. */
export function writeOwn(file: string, text: string): void {
  mkdirSync(resolve(file, '..'), { recursive: true });
  writeFileSync(`${file}.${process.pid}`, text, { mode: 0o600 });
  renameSync(`${file}.${process.pid}`, file);
}

/** The nodes that this folder has files of, in order. */
export function nodesIn(dir: string): { node: number; dir: string; note: ServerNote | undefined }[] {
  if (!existsSync(resolve(dir))) return [];
  return readdirSync(resolve(dir))
    .flatMap((name) => /^node-(\d+)$/.exec(name)?.[1] ?? [])
    .map(Number)
    .toSorted((a, b) => a - b)
    .map((node) => ({ node, dir: nodeFolder(dir, node), note: readServerNote(nodeFolder(dir, node)) }));
}

/** What is noted of the cluster's own PostgreSQL. */
export function postgresNote(dir: string): ServerNote | undefined {
  return readServerNote(reachableDataDir(postgresFolder(dir)));
}

/**
 * A PostgreSQL of the operator's. Whoever has read the cluster's own `env` file into his shell has set DATABASE_URL, but to the
 * cluster's own.
 */
export function givenDatabase(dir: string, url: string | undefined): string | undefined {
  if (url === undefined || url === '') return undefined;
  const { host, port } = readDatabaseAddress(url);
  return postgresNote(dir)?.address === `${host}:${port}` ? undefined : url;
}

export const runs = (note: ServerNote | undefined): boolean => note !== undefined && isRunning(note.process);
