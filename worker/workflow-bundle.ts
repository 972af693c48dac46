import { bundleWorkflowCode, type BundleOptions, type WorkflowBundleWithSourceMap } from '@temporalio/worker';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packageRoot } from '../platform/package-root.ts';
import { failureConverterPath } from '../platform/encryption/data-converter.ts';
import { bundlePath } from './built-bundle.ts';

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

type BundlerConfig = Parameters<NonNullable<BundleOptions['webpackConfigHook']>>[0];

/**
 * From TypeScript the SDK's bundler makes code for engines of 2017, in which each `{ ...state }` calls a helper that copies
 * property by property. What is delivered, and bundled from JavaScript, does not: so that tests and benches run the same.
 */
function withModernSyntax(config: BundlerConfig): BundlerConfig {
  const loaders = (config.module?.rules ?? []).flatMap((rule) => (typeof rule === 'object' ? (rule?.use ?? []) : []));
  for (const each of Array.isArray(loaders) ? loaders : [loaders]) {
    const options: unknown = typeof each === 'object' && each !== null && 'options' in each ? each.options : undefined;
    if (typeof options !== 'object' || options === null || !('jsc' in options)) continue;
    Object.assign(options, { jsc: { ...(options.jsc as object), target: SYNTAX } });
    return config;
  }
  throw new Error('The bundler of @temporalio/worker has no swc loader any more: say the syntax in its new place.');
}

/** What Node 20, the oldest that we run on, reads as it is. */
const SYNTAX = 'es2022';

/** Bundles workflow code from its entry file; quiet but for warnings. */
export function bundleWorkflows(workflowsPath: string): Promise<WorkflowBundleWithSourceMap> {
  return bundleWorkflowCode({
    workflowsPath,
    workflowInterceptorModules: [INTERCEPTORS],
    preloadModules: SHARED,
    failureConverterPath: failureConverterPath(),
    webpackConfigHook: withModernSyntax,
    logger: quiet,
  });
}

const quiet = {
  log: () => undefined,
  trace: () => undefined,
  debug: () => undefined,
  info: () => undefined,
  warn: (message: string) => process.stderr.write(`${message}\n`),
  error: (message: string) => process.stderr.write(`${message}\n`),
};
