import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isRunning, stopProcess } from './processes.ts';
import { readServerNote } from './server-note.ts';

const PREFIX = 'duecourse-';
/** A folder without a note this long is no start under way but one that was killed. */
const FORGOTTEN_AFTER_MS = 60 * 60_000;

/**
 * A new folder for a server that lives no longer than we do. Folders of earlier ones that were killed before they could tidy up go
 * first, with the servers that still run in them: those are ours, by the note that they carry.
 */
export async function temporaryFolder(what: string): Promise<string> {
  await sweep(`${PREFIX}${what}-`);
  return mkdtempSync(join(tmpdir(), `${PREFIX}${what}-`));
}

async function sweep(prefix: string): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    if (!name.startsWith(prefix)) continue;
    const folder = join(tmpdir(), name);
    const note = readServerNote(folder);
    if (note ? isRunning(note.owner) : !isForgotten(folder)) continue;
    if (note) await stopProcess(note.process, { signal: 'SIGINT', graceMs: 3_000 });
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Another user's folder is not ours to tidy up. */
function isForgotten(folder: string): boolean {
  const stat = statSync(folder, { throwIfNoEntry: false });
  return (
    stat !== undefined &&
    stat.uid === (process.getuid?.() ?? stat.uid) &&
    Date.now() - stat.mtimeMs > FORGOTTEN_AFTER_MS
  );
}
