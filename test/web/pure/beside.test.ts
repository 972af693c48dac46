import { expect, test } from 'vitest';
import { FileProblems } from '../../../client/files/file-problems.ts';
import { loadInspection } from '../../../client/files/load.ts';
import { loadStart, startOf } from '../../../client/files/load-start.ts';
import { YamlFile } from '../../../client/files/yaml-file.ts';
import { besideFields } from '../../../client/web/start/beside.ts';
import { fileOf, guidedFields } from '../../../client/web/start/guided.ts';

const { authority } = loadStart('examples/middlesbrough-2016.yaml').facts;
const now = '2026-11-26T12:00:00.000Z';
const GOOD = {
  title: 'An inspection',
  reference: '2026',
  fieldworkFrom: '2026-06-01',
  fieldworkUntil: '2026-06-12',
  received: '2026-07-01',
  published: '2026-07-02',
  judgements: 'Overall: Good',
  recommendations: 'Do it',
};

/** What the guided form says of what was typed. */
function said(change: Partial<Record<keyof typeof GOOD, string | undefined>>) {
  const text = fileOf({ ...GOOD, ...change }, { authority, framework: 'ilacs-2018', promised: [] });
  try {
    startOf(loadInspection(YamlFile.of(text, 'inspection.yaml').without('authority'), authority, { now }));
    return [];
  } catch (error) {
    if (!(error instanceof FileProblems)) throw error;
    return besideFields(error.problems, guidedFields());
  }
}

test('nothing is said of what can be used', () => {
  expect(said({})).toEqual([]);
});

test.each<[Parameters<typeof said>[0], fields: string[]]>([
  [{ fieldworkUntil: '2025-06-12' }, ['fieldworkUntil']],
  [{ fieldworkUntil: '2016-06-12' }, ['fieldworkUntil']],
  [{ fieldworkUntil: '2036-06-12' }, ['fieldworkUntil']],
  [{ fieldworkFrom: '2036-06-01' }, ['fieldworkFrom']],
  [{ fieldworkFrom: '2062-06-01' }, ['fieldworkFrom']],
  [{ fieldworkFrom: '2016-02-30', fieldworkUntil: '2016-06-12' }, ['fieldworkFrom']],
  [{ fieldworkFrom: '2036-06-01', received: '2026-06-01' }, ['fieldworkFrom', 'received']],
  [{ fieldworkFrom: '2016-06-01', fieldworkUntil: '2016-06-12' }, ['framework']],
  [{ received: '2036-07-01', published: '2026-06-02' }, ['received', 'published']],
])('of %o only what is wrong by itself is said: %o', (change, fields) => {
  expect(
    said(change).map(({ field, text }) => field ?? (/a framework that was in force/.test(text) ? 'framework' : text)),
  ).toEqual(fields);
});

test.each<[Parameters<typeof said>[0], field: string, text: RegExp]>([
  [{ reference: 'My Ref 1' }, 'reference', /^Reference: use small letters and digits, joined by hyphens/],
  [{ reference: 'a'.repeat(200) }, 'reference', /^Reference: use small letters .* at most 80/],
  [{ title: '  ' }, 'title', /^Title: enter some text$/],
  [
    { title: 'a\u0007b' },
    'title',
    /^Title: enter text whose every character can be seen; there is a control character/,
  ],
  [
    { fieldworkUntil: '2026-05-01' },
    'fieldworkUntil',
    /^Last day of the inspection: the inspection ends \(Friday 1 May 2026\) before it begins/,
  ],
  [
    { received: '2026-05-01' },
    'received',
    /^Report received: the report can't have been received on Friday 1 May 2026, before/,
  ],
  [
    { received: '2036-01-01' },
    'received',
    /^Report received: enter a day that has been: .* today is Thursday 26 November 2026$/,
  ],
  [{ published: '2026-06-02' }, 'published', /^Report published: the report can't have been published on/],
  [
    { received: undefined, published: undefined },
    'received',
    /^Report received: enter the day on which it was received, or else/,
  ],
  [
    { judgements: 'Overall: Good\nHelp Good' },
    'judgements',
    /^Judgements: line 2: write the area and the grade with a colon/,
  ],
  [
    { recommendations: `One\n${'x'.repeat(6000)}` },
    'recommendations',
    /^Recommendations: line 2: enter at most 1000 characters$/,
  ],
])('%o is said beside %s', (change, field, text) => {
  const problems = said(change);
  expect(problems.map((each) => each.field)).toContain(field);
  const problem = problems.find((each) => each.field === field);
  expect(problem?.text).toMatch(text);
  expect(problem?.href).toMatch(new RegExp(`^#${field}(-day)?$`));
  for (const each of problems) expect(each.text).not.toMatch(/\.yaml|\d{4}-\d{2}-\d{2}|\bfieldwork\.|\breport\./);
});
