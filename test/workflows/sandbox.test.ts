import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { bundleWorkflows } from '../../worker/workflow-bundle.ts';
import { type Agreement, agreement } from '../calendar/agreement.ts';

const beside = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const ZONES = ['UTC', 'Europe/London', 'America/New_York', 'Pacific/Auckland'];

describe('inside the workflow sandbox, whatever zone its worker is in', () => {
  const folder = mkdtempSync(join(tmpdir(), 'duecourse-sandbox-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  let answers: Agreement[] = [];

  beforeAll(async () => {
    const bundle = join(folder, 'bundle.js');
    writeFileSync(bundle, (await bundleWorkflows(beside('../calendar/agreement-workflow.ts'))).code);
    answers = await Promise.all(
      ZONES.map(async (TZ) => {
        const taskQueue = `sandbox-${randomBytes(4).toString('hex')}`;
        const { stdout } = await promisify(execFile)(
          process.execPath,
          [
            ...['--import', 'tsx', beside('../calendar/sandbox-script.ts')],
            ...[inject('temporalAddress'), inject('temporalNamespace'), taskQueue, bundle],
          ],
          { env: { ...process.env, TZ } },
        );
        // A worker on a busy machine may have something to say before.
        return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Agreement;
      }),
    );
  });

  it('the workers really were in four zones', () => {
    expect(answers.map(({ hourHere }) => hourHere)).toEqual([12, 13, 8, 0]);
  });

  it('date-fns and epoch days agree on every date', () => {
    for (const { compared, differences } of answers) {
      expect(differences).toEqual([]);
      expect(compared).toBeGreaterThan(4000);
    }
  });

  it('and all of it is what is answered outside', () => {
    expect(new Set(answers.map(({ digest }) => digest))).toEqual(new Set([agreement().digest]));
  });
});
