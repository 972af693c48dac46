import { CLI_VERSION, SERVER_VERSION, cachedCli, cachedServer } from './cache.ts';
import type { Environment } from './cache.ts';
import { externalTemporal } from './external.ts';
import type { ExternalTemporal } from './external.ts';
import { GO_WANTED, buildWithGo, goVersion, theServer, theSqlTool } from './go-install.ts';
import type { GoProgram } from './go-install.ts';
import type { Log } from './log.ts';
import { PartMissing } from './part-missing.ts';
import { atLeast, isProgram, onPath, versionOf } from './programs.ts';
import { downloadCli } from './sdk-download.ts';

/** CLI 1.9 carries server 1.32, the first with a clock for each execution. */
const CLI_WANTED = [1, 9] as const;

/** A program that serves Temporal here: the command line tool, or the plain server with a configuration folder of ours. */
export interface TemporalProgram {
  kind: 'cli' | 'server';
  executable: string;
}

export type TemporalPart = ExternalTemporal | TemporalProgram;

/**
 * Where Temporal comes from: a server of your own, where the environment or a Temporal configuration profile names one (nothing is
 * embedded then); else a program for an embedded one, found or made. Every step is told in a line.
 *
 * @throws PartMissing where there is neither.
 */
export async function locateTemporal(log: Log, env: Environment = process.env): Promise<TemporalPart> {
  const external = await externalTemporal(env);
  if (external) {
    log(`Temporal: your own server at ${external.address} (${external.source})`);
    return external;
  }
  return findTemporalProgram(log, env);
}

/**
 * A program for an embedded server, whatever the environment names: rehearsals and tests have a server of their own.
 * In this order: `temporal` on the PATH, the cache, the SDK's download, a build by Go.
 *
 * @throws PartMissing where none is to be had.
 */
export async function findTemporalProgram(log: Log, env: Environment = process.env): Promise<TemporalProgram> {
  const tried: string[] = [];
  for (const way of [fromPath, fromCache, fromDownload, fromGo]) {
    const outcome = await way(env, log);
    if ('executable' in outcome) return outcome;
    log(`Temporal: ${outcome.refusal}`);
    tried.push(outcome.refusal);
  }
  throw new PartMissing('Temporal', tried, [
    `install the Temporal CLI ${CLI_WANTED.join('.')} or newer so that "temporal" is on the PATH (https://docs.temporal.io/cli)`,
    `install Go ${GO_WANTED.join('.')} or newer (https://go.dev/dl): the server is then built once`,
    'set TEMPORAL_ADDRESS (or a Temporal configuration profile) to a server of your own',
  ]);
}

type Outcome = TemporalProgram | { refusal: string };

async function fromPath(env: Environment, log: Log): Promise<Outcome> {
  const executable = onPath('temporal', env);
  if (!executable) return { refusal: 'no "temporal" on the PATH' };
  const version = await versionOf(executable, ['--version'], /version (\d+)\.(\d+)/, env);
  if (!version) return { refusal: `${executable} does not tell its version` };
  if (!atLeast(version, CLI_WANTED))
    return { refusal: `${executable} is ${version.join('.')}, older than ${CLI_WANTED.join('.')}` };
  log(`Temporal: ${executable} (CLI ${version.join('.')}, from the PATH)`);
  return { kind: 'cli', executable };
}

async function fromCache(env: Environment, log: Log): Promise<Outcome> {
  const kept: TemporalProgram[] = [
    { kind: 'server', executable: cachedServer(env) },
    { kind: 'cli', executable: cachedCli(env) },
  ];
  const found = kept.find(({ executable }) => isProgram(executable));
  if (!found) return { refusal: `nothing in the cache (${cachedServer(env)})` };
  log(`Temporal: ${found.executable} (from the cache)`);
  return found;
}

async function fromDownload(env: Environment, log: Log): Promise<Outcome> {
  try {
    log(`Temporal: trying the SDK's download of the CLI ${CLI_VERSION}`);
    const executable = await downloadCli(env, log);
    log(`Temporal: ${executable} (fetched by the SDK)`);
    return { kind: 'cli', executable };
  } catch (error) {
    return { refusal: `the SDK's download failed: ${(error as Error).message}` };
  }
}

async function fromGo(env: Environment, log: Log): Promise<Outcome> {
  const outcome = await buildByGo(theServer(env), env, log);
  return 'executable' in outcome ? { kind: 'server', ...outcome } : outcome;
}

/**
 * The plain server of the version that duecourse is proved with, and its SQL tool, for a cluster: the command line tool carries
 * neither. From the cache, else built by Go.
 *
 * @throws PartMissing where one of them is not to be had.
 */
export async function findClusterPrograms(
  log: Log,
  env: Environment = process.env,
): Promise<{ server: string; sqlTool: string }> {
  return {
    server: await cachedOrBuilt(theServer(env), env, log),
    sqlTool: await cachedOrBuilt(theSqlTool(env), env, log),
  };
}

async function cachedOrBuilt(program: GoProgram, env: Environment, log: Log): Promise<string> {
  if (isProgram(program.target)) return program.target;
  const outcome = await buildByGo(program, env, log);
  if ('executable' in outcome) return outcome.executable;
  throw new PartMissing(
    `Temporal's ${program.name.replace('the ', '')} ${SERVER_VERSION}, which a cluster needs,`,
    [`not in the cache (${program.target})`, outcome.refusal],
    [`install Go ${GO_WANTED.join('.')} or newer (https://go.dev/dl): it is then built once`],
  );
}

async function buildByGo(
  program: GoProgram,
  env: Environment,
  log: Log,
): Promise<{ executable: string } | { refusal: string }> {
  const go = onPath('go', env);
  if (!go) return { refusal: `no "go" on the PATH to build ${program.name} with` };
  const version = await goVersion(go, env);
  if (!version || !atLeast(version, GO_WANTED))
    return { refusal: `${go} is ${version?.join('.') ?? 'of no known version'}, older than ${GO_WANTED.join('.')}` };
  try {
    log(`Temporal: building ${program.name} ${SERVER_VERSION} with ${go}, once; it takes a few minutes`);
    const executable = await buildWithGo(program, go, env, log);
    log(`Temporal: ${executable} (built)`);
    return { executable };
  } catch (error) {
    return { refusal: `the build with ${go} failed: ${(error as Error).message}` };
  }
}
