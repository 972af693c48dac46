import { lstatSync, readdirSync, type Stats } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { finding, type Finding } from '../../domain/doctor/finding.ts';
import { postgresDir, type Settings, temporalDir } from '../../platform/settings.ts';

/** Deep enough for everything of ours; an embedded PostgreSQL sees to its own folder, and refuses one that is open. */
const MAX_DEPTH = 3;
const MAX_FILES = 5000;
/** Named at most: where one is open they all are. */
const MAX_NAMED = 5;
/** Nothing of a file is for others; a folder that they may pass through tells them nothing (an embedded PostgreSQL may run as one of them). */
const NOT_FOR_OTHERS = { file: 0o077, folder: 0o066 };

/** Files under `var/` and the outbox that anybody else on this machine can read or change. */
export function lookAtFiles(settings: Settings): Finding[] {
  if (process.platform === 'win32') return [];
  const { varDir, outboxDir } = settings;
  const open: string[] = [];
  const look = (path: string, depth: number): void => {
    const stats = statsOf(path);
    if (stats === undefined || stats.isSymbolicLink() || open.length >= MAX_FILES) return;
    if ((stats.mode & NOT_FOR_OTHERS[stats.isDirectory() ? 'folder' : 'file']) !== 0) open.push(path);
    if (!stats.isDirectory() || depth === 0 || path === join(postgresDir(settings), 'data')) return;
    for (const name of namesIn(path)) look(join(path, name), depth - 1);
  };
  look(varDir, MAX_DEPTH);
  if (relative(varDir, outboxDir).startsWith('..')) look(outboxDir, 1);
  if (open.length === 0) return [];
  const named = open.slice(0, MAX_NAMED).join(', ');
  return [finding('files-open', open.length > MAX_NAMED ? `${named} and ${open.length - MAX_NAMED} more` : named)];
}

function statsOf(path: string): Stats | undefined {
  try {
    return lstatSync(path);
  } catch {
    return undefined;
  }
}

function namesIn(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}

/** With less than this on a disk an embedded database is soon without room. */
const MIN_ROOM_BYTES = 1024 ** 3;

/** Is there room on the disks of what is embedded here? Elsewhere only their own machines can say. */
export async function lookAtRoom(settings: Settings, least: number = MIN_ROOM_BYTES): Promise<Finding[]> {
  const { environment, temporal, varDir } = settings;
  const folders = [
    ...(environment.DATABASE_URL === undefined ? [postgresDir(settings)] : []),
    ...(temporal === undefined ? [temporalDir(settings)] : []),
    varDir,
  ];
  const found: Finding[] = [];
  for (const folder of folders) {
    const room = await roomAt(folder);
    if (room !== undefined && room < least)
      found.push(finding('room-low', `${folder}: ${Math.floor(room / 2 ** 20)} MB`));
  }
  // Usually they are on one disk: said once.
  return found.slice(0, 1);
}

async function roomAt(folder: string): Promise<number | undefined> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch {
    return undefined;
  }
}
