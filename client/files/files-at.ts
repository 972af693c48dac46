import { readdirSync } from 'node:fs';
import { extname, join } from 'node:path';
import { isFolder } from '../../platform/is-folder.ts';
import { BadRequest } from '../bad-request.ts';

const YAML: ReadonlySet<string> = new Set(['.yaml', '.yml']);

/**
 * The YAML files that a path stands for: itself, or all in a folder and its folders, by name. What is not there, or can't be looked at, is left
 * to whoever reads it.
 *
 * @throws BadRequest where a folder holds none
 */
export function filesAt(path: string): string[] {
  if (!isFolder(path)) return [path];
  const found = readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((each) => each.isFile() && YAML.has(extname(each.name)))
    .map((each) => join(each.parentPath, each.name))
    .sort();
  if (found.length === 0) throw new BadRequest(`There is no YAML file in ${path}.`);
  return found;
}
