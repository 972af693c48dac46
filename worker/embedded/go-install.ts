import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { SERVER_VERSION, cachedServer } from './cache.ts';
import type { Environment } from './cache.ts';
import { withFileLock } from './file-lock.ts';
import type { Log } from './log.ts';
import { isProgram, versionOf } from './programs.ts';
import { runSlowly } from './slow-command.ts';

const MODULE = `go.temporal.io/server/cmd/server@v${SERVER_VERSION}`;
const BUILT_WITHIN_MS = 30 * 60_000;
const BUILDING = 'building-';

/** The oldest Go that the server's module takes. */
export const GO_WANTED = [1, 26] as const;

export async function goVersion(go: string, env: Environment): Promise<[number, number] | undefined> {
  return versionOf(go, ['version'], /go(\d+)\.(\d+)/, env);
}

/**
 * The real Temporal server, built from its Go module into our cache: some 150 s on four cores the first time. Another process that
 * builds it already is waited for. It is built aside and then renamed: the cache never holds half a program.
 *
 * @throws Error with Go's last line where it can't be built.
 */
export async function buildServer(go: string, env: Environment, log: Log): Promise<string> {
  const target = cachedServer(env);
  return withFileLock(`${target}.lock`, log, async () => {
    if (isProgram(target)) return target;
    mkdirSync(dirname(target), { recursive: true });
    removeBrokenOff(dirname(target));
    const aside = mkdtempSync(join(dirname(target), BUILDING));
    try {
      const args = ['install', '-ldflags=-s -w', MODULE];
      await runSlowly(
        {
          doing: `building the server ${SERVER_VERSION} (150 s or so)`,
          program: go,
          args,
          cwd: aside,
          env: { ...env, GOBIN: aside },
          limitMs: BUILT_WITHIN_MS,
        },
        log,
      );
      const built = join(aside, process.platform === 'win32' ? 'server.exe' : 'server');
      if (!(await versionOf(built, ['--version'], /(\d+)\.(\d+)/, env)))
        throw new Error(`what was built (${basename(built)}) does not run here`);
      renameSync(built, target);
      return target;
    } finally {
      rmSync(aside, { recursive: true, force: true });
    }
  });
}

/** What builds that were killed left behind: older than any build may take. */
function removeBrokenOff(cache: string): void {
  for (const name of readdirSync(cache).filter((each) => each.startsWith(BUILDING))) {
    const folder = join(cache, name);
    if (Date.now() - statSync(folder).mtimeMs > BUILT_WITHIN_MS) rmSync(folder, { recursive: true, force: true });
  }
}
