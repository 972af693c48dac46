import { statSync } from 'node:fs';

/** Whether a folder stands there; not where it can't be looked at, a link in a circle for example. */
export function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
