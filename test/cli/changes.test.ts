import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cli, type CliResult } from '../support/cli.ts';
import { exampleFile } from '../support/example.ts';
import { ownPlace } from '../support/place.ts';

const REF = 'middlesbrough/2016';
const AS = ['--as', 'executive-director'];

const folder = mkdtempSync(join(tmpdir(), 'duecourse-changes-'));
const ends: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const end of ends) await end();
  rmSync(folder, { recursive: true, force: true });
});

describe('what can’t be used is said in plain words, by the name that is typed, before any server is asked', () => {
  const nowhere = { DUECOURSE_VAR: join(folder, 'nowhere') };
  test.concurrent.each([
    [['progress', REF, 'a1', '--percent', '130'], '--percent must be a whole number from 0 to 100'],
    [['waive', REF, 'a1', '--reason', 'x'.repeat(1001)], '--reason must be at most 1000 characters.'],
    [['waive', REF, 'a1', '--reason', 'one\ntwo'], '--reason must be one line of text.'],
    [['complete', REF, 'a1', '--evidence', 'javascript:alert(1)'], '--evidence must be a web address that begins with'],
    [['event', REF, 'b', '--on', '2016-02-19'], /^duecourse: <kind> must be one of [a-z-]+, /],
    [['reassign', REF, 'a1', '--to', 'Head of Service'], /^duecourse: --to must be lower-case letters/],
  ])('%j', async (args, sentence) => {
    const { code, out, err } = await cli([...args, ...AS], nowhere);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(sentence);
    expect(err).not.toMatch(/Too big|Invalid|string|expected/);
  });
});

describe('a flag whose name begins with "no"', () => {
  let here: Record<string, string> = {};
  const run = (...args: string[]): Promise<CliResult> => cli([...args, ...AS], here);
  beforeAll(async () => {
    here = await ownPlace(folder, (end) => ends.unshift(end));
    cpSync(join(exampleFile('middlesbrough-2016'), '..'), join(folder, 'examples'), { recursive: true });
    const started = await cli(['start', join(folder, 'examples', 'middlesbrough-2016.yaml'), '--yes'], here);
    if (started.code !== 0) throw new Error(started.err);
  }, 300_000);

  test('says what it is called: nothing has changed, and nothing else at once', async () => {
    const report = (...said: string[]) => run('progress', REF, 'care-plan-audit', ...said);
    expect((await report('--no-change')).err).toContain('There is no report on');
    expect((await report('--percent', '30')).code).toBe(0);
    expect((await report('--no-change', '--percent', '50')).err).toContain('Either nothing has changed, or');
    expect(await report('--no-change')).toMatchObject({ code: 0, err: '' });
    expect((await cli(['history', REF], here)).out).toMatch(/no\s+change; 30 per cent\s+done/);
  });

  test('what the inspection refuses for one field names its option', async () => {
    const { code, err } = await run('complete', REF, 'care-plan-audit', '--on', '2099-01-01');
    expect([code, err]).toEqual([1, expect.stringMatching(/^duecourse: --on: .* in the future/)]);
  });

  test('takes a text as any other does', async () => {
    const decided = await run(
      ...['decide', REF, 'd1', '--title', 'Adopt the plan', '--taken', '2016-03-01', '--published', '2016-03-01'],
      ...['--no-call-in', 'It is of the council as a whole.'],
    );
    expect(decided.err).toBe('');
    expect((await cli(['decision', REF, 'd1'], here)).out).toContain('It is of the council as a whole.');
  });
});
