import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Facts } from '../../domain/facts/facts.ts';
import { plan } from '../../domain/plan/plan.ts';
import { plannedBefore } from '../../domain/plan/earlier-plan.ts';
import { inspection as inspectionSchema, type Inspection } from '../../domain/schemas/inspection.ts';
import { calendar, council, factsOf } from '../support/facts.ts';
import { notice } from '../support/instruments.ts';

const OPTIONS = { cycles: { until: '2017-01-01' } };
const { actions: parsed } = inspectionSchema.shape;

const due = fc.constantFrom<unknown>(
  '2016-05-31',
  { by: '2016-06-30', words: 'by June' },
  { n: 2, unit: 'month' },
  { n: 1, unit: 'month', from: 'notice-received' },
  { n: 1, unit: 'month', from: 'notice-received', instrument: 'notice' },
  { n: 1, unit: 'month', from: 'decision-taken', decision: 'd1' },
);
const actions = (size: number) =>
  fc
    .array(fc.record({ title: fc.constantFrom('One', 'Two'), theme: fc.constantFrom(undefined, 't1'), due }), {
      minLength: size,
      maxLength: size,
    })
    .map((all) => parsed.parse(all.map((each, n) => ({ id: `a${n}`, owner: 'team-manager', ...each }))));

const decision = (takenOn: string) => ({ id: 'd1', title: 'Agree', takenOn, key: false, urgent: false });

/** Whatever may be changed of what actions rest on, each by itself. */
const changes = fc.constantFrom<(facts: Facts) => Facts>(
  (facts) => facts,
  withParts({ report: { published: '2016-02-25' } }),
  withParts({ events: { 'notice-received': '2016-03-07' } }),
  withParts({ instruments: [notice('2016-03-14')] }),
  withParts({ decisions: [decision('2016-03-15')] }),
  withParts({
    decisions: [{ ...decision('2016-03-15'), withdrawn: 'It was another board’s.' }],
  }),
  withParts({
    themes: [
      {
        ...{ id: 't1', title: 'Another', officer: 'director', until: '2016-12-31', recommendations: [] },
        acceptedBy: { role: 'chief-executive', within: 10 },
      },
    ],
  }),
  (facts) => ({ ...facts, authority: { ...council, chain: { ...council.chain, director: 'assistant-director' } } }),
);

function withParts(parts: Partial<Inspection>): (facts: Facts) => Facts {
  return (facts) => ({ ...facts, inspection: { ...facts.inspection, ...parts } });
}

test('what is taken from an earlier plan is what would be planned again, whatever has changed since', () => {
  fc.assert(
    fc.property(actions(6), actions(6), fc.subarray([0, 1, 2, 3, 4, 5]), changes, (before, other, changed, change) => {
      const was = factsOf({
        themes: [{ id: 't1', title: 'Theme', officer: 'head-of-service' }],
        instruments: [notice('2016-03-01')],
        decisions: [decision('2016-03-01')],
      });
      const facts = { ...was, inspection: { ...was.inspection, actions: before } };
      const planned = new Map(plan(facts, calendar, OPTIONS).map((each) => [each.id, each]));
      const after = before.flatMap((each, n) => (changed.includes(n) ? (other[n] ?? []) : each));
      const next = change({ ...facts, inspection: { ...facts.inspection, actions: after } });
      expect(plan(next, calendar, OPTIONS, { facts, planned })).toEqual(plan(next, calendar, OPTIONS));
    }),
  );
});

test('of a revision of one line the others are taken over as they are', () => {
  const list = parsed.parse(
    ['a1', 'a2', 'a3'].map((id) => ({ id, title: id, owner: 'team-manager', due: '2016-05-31' })),
  );
  const facts = factsOf();
  const before = { ...facts, inspection: { ...facts.inspection, actions: list } };
  const planned = new Map(plan(before, calendar, OPTIONS).map((each) => [each.id, each]));
  const changed = list.map((each) => (each.id === 'a2' ? { ...each, title: 'New' } : each));
  const after = { ...before, inspection: { ...before.inspection, actions: changed } };
  const known = plannedBefore(after, { facts: before, planned });
  expect(changed.map((each) => known(each)?.title)).toEqual(['a1', undefined, 'a3']);
});
