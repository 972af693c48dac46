import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { kindOfFile } from '../files/file-kind.ts';
import { wholeFile } from '../files/file-problems.ts';
import { shownPath } from '../files/text-file.ts';

/**
 * The YAML files of a folder and the folders within, by path. What is hidden is left out, and so are folders behind
 * links, which may lead in a circle.
 *
 * @throws FileProblems where it is no folder that can be read
 */
export function yamlFilesIn(folder: string): string[] {
  try {
    return filesIn(folder).sort();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    const found = code === 'ENOENT' ? 'no such folder' : `no folder that can be read (${code})`;
    throw wholeFile(shownPath(folder), found, 'expected a folder of inspection files');
  }
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !name.startsWith('.'))
    .flatMap((each) => {
      const path = join(folder, each.name);
      if (each.isDirectory()) return filesIn(path);
      if (!/\.ya?ml$/i.test(each.name)) return [];
      // A link to nothing is listed as well: reading it says what is wrong.
      const folderBehind = each.isSymbolicLink() && (statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false);
      return folderBehind ? [] : [path];
    });
}

/** Is this an authority's file, a constitution, a pack? Inspections rest on it; it is none itself. */
export function isOfAnotherKind(data: unknown): boolean {
  const kind = kindOfFile(data);
  return kind !== undefined && kind !== 'inspection';
}
