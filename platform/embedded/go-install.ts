import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { SERVER_VERSION, cachedServer, cachedSqlTool } from './cache.ts';
import type { Environment } from './cache.ts';
import { withFileLock } from './file-lock.ts';
import type { Log } from './log.ts';
import { isProgram, versionOf } from './programs.ts';
import { runSlowly } from './slow-command.ts';

const BUILT_WITHIN_MS = 30 * 60_000;
const BUILDING = 'building-';

/** The oldest Go that the server's module takes. */
export const GO_WANTED = [1, 26] as const;

export async function goVersion(go: string, env: Environment): Promise<[number, number] | undefined> {
  return versionOf(go, ['version'], /go(\d+)\.(\d+)/, env);
}

/** A program of Temporal's, built from its Go module. */
export interface GoProgram {
  /** What it is, for people: "the server". */
  name: string;
  module: string;
  /** Where it is kept. */
  target: string;
}

/** The server itself: some 150 s on four cores the first time. */
export const theServer = (env: Environment): GoProgram => ({
  name: 'the server',
  module: `go.temporal.io/server/cmd/server@v${SERVER_VERSION}`,
  target: cachedServer(env),
});

/** The tool that makes the server's databases. */
export const theSqlTool = (env: Environment): GoProgram => ({
  name: 'the SQL tool',
  module: `go.temporal.io/server/cmd/tools/sql@v${SERVER_VERSION}`,
  target: cachedSqlTool(env),
});

/**
 * Builds a program into our cache, where it is not there yet. Another process that builds it already is waited for. It is built
 * aside and then renamed: the cache never holds half a program.
 *
 * @throws Error with Go's last line where it can't be built.
 */
export async function buildWithGo(program: GoProgram, go: string, env: Environment, log: Log): Promise<string> {
  const { name, module, target } = program;
  return withFileLock(`${target}.lock`, log, async () => {
    if (isProgram(target)) return target;
    mkdirSync(dirname(target), { recursive: true });
    removeBrokenOff(dirname(target));
    const aside = mkdtempSync(join(dirname(target), BUILDING));
    try {
      const args = ['install', '-ldflags=-s -w', module];
      await runSlowly(
        {
          doing: `building ${name} ${SERVER_VERSION} (150 s or so)`,
          program: go,
          args,
          cwd: aside,
          env: { ...env, GOBIN: aside },
          limitMs: BUILT_WITHIN_MS,
        },
        log,
      );
      const built = join(aside, nameOf(module));
      if (!(await versionOf(built, ['--version'], /(\d+)\.(\d+)/, env)))
        throw new Error(`what was built (${basename(built)}) does not run here`);
      renameSync(built, target);
      return target;
    } finally {
      rmSync(aside, { recursive: true, force: true });
    }
  });
}

/** Go calls a program by the last word of its path. */
function nameOf(module: string): string {
  const name = basename(module.slice(0, module.indexOf('@')));
  return process.platform === 'win32' ? `${name}.exe` : name;
}

/** What builds that were killed left behind: older than any build may take. */
function removeBrokenOff(cache: string): void {
  for (const name of readdirSync(cache).filter((each) => each.startsWith(BUILDING))) {
    const folder = join(cache, name);
    if (Date.now() - statSync(folder).mtimeMs > BUILT_WITHIN_MS) rmSync(folder, { recursive: true, force: true });
  }
}
