import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { removeData, stopCluster } from '../../bench/cluster/end-cluster.ts';
import { isRunning, type ProcessMark } from '../../platform/embedded/processes.ts';
import { ourMark } from '../../platform/embedded/server-note.ts';
import { type CliResult, runToEnd } from '../support/cli.ts';

const ENTRY = fileURLToPath(new URL('../../bench/cluster/main.ts', import.meta.url));
export const WORKER = fileURLToPath(new URL('../../dist/worker/main.js', import.meta.url));

const PREFIX = 'duecourse-test-cluster-';
const OWNER = 'owner.json';

/** A folder for a cluster of a test's. A cluster outlives who started it; those of tests that were killed are ended first. */
export async function clusterFolder(): Promise<string> {
  for (const name of readdirSync(tmpdir()).filter((each) => each.startsWith(PREFIX))) {
    const owner = join(tmpdir(), name, OWNER);
    if (statSync(owner, { throwIfNoEntry: false }) === undefined) continue;
    if (!isRunning(JSON.parse(readFileSync(owner, 'utf8')) as ProcessMark)) await removeCluster(join(tmpdir(), name));
  }
  const dir = mkdtempSync(join(tmpdir(), PREFIX));
  writeFileSync(join(dir, OWNER), JSON.stringify(ourMark()));
  return dir;
}

export async function removeCluster(dir: string): Promise<void> {
  await stopCluster(dir, () => undefined);
  removeData(dir);
  rmSync(dir, { recursive: true, force: true });
}

/** `npm run cluster -- …`. */
export function cluster(args: string[], variables: Record<string, string> = {}): Promise<CliResult> {
  return runToEnd('--import=tsx', [ENTRY, ...args], variables);
}

/** What the file `env` of a cluster sets in a shell. */
export function sourced(dir: string): Record<string, string> {
  const lines = readFileSync(join(dir, 'env'), 'utf8').matchAll(/^export (\w+)='(.*)'$/gm);
  return Object.fromEntries([...lines].map(([, name = '', value = '']) => [name, value]));
}
