import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { packageRoot } from '../../platform/package-root.ts';
import { COUNCIL, GOOD } from '../files/good-file.ts';
import { cli } from '../support/cli.ts';

/** Files of one test by name; gives the path of each. */
function folderOf(files: Record<string, string>): (name: string) => string {
  const folder = mkdtempSync(join(tmpdir(), 'duecourse-check-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return (name) => join(folder, name);
}

interface Checked {
  file: string;
  kind: string | null;
  title: string;
  ok: boolean;
  problems: { file: string; line: number; column: number; path: string; text: string }[];
  warnings: { file: string; line: number; text: string }[];
}

const every = (name: string) => join(packageRoot(), 'examples', 'every-key', name);

test('each file is what is in it, whatever it is called', async () => {
  const files = [
    every('inspection.yaml'),
    every('authority.yaml'),
    every('constitution.yaml'),
    every('rule-pack.yaml'),
    every('working-days.yaml'),
    join(packageRoot(), 'rules', 'bank-holidays', 'bank-holidays.json'),
  ];
  const { code, out } = await cli(['check', ...files, '--json']);
  expect(code).toBe(0);
  const checked = JSON.parse(out) as Checked[];
  expect(checked.map(({ kind, ok }) => [kind, ok])).toEqual([
    ['inspection', true],
    ['authority', true],
    ['constitution', true],
    ['rule-pack', true],
    ['working-days', true],
    ['bank-holidays', true],
  ]);
  expect(checked[0]?.title).toBe('Inspection of children’s services: March 2025');
  expect(checked[0]?.warnings.map(({ text }) => text)).toEqual([
    expect.stringContaining('a stricter reading makes it due on Friday 8 August 2025 (50 days by another reading'),
    expect.stringContaining('Whether the date would be met after a call-in is not known'),
    expect.stringContaining('it counts from the day on which the request was received, and that is not on file'),
    expect.stringContaining('only where it was determined that a statement is required, and that is not on file'),
  ]);
  const lines = readFileSync(files[1] as string, 'utf8').split('\n');
  expect(checked[1]?.warnings.map(({ line, text }) => [lines[line - 1], text])).toEqual([
    ['  - id: virtual-school-head', 'nobody holds Virtual School Head: its mail goes to the administrator'],
  ]);
});

test('everything that is wrong with any of them is told, with its file and line; the exit code is 1', async () => {
  const at = folderOf({
    'good.yaml': GOOD,
    'council.yaml': COUNCIL,
    'bad.yaml': GOOD.replace('2016-02-19', '19/02/2016').replace('by: director', 'by: directer'),
    'else.yaml': 'colour: red\n',
  });
  const { code, out, err } = await cli(['check', at('good.yaml'), at('bad.yaml'), at('else.yaml'), at('none.yaml')]);
  expect([code, err]).toEqual([1, '']);
  expect(out).toContain(`Good:  ${at('good.yaml')} is an inspection’s file: A test`);
  expect(out).toContain(`Wrong: ${at('bad.yaml')} is an inspection’s file with 2 mistakes`);
  expect(out).toContain(
    `${at('bad.yaml')}:7:14  report.published: found "19/02/2016", expected a date written YYYY-MM-DD: write 2016-02-19`,
  );
  expect(out).toMatch(/bad\.yaml:24:92 {2}happened\[0\]\.by: .*did you mean "director"\?/);
  expect(out).toContain(`Wrong: ${at('else.yaml')} is a file of no known kind with one mistake`);
  expect(out).toContain(
    'an inspection’s file (reference, framework, fieldwork); an instrument’s file (issuedBy, framework, fieldwork); an authority’s file (roles, chain, bodies)',
  );
  expect(out).toContain(`${at('none.yaml')}:1:1  found no such file`);
});

test('what is odd is told with its place, in check, in preview and at the start, and stops nothing', async () => {
  const at = folderOf({
    'inspection.yaml': GOOD.replace('  published: 2016-02-19', '  published: 2016-02-19\n  received: 2016-02-22'),
    'council.yaml': COUNCIL.replace('[2016-05-10]', '[2016-05-10, 2026-12-25]'),
  });
  const { code, out } = await cli(['check', at('inspection.yaml'), '--json']);
  const [checked] = JSON.parse(out) as Checked[];
  expect([code, checked?.problems]).toEqual([0, []]);
  expect(checked?.warnings.map(({ file, line, text }) => [file, line, text])).toContainEqual([
    at('inspection.yaml'),
    7,
    'The report was published (Friday 19 February 2016) before the council received it (Monday 22 February 2016): look at both dates.',
  ]);
  expect(checked?.warnings.map(({ file, line, text }) => [file, line, text])).toContainEqual([
    at('council.yaml'),
    10,
    'Cabinet is to meet on Friday 25 December 2026, Christmas Day.',
  ]);
  const shown = JSON.parse((await cli(['preview', at('inspection.yaml'), '--json'])).out) as { warnings: string[] };
  expect(shown.warnings).toContain('Cabinet is to meet on Friday 25 December 2026, Christmas Day.');
  expect((await cli(['preview', at('inspection.yaml'), '--short'])).out).toContain(
    '- Cabinet is to meet on Friday 25 December 2026, Christmas Day.',
  );
});

test('a date in the future is refused, but a preview may be asked for as of then', async () => {
  const at = folderOf({
    'inspection.yaml': GOOD.replace('  published: 2016-02-19', '  received: 2036-02-19'),
    'council.yaml': COUNCIL,
  });
  const refused = await cli(['preview', at('inspection.yaml')]);
  expect([refused.code, refused.err]).toEqual([
    1,
    expect.stringMatching(/inspection\.yaml:7:13 {2}report\.received: .*it is of something that has happened/),
  ]);
  expect((await cli(['preview', at('inspection.yaml'), '--short', '--today', '2036-03-01'])).code).toBe(0);
  expect((await cli(['check', at('inspection.yaml')])).code).toBe(1);
});

test('a constitution or pack under rules that is not named after its id is pointed at', async () => {
  const text = `id: own\nversion: 2\ntitle: Own\nvalid: { from: 2020-01-01 }\nrules: []\n`;
  const folder = mkdtempSync(join(tmpdir(), 'packs-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, 'packs'));
  writeFileSync(join(folder, 'packs', 'own.yaml'), text);
  const { code, out } = await cli(['check', join(folder, 'packs', 'own.yaml')]);
  expect([code, out]).toEqual([0, expect.stringContaining('the file should be named own.v2.yaml')]);
});

test('the council’s own check is still there', async () => {
  const { code, out } = await cli(['authority', 'check', every('authority.yaml')]);
  expect([code, out]).toEqual([0, expect.stringContaining('Good: Anyborough Council, 8 roles, 2 bodies.')]);
});
