import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { doctorPage, doctorPageFile } from '../../client/files/doctor-page.ts';
import { namesOf } from '../../domain/closed-table.ts';
import { finding, keyOf } from '../../domain/doctor/finding.ts';
import { FINDINGS } from '../../domain/doctor/findings.ts';
import type { FindingCode } from '../../domain/doctor/kinds.ts';

const CODES = namesOf(FINDINGS);

describe.each(CODES)('%s', (code) => {
  const kind = FINDINGS[code];

  test('has words, a sentence that holds what was found, and what to do', () => {
    expect(kind.title).toMatch(/^[a-z].{8,70}[^.]$/);
    expect(kind.do).toMatch(/^[A-Z].{15,}[.)\w]$/);
    expect(kind.what('What was found in the look.')).toMatch(/^[A-Z].{15,}\.$/);
    expect(`${kind.title}${kind.what('x')}${kind.do}${kind.officer ?? ''}`).not.toMatch(/undefined|null|TODO/);
  });

  test('is for the council where it is about an inspection, and for the operator alone where it is not', () => {
    const about = code.startsWith('inspection-');
    expect(kind.officer !== null).toBe(about);
    expect(kind.officer ?? '').not.toMatch(/Temporal|engine|register|worker|workflow/);
    const said = finding(code, 'x.', about ? 'anyborough/2016' : undefined);
    expect(said.do).not.toMatch(/REF|THIS/);
    expect(said).toMatchObject({ code, severity: kind.severity });
  });
});

test('titles tell the kinds apart', () => {
  expect(new Set(CODES.map((code) => FINDINGS[code].title)).size).toBe(CODES.length);
});

test('pages are of no use without a register that can be written, and of some use without anything else', () => {
  const blocking = CODES.filter((code) => FINDINGS[code].blocksReadiness);
  expect(blocking).toEqual([
    'register-unreachable',
    'register-unfit',
    'register-read-only',
    'register-full',
    'register-forbidden',
    'register-failing',
  ]);
});

test.each<[FindingCode, string, string, boolean]>([
  ['room-low', '/var: 900 MB', '/var: 800 MB', true],
  ['mail-put-off', '1 mail', '2 mails', true],
  ['schedule-missing', 'calendar-watch', 'morning-summary/anyborough', false],
  ['setting-unknown', 'DUECOURSE_A', 'DUECOURSE_B', false],
])('%s about %s and about %s are known as the same: %s', (code, one, other, same) => {
  expect(keyOf(finding(code, one)) === keyOf(finding(code, other))).toBe(same);
});

test('two inspections in the same trouble are told apart, and one in two troubles too', () => {
  const keys = [
    finding('inspection-stuck', 'x', 'anyborough/2016'),
    finding('inspection-stuck', 'y', 'anyborough/2016'),
    finding('inspection-stuck', 'x', 'anyborough/2017'),
    finding('inspection-late', 'x', 'anyborough/2016'),
  ].map(keyOf);
  expect(new Set(keys).size).toBe(3);
});

test('docs/doctor.md says what the table says, of every kind', () => {
  expect(readFileSync(doctorPageFile(), 'utf8')).toBe(doctorPage());
  for (const code of CODES) expect(doctorPage()).toContain(`**\`${code}\`**`);
});
