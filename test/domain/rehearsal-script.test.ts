import { expect, test } from 'vitest';
import { script } from '../../client/rehearsal-script.ts';
import { startOf } from '../support/facts.ts';

const start = startOf({
  report: { received: '2016-02-19', published: '2016-02-22' },
  actions: [{ id: 'a', title: 'Audit', owner: 'team-manager', due: '2016-04-29' }],
  commitments: [{ rule: 'cabinet-update', round: {} }],
});

test('nobody in a rehearsal does what ends of itself, or what is met by what is on file', () => {
  const published = { ...start.facts.rules[0], id: 'publication', strand: 'other-reporting' as const };
  const rules = [
    ...start.facts.rules,
    { ...published, metBy: 'report-published' as const },
  ] as typeof start.facts.rules;
  const { turns } = script({ ...start, facts: { ...start.facts, rules } }, { miss: [] });
  const done = turns.map(({ milestone }) => milestone);
  expect(done).toContain('improvement-actions/a');
  expect(done).toContain('cabinet-updates/cabinet-update-1');
  expect(done.filter((each) => each.startsWith('progress-rounds/') || each.includes('publication'))).toEqual([]);
});
