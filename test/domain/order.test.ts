import fc from 'fast-check';
import { expect, test } from 'vitest';
import { calendarOf } from '../../domain/lifecycle/state.ts';
import { plan } from '../../domain/plan/plan.ts';
import { paper } from '../support/paper.ts';
import { runs } from '../support/runs.ts';

const PAPERS = [
  'bury',
  'slough',
  'herefordshire',
  'south-cambridgeshire',
  'kirklees',
  'cumbria',
  'buckinghamshire-fire',
];

/** Lists of an inspection and its rules in any order. */
const shuffled = <T>(list: readonly T[], seed: readonly number[]): T[] =>
  list
    .map((each, index) => ({ each, at: seed[index % seed.length] ?? 0 }))
    .sort((a, b) => a.at - b.at)
    .map(({ each }) => each);

test.each(PAPERS)(
  '%s: its dates and their explanations do not depend on the order in which facts and rules stand',
  (name) => {
    const start = paper(name);
    const { facts } = start;
    const planned = (of: typeof facts) =>
      new Map(
        plan(of, calendarOf(start), { cycles: { until: '2026-12-31' } }).map(
          ({ id, due, explanation, owner, stricter }) => [id, { due, explanation, owner, stricter }],
        ),
      );
    const before = planned(facts);
    expect(before.size).toBeGreaterThan(0);
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true }), { minLength: 7, maxLength: 23 }), (seed) => {
        const { inspection } = facts;
        const { actions, commitments, decisions, judgements, recommendations, themes, instruments } = inspection;
        const other = {
          ...facts,
          rules: shuffled(facts.rules, seed),
          inspection: {
            ...inspection,
            actions: shuffled(actions, seed),
            commitments: shuffled(commitments, seed),
            decisions: shuffled(decisions, seed),
            judgements: shuffled(judgements, seed),
            recommendations: shuffled(recommendations, seed),
            themes: shuffled(themes, seed),
            ...(instruments === undefined ? {} : { instruments: shuffled(instruments, seed) }),
          },
        };
        expect(planned(other)).toEqual(before);
      }),
      runs(20),
    );
  },
);
