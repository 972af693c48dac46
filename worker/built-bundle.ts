import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PartProblem } from '../platform/embedded/part-failed.ts';
import { packageRoot } from '../platform/package-root.ts';

/** Where `npm run build` leaves the bundle of the workflow code: made once, the same for every worker. */
export const bundlePath = (): string => join(packageRoot(), 'dist', 'workflow-bundle.js');

/** The bundle the build has made. */
export async function readWorkflowBundle(): Promise<{ code: string }> {
  const path = bundlePath();
  if (!existsSync(path)) throw new PartProblem(`The workflow bundle ${path} is not there; make it with: npm run build`);
  return { code: await readFile(path, 'utf8') };
}
