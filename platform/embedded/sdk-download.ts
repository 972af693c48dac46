import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { CLI_VERSION, cacheFolder, cachedCli } from './cache.ts';
import type { Environment } from './cache.ts';
import type { Log } from './log.ts';
import { packageRoot } from '../package-root.ts';
import { isProgram } from './programs.ts';
import { runSlowly } from './slow-command.ts';

const DOWNLOADS = 'https://temporal.download/';
const REACHED_WITHIN_MS = 5_000;
const FETCHED_WITHIN_MS = 120_000;

/**
 * The Temporal command line tool by the SDK's own download, kept in our cache. A network that refuses is told within seconds.
 *
 * @throws Error with the reason in one line.
 */
export async function downloadCli(env: Environment, log: Log): Promise<string> {
  await checkReach(env);
  const folder = cacheFolder(env);
  mkdirSync(folder, { recursive: true });
  const root = packageRoot();
  const script = join(root, 'platform', 'embedded', 'sdk-download.mjs');
  const args = [script, `v${CLI_VERSION}`, folder];
  await runSlowly(
    {
      doing: `fetching the Temporal CLI ${CLI_VERSION}`,
      program: process.execPath,
      args,
      cwd: root,
      env,
      limitMs: FETCHED_WITHIN_MS,
    },
    log,
  );
  const cli = cachedCli(env);
  if (!isProgram(cli)) throw new Error(`the download left nothing at ${cli}`);
  return cli;
}

/** Any answer will do. Behind a proxy only the SDK knows the way, so there it isn't asked beforehand. */
async function checkReach(env: Environment): Promise<void> {
  if (['HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy'].some((name) => env[name])) return;
  try {
    await fetch(DOWNLOADS, { method: 'HEAD', signal: AbortSignal.timeout(REACHED_WITHIN_MS) });
  } catch (error) {
    const cause = (error as Error).cause;
    throw new Error(
      `${DOWNLOADS} can't be reached (${cause instanceof Error ? cause.message : (error as Error).message})`,
    );
  }
}
