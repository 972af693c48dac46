import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll } from 'vitest';
import { cli, type CliResult } from './cli.ts';
import { ownPlace } from './place.ts';

const EXAMPLES = fileURLToPath(new URL('../../examples', import.meta.url));

/** The built commands on servers of a test file's own, with a copy of the examples, of which one is started. */
export interface OwnExamples {
  /** Where the copy of the examples is. */
  folder: string;
  run(...args: string[]): Promise<CliResult>;
}

/** @param started the example that is started before the first test */
export function ownExamples(started: string): OwnExamples {
  const folder = mkdtempSync(join(tmpdir(), 'duecourse-examples-'));
  const ends: (() => Promise<void>)[] = [];
  let here: Record<string, string> = {};
  const run = (...args: string[]): Promise<CliResult> => cli(args, here);
  beforeAll(async () => {
    here = await ownPlace(folder, (end) => ends.unshift(end));
    cpSync(EXAMPLES, join(folder, 'examples'), { recursive: true });
    const { code, err } = await run('start', join(folder, 'examples', started), '--yes');
    if (code !== 0) throw new Error(err);
  }, 120_000);
  afterAll(async () => {
    for (const end of ends) await end();
    rmSync(folder, { recursive: true, force: true });
  });
  return { folder: join(folder, 'examples'), run };
}
