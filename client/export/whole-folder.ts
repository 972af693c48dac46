import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** One file as a manifest lists it. */
export interface ListedFile {
  name: string;
  bytes: number;
  sha256: string;
}

/** What a file holds; where that may be large, how it is had. */
export type FileContent = string | (() => Promise<Buffer>);

export const MANIFEST = 'manifest.json';

/** Does an export stand there, whole? */
export const isExport = (folder: string): boolean => existsSync(join(folder, MANIFEST));

/**
 * Writes a folder with its manifest, whole or not at all: under a hidden name first, then renamed. What a run that was
 * cut off has left under such a name is cleared away.
 */
export async function writeFolder(
  folder: string,
  files: Map<string, FileContent>,
  about: object,
): Promise<ListedFile[]> {
  const parent = dirname(folder);
  mkdirSync(parent, { recursive: true, mode: 0o700 });
  const own = `.${basename(folder)}.`;
  for (const name of readdirSync(parent))
    if (name.startsWith(own)) rmSync(join(parent, name), { recursive: true, force: true });
  const made = join(parent, `${own}${randomBytes(4).toString('hex')}`);
  mkdirSync(made, { mode: 0o700 });
  const listed: ListedFile[] = [];
  for (const [name, given] of files) {
    const content = typeof given === 'string' ? given : await given();
    mkdirSync(dirname(join(made, name)), { recursive: true, mode: 0o700 });
    writeFileSync(join(made, name), content);
    listed.push(listing(name, content));
  }
  writeFileSync(join(made, MANIFEST), `${JSON.stringify({ ...about, files: listed }, null, 2)}\n`);
  if (existsSync(folder)) renameSync(folder, `${made}.before`);
  renameSync(made, folder);
  rmSync(`${made}.before`, { recursive: true, force: true });
  return listed;
}

/** Writes one file, whole or not at all. */
export function writeWhole(file: string, text: string): ListedFile {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const made = join(dirname(file), `.${basename(file)}.${randomBytes(4).toString('hex')}`);
  writeFileSync(made, text);
  renameSync(made, file);
  return listing(basename(file), text);
}

export function listing(name: string, text: string | Buffer): ListedFile {
  return { name, bytes: Buffer.byteLength(text), sha256: createHash('sha256').update(text).digest('hex') };
}
