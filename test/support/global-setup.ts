import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import type { TestProject } from 'vitest/node';
import { bundleWorkflows } from '../../worker/workflow-bundle.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The file of the workflow bundle under test. */
    workflowBundle: string;
    /** The program of `test/workflows/worker-script.ts`, as Node runs it. */
    workerScript: string;
    /** The same of `test/doctor/logging-worker-script.ts`. */
    loggingWorkerScript: string;
  }
}

const beside = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Makes once for the whole suite what many tests run in processes of their own: the workflow code, and a worker. */
export default async function bundleForTests(project: TestProject): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'duecourse-bundle-'));
  const file = join(folder, 'workflow-bundle.js');
  // Within the project, so that they find its packages.
  const output = beside('../../test-output');
  mkdirSync(output, { recursive: true });
  const programs = mkdtempSync(join(output, 'programs-'));
  const [{ code }, workerScript, loggingWorkerScript] = await Promise.all([
    bundleWorkflows(beside('../../workflows/workflows.ts')),
    programOf(beside('../workflows/worker-script.ts'), programs),
    programOf(beside('../doctor/logging-worker-script.ts'), programs),
  ]);
  writeFileSync(file, code);
  project.provide('workflowBundle', file);
  project.provide('workerScript', workerScript);
  project.provide('loggingWorkerScript', loggingWorkerScript);
  return () => [folder, programs].forEach((each) => rmSync(each, { recursive: true, force: true }));
}

/** A program of the sources as one file: to read and translate hundreds takes each process a second and a half. */
async function programOf(path: string, folder: string): Promise<string> {
  const file = join(folder, basename(path).replace(/\.ts$/, '.mjs'));
  const bundle = await rolldown({
    input: path,
    platform: 'node',
    external: (specifier) => isBuiltin(specifier) || /^[^./]/.test(specifier),
  });
  await bundle.write({ file, format: 'esm', codeSplitting: false });
  await bundle.close();
  return file;
}
