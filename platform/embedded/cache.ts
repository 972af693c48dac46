import { homedir } from 'node:os';
import { join } from 'node:path';

/** The Temporal server that duecourse is proved with, and the command line tool that carries it. */
export const SERVER_VERSION = '1.32.1';
export const CLI_VERSION = '1.9.0';

export type Environment = Record<string, string | undefined>;

/** Where fetched and built programs are kept, outside `node_modules`, so that a fresh install finds them again. */
export function cacheFolder(env: Environment = process.env): string {
  return env['DUECOURSE_CACHE'] || join(homedir(), '.cache', 'duecourse');
}

/** The plain server, built by Go. */
export function cachedServer(env?: Environment): string {
  return join(cacheFolder(env), `temporal-server-${SERVER_VERSION}-${process.platform}-${process.arch}${ending()}`);
}

/** The server's own tool for its databases, of the same version. */
export function cachedSqlTool(env?: Environment): string {
  return join(cacheFolder(env), `temporal-sql-tool-${SERVER_VERSION}-${process.platform}-${process.arch}${ending()}`);
}

/** The command line tool as the SDK's own download names it. */
export function cachedCli(env?: Environment): string {
  return join(cacheFolder(env), `temporal-v${CLI_VERSION}${ending()}`);
}

function ending(): string {
  return process.platform === 'win32' ? '.exe' : '';
}
