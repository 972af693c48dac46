import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ListedEvidence } from '../../register/evidence.ts';
import { cli } from '../support/cli.ts';
import { PDF } from '../support/evidence-files.ts';
import { exampleFile } from '../support/example.ts';
import { ownPlace } from '../support/place.ts';

const REF = 'middlesbrough/2016';
const DUTY = 'plan-submission/written-action-plan';
const SHA256 = createHash('sha256').update(PDF).digest('hex');
const folder = mkdtempSync(join(tmpdir(), 'duecourse-evidence-'));
const ends: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const end of ends) await end();
  rmSync(folder, { recursive: true, force: true });
});
const file = (name: string, content: Buffer | string): string => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};

let here: Record<string, string> = {};
const run = (...args: string[]) => cli(['evidence', ...args], here);
const add = (...args: string[]) => run('add', REF, 'written-action-plan', ...args);
const listed = async () => JSON.parse((await run('list', REF, '--json')).out) as ListedEvidence[];

beforeAll(async () => {
  here = { ...(await ownPlace(folder, (end) => ends.unshift(end))), DUECOURSE_AS: 'executive-director' };
  const started = await cli(['start', exampleFile('middlesbrough-2016'), '--as', 'democratic-services', '--yes'], here);
  if (started.code !== 0) throw new Error(started.err);
}, 300_000);

describe('evidence', () => {
  const plan = file('the plan.pdf', PDF);

  test('of a file and a link is added, listed, and had again to the byte; the record is whole', async () => {
    const added = await add('--file', plan, '--title', 'The plan as sent', '--note', 'Two pages.');
    expect([added.code, added.out]).toEqual([0, expect.stringContaining(SHA256)]);
    expect((await add('--link', 'https://anyborough.example.org/minutes')).code).toBe(0);
    expect(await listed()).toMatchObject([
      {
        ...{ milestone: DUTY, title: 'The plan as sent', note: 'Two pages.', link: null, isThere: true },
        file: { name: 'the plan.pdf', sha256: SHA256, bytes: PDF.length, type: 'application/pdf' },
      },
      { milestone: DUTY, link: 'https://anyborough.example.org/minutes', file: null },
    ]);
    const to = join(folder, 'again.pdf');
    expect((await run('get', REF, SHA256.slice(0, 10), '--to', to)).out).toContain('the plan.pdf');
    expect(readFileSync(to).equals(PDF)).toBe(true);
    expect((await cli(['register', 'verify'], here)).code).toBe(0);
  });

  test('comes along with an export, which says that its file does not carry it', async () => {
    const to = join(folder, 'out');
    const exported = await cli(['export', REF, '--to', to, '--json'], here);
    expect(exported.out).toContain('Its evidence (2) is not carried by the file');
    const name = `${SHA256.slice(0, 12)}-the plan.pdf`;
    expect(readdirSync(join(to, REF, 'evidence'))).toEqual([name]);
    expect(readFileSync(join(to, REF, 'evidence', name)).equals(PDF)).toBe(true);
    expect(readFileSync(join(to, REF, 'evidence.csv'), 'utf8')).toContain('https://anyborough.example.org/minutes');
  });

  const huge = file('huge.pdf', PDF);
  truncateSync(huge, 20_000_001);
  test.each<[string, string[], number, RegExp]>([
    ['twice', ['--file', plan], 1, /That is there already: "The plan as sent"/],
    ['that is too large', ['--file', huge], 1, /a file of evidence may be 20.0 MB/],
    ['of another kind', ['--file', file('page.html', '<html>')], 1, /can't be kept as evidence/],
    ['that is not there', ['--file', join(folder, 'none.pdf')], 2, /there is no file/],
    ['that is no link', ['--link', 'minutes of May'], 2, /--link must be a web address that begins with https/],
    ['neither file nor link', [], 2, /give --file PATH or --link URL/],
    [
      'by whom it does not concern',
      ['--link', 'https://anyborough.example.org/x', '--as', 'participation-lead'],
      1,
      /There is no role|may not add evidence|no role/,
    ],
  ])('%s is refused', async (_what, args, code, sentence) => {
    const before = await listed();
    const result = await add(...args);
    expect([result.code, result.err]).toEqual([code, expect.stringMatching(sentence)]);
    expect(await listed()).toEqual(before);
  });

  test('is not written over what is there, and is not made up', async () => {
    expect((await run('get', REF, SHA256, '--to', plan)).code).toBe(2);
    const none = await run('get', REF, 'ffffffffffff', '--to', join(folder, 'none'));
    expect([none.code, none.err]).toEqual([1, expect.stringContaining('has no file of evidence')]);
    expect(existsSync(join(folder, 'none'))).toBe(false);
  });
});
