import { expect, test } from 'vitest';
import { broughtTo, firstConstitution } from '../../../client/files/chosen-constitution.ts';
import { changeConstitution } from '../../../client/web/administration/rules-forms.ts';
import { readUpload } from '../../../client/web/start/uploaded.ts';
import { council, startOf } from '../../support/facts.ts';
import { subjectOf } from '../../support/council-form.ts';

const subject = subjectOf(council);
const [field] = changeConstitution.fields(subject) ?? [];
const ids = Object.keys(field?.choices ?? {}).filter((id) => id !== '');

test('each constitution that can be chosen says beside its name for how long and by whom, and all of its rule before it counts', () => {
  expect(ids.length).toBeGreaterThan(10);
  const said = changeConstitution.choices?.(subject) ?? [];
  expect(said).toHaveLength(ids.length);
  for (const { text } of said) expect(text).toMatch(/^A decision can be called in for \d+ .*\.$/);
  for (const id of ids) {
    expect(field?.choices?.[id]).toMatch(/: \d+ [a-z ]+$/);
    const means = changeConstitution.means?.({ constitution: id }, subject) ?? [];
    expect(said.some(({ text }) => means.includes(text))).toBe(true);
  }
  expect(changeConstitution.means?.({}, subject)).toEqual([]);
});

const { facts } = startOf();
const without = { ...facts, constitution: null };

test.each(ids)('an inspection without a constitution takes the first that is chosen: %s', (constitution) => {
  const named = { ...council, constitution };
  const brought = broughtTo(without, named);
  expect(brought.constitution?.id).toBe(constitution);
  expect(brought.constitution).not.toHaveProperty('examples');
  expect(broughtTo(facts, named)).toEqual({ authority: named });
});

test('it takes none that what is on record contradicts, and nothing where none is chosen', () => {
  const { constitution: _none, ...bare } = council;
  expect(firstConstitution(without, bare)).toBeUndefined();
  const decision = { id: 'a', title: 'Agree', takenOn: '1999-01-04', key: false, urgent: false };
  const early = { ...without, inspection: { ...without.inspection, decisions: [decision] } };
  const named = { ...council, constitution: 'trafford' };
  expect(firstConstitution(early, named)).toMatchObject({ why: expect.stringContaining('was not in force') as string });
  expect(broughtTo(early, named)).toEqual({ authority: named });
});

test('that none is chosen is told before the start, with what to do', () => {
  const { constitution: _none, ...bare } = council;
  const text = `
reference: "2026"
title: Inspection
authority: ${council.id}
framework: ilacs-2018
fieldwork: { from: 2026-10-05, until: 2026-10-16 }
report: { received: 2026-11-16 }
`;
  const warnings = (authority: typeof council) => {
    const authorities = [{ authority, role: 'democratic-services', approved: null }];
    const read = { text, name: 'inspection.yaml', email: 'x', authorities, now: '2026-11-27T10:00:00.000Z' };
    const line = readUpload({ ...read, wanted: 'line' });
    return line !== null && 'warnings' in line ? line.warnings.join('\n') : '';
  };
  expect(warnings(bare)).toContain('No constitution is chosen for Anyborough Council yet');
  expect(warnings(bare)).toContain('on the page Administration, under Constitution and own rules');
  expect(warnings({ ...bare, constitution: 'trafford' })).not.toContain('constitution');
});
