import { bundleWorkflowCode, type WorkflowBundleWithSourceMap } from '@temporalio/worker';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packageRoot } from '../platform/package-root.ts';
import { failureConverterPath } from '../platform/encryption/data-converter.ts';
import { PartProblem } from '../platform/embedded/part-failed.ts';

/** Where `npm run build` leaves the bundle of the workflow code: made once, the same for every worker. */
const bundlePath = (): string => join(packageRoot(), 'dist', 'workflow-bundle.js');

/** Bundles the workflow code into one file; run by the build. */
export async function buildWorkflowBundle(path: string = bundlePath()): Promise<void> {
  const { code } = await bundleWorkflows(join(packageRoot(), 'dist', 'workflows', 'workflows.js'));
  await mkdir(dirname(path), { recursive: true });
  await writeFile(`${path}.${process.pid}`, code);
  await rename(`${path}.${process.pid}`, path);
}

/** Beside this file, compiled or not, so that every bundle has it: one bundle, traced or not. */
const INTERCEPTORS = fileURLToPath(new URL(`../workflows/traces${extname(import.meta.url)}`, import.meta.url));

/** Made once for all lifecycles of a worker, and not for each: that file says what may be among it. */
const SHARED = [fileURLToPath(new URL(`../workflows/shared-modules${extname(import.meta.url)}`, import.meta.url))];

/** Bundles workflow code from its entry file; quiet but for warnings. */
export function bundleWorkflows(workflowsPath: string): Promise<WorkflowBundleWithSourceMap> {
  return bundleWorkflowCode({
    workflowsPath,
    workflowInterceptorModules: [INTERCEPTORS],
    preloadModules: SHARED,
    failureConverterPath: failureConverterPath(),
    logger: quiet,
  });
}

/** The bundle the build has made. */
export async function readWorkflowBundle(): Promise<{ code: string }> {
  const path = bundlePath();
  if (!existsSync(path)) throw new PartProblem(`The workflow bundle ${path} is not there; make it with: npm run build`);
  return { code: await readFile(path, 'utf8') };
}

const quiet = {
  log: () => undefined,
  trace: () => undefined,
  debug: () => undefined,
  info: () => undefined,
  warn: (message: string) => process.stderr.write(`${message}\n`),
  error: (message: string) => process.stderr.write(`${message}\n`),
};
