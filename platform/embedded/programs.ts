import { execFile } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import type { Environment } from './cache.ts';

/** Where a program is on the PATH; undefined where it isn't. */
export function onPath(name: string, env: Environment): string | undefined {
  const names = process.platform === 'win32' ? [`${name}.exe`, `${name}.cmd`] : [name];
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.flatMap((folder) => names.map((file) => join(folder, file))).find(isProgram);
}

/** Whether a file is there that can be run; an empty one, left by a full disk, can't. */
export function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    const file = statSync(path);
    return file.isFile() && file.size > 0;
  } catch {
    return false;
  }
}

/** What a program says of its own version, as `[major, minor]`; undefined where it says nothing of the kind within 10 s. */
export async function versionOf(
  program: string,
  args: readonly string[],
  pattern: RegExp,
  env: Environment,
): Promise<[number, number] | undefined> {
  try {
    const { stdout } = await promisify(execFile)(program, args, { timeout: 10_000, env });
    const [, major, minor] = pattern.exec(stdout) ?? [];
    return major !== undefined && minor !== undefined ? [Number(major), Number(minor)] : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a version is the wanted one or newer. */
export function atLeast(version: readonly [number, number], wanted: readonly [number, number]): boolean {
  return version[0] > wanted[0] || (version[0] === wanted[0] && version[1] >= wanted[1]);
}
