import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { cli } from '../support/cli.ts';

function fileOf(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'duecourse-rules-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'pack.yaml');
  writeFileSync(file, text);
  return file;
}

const PACK = `id: own
version: 1
title: Our own
valid: { from: 2020-01-01 }
include: [commitments]
rules:
  - id: own-duty
    strand: other-reporting
    title: Our duty
    act: Do it.
    trigger: { event: report-received }
    period: { n: 10, unit: working-day }
    workingDays: si-2007-462
    strength: guidance
    citation: { cite: Our own, confidence: L, note: Not verified }
`;

test('list: every pack with its years and how many of its rules are not verified', async () => {
  const packs = JSON.parse((await cli(['rules', 'list', '--json'])).out) as { id: string; unverified: number }[];
  expect(packs.map((pack) => pack.id)).toContain('hmicfrs-2017');
  expect(packs.find((pack) => pack.id === 'hmicfrs-2017')?.unverified).toBe(0);
  expect((await cli(['rules', 'list'])).out).toContain('Local area SEND inspections, 2016 to 2022');
});

test('show: each rule in sentences, with its source and how sure that is', async () => {
  const { code, out } = await cli(['rules', 'show', 'lgsco']);
  expect(code).toBe(0);
  expect(out).toContain('Due 3 months beginning with the day on which the report was received');
  expect(out).toContain('(the primary text was read)');
  expect(out).toContain('NOT VERIFIED');
  const unknown = await cli(['rules', 'show', 'nothing']);
  expect([unknown.code, unknown.err]).toEqual([1, expect.stringContaining('expected one of')]);
});

test('check: a good pack is good, and says what in it is not verified', async () => {
  const { code, out } = await cli(['rules', 'check', fileOf(PACK)]);
  expect([code, out]).toEqual([0, expect.stringContaining('Not verified: own-duty')]);
});

test.each([
  ['an unknown strand', 'strand: other-reporting', 'strand: other', /pack\.yaml:8:13 .*strand/],
  [
    'an unknown definition',
    'workingDays: si-2007-462',
    'workingDays: ours',
    /pack\.yaml:13:18 .*rules\/working-days\.yaml/,
  ],
  [
    'a definition for days that are not working days',
    'unit: working-day',
    'unit: month',
    /pack\.yaml:13:18 .*counts in months/,
  ],
  [
    'a pack that is not there',
    'include: [commitments]',
    'include: [nothing]',
    /pack\.yaml:5:11 .*expected one of the rule packs/,
  ],
  [
    'an id that an included pack has',
    'id: own-duty',
    'id: cabinet-update',
    /pack\.yaml:7:9 .*the pack commitments has a rule/,
  ],
  [
    'years that end before they begin',
    'from: 2020-01-01 }',
    'from: 2020-01-01, until: 2019-01-01 }',
    /pack\.yaml:4:35 .*expected a date from 2020-01-01 on/,
  ],
  ['a rule without an act', '    act: Do it.\n', '', /pack\.yaml:7.*act/],
])('check names the line of %s', async (_what, good, bad, message) => {
  const { code, err } = await cli(['rules', 'check', fileOf(PACK.replace(good, bad))]);
  expect([code, err]).toEqual([1, expect.stringMatching(message)]);
});
