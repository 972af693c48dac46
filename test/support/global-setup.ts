import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { bundleWorkflows } from '../../worker/workflow-bundle.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The file of the workflow bundle under test. */
    workflowBundle: string;
  }
}

/** Bundles the workflow code under test, once for the whole suite. */
export default async function bundleForTests(project: TestProject): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'duecourse-bundle-'));
  const file = join(folder, 'workflow-bundle.js');
  const { code } = await bundleWorkflows(fileURLToPath(new URL('../../workflows/workflows.ts', import.meta.url)));
  writeFileSync(file, code);
  project.provide('workflowBundle', file);
  return () => rmSync(folder, { recursive: true, force: true });
}
