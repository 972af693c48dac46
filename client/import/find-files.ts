import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
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

/** The keys by which a file is known for an authority's, and those that only an inspection has. */
const AUTHORITYS = ['roles', 'bodies', 'chain', 'sending'];
const INSPECTIONS = ['reference', 'framework', 'fieldwork', 'report'];

/** Is this an authority file? Inspections refer to it; it is none itself. */
export function isAuthorityFile(data: unknown): boolean {
  if (typeof data !== 'object' || data === null) return false;
  return AUTHORITYS.some((key) => key in data) && !INSPECTIONS.some((key) => key in data);
}
