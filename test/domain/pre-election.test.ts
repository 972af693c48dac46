import { describe, expect, test } from 'vitest';
import { listRulePacks, versionsOfPack } from '../../client/files/rules.ts';
import { preview } from '../../domain/preview/preview.ts';
import { authority as authoritySchema } from '../../domain/schemas/authority.ts';
import { calendar, factsOf } from '../support/facts.ts';

const before = factsOf();
const PERIOD = { from: '2016-03-29', until: '2016-06-30', election: 'local elections of 5 May 2016' };

/** The preview's warnings about elections, with the council's periods and the plan as a publication or not. */
function warnings(periods: object[], publishes = true): string[] {
  const authority = authoritySchema.parse({ ...before.authority, preElectionPeriods: periods });
  const rules = before.rules.map((rule) => (rule.id === 'written-action-plan' ? { ...rule, publishes } : rule));
  return preview({ ...before, authority, rules }, calendar).warnings.filter((each) => each.includes('elections'));
}

describe('what is to be published within a period before an election', () => {
  test('is warned of with its date, the period and what to do; nothing moves', () => {
    expect(warnings([PERIOD])).toEqual([
      '"Written action plan to Ofsted" is due on Thursday 30 June 2016, in the period before the local elections of 5 May 2016 (Tuesday 29 March 2016 to Thursday 30 June 2016), in which councils are to take care with what they publish. Its date stays: ask the Monitoring Officer whether to publish before that period, or how within it.',
    ]);
  });

  test.each([
    ['the day before it begins', [{ ...PERIOD, from: '2016-07-01', until: '2016-07-07' }], true],
    ['the day after it ends', [{ ...PERIOD, until: '2016-06-29' }], true],
    ['what is no publication', [PERIOD], false],
    ['no period on file', [], true],
  ])('%s: nothing is said', (_what, periods, publishes) => {
    expect(warnings(periods, publishes)).toEqual([]);
  });

  test('its first day and its last are of it', () => {
    expect(warnings([{ ...PERIOD, from: '2016-06-30' }])).toHaveLength(1);
  });

  test('a period that ends before it begins is refused', () => {
    const { success, error } = authoritySchema.safeParse({
      ...before.authority,
      preElectionPeriods: [{ ...PERIOD, until: '2016-03-28' }],
    });
    expect([success, error?.issues.map(({ path, message }) => [path.join('.'), message])]).toEqual([
      false,
      [['preElectionPeriods.0.until', 'expected 2016-03-29 or later: it would end before it begins']],
    ]);
  });
});

test('each rule of the packs that says to publish is a publication', () => {
  const rules = listRulePacks().flatMap((id) => versionsOfPack(id).flatMap(({ read }) => read.rules));
  const saying = rules.filter(({ act }) => /^Publish\b|\band publish it\b/.test(act));
  expect(saying.length).toBeGreaterThan(10);
  expect(saying.filter(({ publishes }) => publishes !== true).map(({ id }) => id)).toEqual([]);
});

test('what has been published is not warned of', () => {
  const happened = [
    { milestone: 'plan-submission/written-action-plan', what: 'submitted', on: '2016-03-01', by: 'director' },
  ];
  const done = factsOf({ happened });
  const authority = authoritySchema.parse({ ...done.authority, preElectionPeriods: [PERIOD] });
  const rules = done.rules.map((rule) => ({ ...rule, publishes: true }));
  const warnings = preview({ ...done, authority, rules }, calendar).warnings.filter((each) =>
    each.includes('elections'),
  );
  expect(warnings.filter((each) => each.includes('Written action plan'))).toEqual([]);
});
