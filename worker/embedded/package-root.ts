import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The folder of the nearest package.json above `from` (a file URL, by default this module's).
 * Found by walking up, because the same code runs from the sources and from `dist/`, one level deeper.
 *
 * @throws Error where no package.json lies above, which means that a file was copied out of the project.
 */
export function packageRoot(from: string = import.meta.url): string {
  let folder = dirname(fileURLToPath(from));
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder);
    if (parent === folder)
      throw new Error(`No package.json above ${fileURLToPath(from)}: run duecourse from its own folder.`);
    folder = parent;
  }
  return folder;
}
