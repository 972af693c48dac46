import { describe, expect, test } from 'vitest';
import { addDays } from '../../domain/calendar/civil-date.ts';
import { namesOf } from '../../domain/closed-table.ts';
import { apply } from '../../domain/commands/apply.ts';
import type { LimitName } from '../../domain/lifecycle/limit-name.ts';
import { LIMITS, nearLimits, sizesOf } from '../../domain/lifecycle/limits.ts';
import { openLifecycle } from '../../domain/lifecycle/open-lifecycle.ts';
import { calendarOf, type LifecycleStart, type LifecycleState } from '../../domain/lifecycle/state.ts';
import { preview } from '../../domain/preview/preview.ts';
import { Refusal } from '../../domain/refusal.ts';
import { council, startOf } from '../support/facts.ts';
import { textOf } from '../support/large.ts';

const AT = '2016-02-19T10:00:00.000Z';
const administrator = { id: 'x', role: 'democratic-services' };
const director = { id: 'x', role: 'director' };

const action = (index: number, title: string) => ({
  id: `a${index}`,
  title,
  owner: 'team-manager',
  due: '2016-04-29',
});
const many = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, n) => make(n));

/** An inspection of so much of one thing, by the table's own names. */
const OF: Record<LimitName, (n: number) => LifecycleStart> = {
  actions: (n) => startOf({ actions: many(n, (index) => action(index, 'Audit')) }),
  events: (n) =>
    startOf({
      events: { 'notice-received': many(n, (index) => ({ on: addDays('2010-01-01', index) })) },
    }),
  roles: (n) => {
    const start = startOf();
    const roles = [
      ...council.roles,
      ...many(n - council.roles.length, (index) => ({ ...council.roles[4], id: `r${index}`, title: `Role ${index}` })),
    ] as typeof council.roles;
    return { ...start, facts: { ...start.facts, authority: { ...council, roles } } };
  },
  questions: (n) =>
    startOf({ questions: many(n, (index) => ({ id: `q${index}`, askedOn: '2016-02-18', by: 'ward', text: 'Why?' })) }),
  authority: (n) => {
    const start = startOf();
    const bodies = (count: number) =>
      many(count, (index) => ({
        id: `b${1000 + index}`,
        name: 'x'.repeat(1000),
        meetings: [],
      })) as (typeof council)['bodies'];
    const withBodies = (count: number) => ({
      ...start,
      facts: { ...start.facts, authority: { ...council, bodies: bodies(count) } },
    });
    const each = sizesOf(withBodies(2)).authority - sizesOf(withBodies(1)).authority;
    return withBodies(Math.floor((n - sizesOf(withBodies(0)).authority) / each));
  },
  // Of texts as long as may be.
  bytes: (n) => {
    const rest = sizesOf(startOf()).bytes;
    const texts = (count: number) =>
      startOf({ recommendations: many(count, (index) => ({ id: `r${1000 + index}`, text: 'x'.repeat(1000) })) });
    const each = sizesOf(texts(2)).bytes - sizesOf(texts(1)).bytes;
    return texts(Math.floor((n - rest) / each));
  },
};

const refusalOf = (work: () => unknown): string => {
  try {
    work();
    return '';
  } catch (error) {
    if (error instanceof Refusal && error.code === 'too-large') return error.message;
    throw error;
  }
};
const previewed = ({ facts, ...start }: LifecycleStart) => preview(facts, calendarOf({ facts, ...start }));

describe.each(namesOf(LIMITS))('an inspection’s %s', (name) => {
  const { max, inWords, remedy } = LIMITS[name];

  test('are refused above the limit at preview and start, with limit, size and what to do', () => {
    const start = OF[name](max * 1.02);
    const size = sizesOf(start)[name];
    expect(size).toBeGreaterThan(max);
    const sentence = `That makes the inspection too large to be kept: ${inWords(size)}, and at most ${inWords(max)} are possible. To go on, ${remedy}.`;
    expect(refusalOf(() => previewed(start))).toBe(sentence);
    expect(refusalOf(() => openLifecycle(start, AT))).toBe(sentence);
  });

  test('are taken up to the limit', () => {
    expect(refusalOf(() => previewed(OF[name](max)))).toBe('');
  });

  test('are warned of from half of it on: in the preview, and once on record', () => {
    const start = OF[name](max * 0.51);
    const said = expect.stringMatching(new RegExp(`may begin with at most ${inWords(max)}`)) as unknown;
    expect(previewed(start).warnings).toContainEqual(said);
    const state = openLifecycle(start, AT);
    const noted = (all: LifecycleState) => all.unrecorded.filter(({ kind }) => kind === 'limit-near');
    expect(noted(state)).toMatchObject([{ text: said, data: { limit: name } }]);
    const completed = apply(
      state,
      { name: 'correct', payload: { published: '2016-02-18', reason: 'x' } },
      director,
      AT,
    );
    expect(noted(completed)).toHaveLength(1);
    expect(previewed(OF[name](max * 0.49)).warnings).not.toContainEqual(said);
  }, 300_000);
});

describe('an inspection that has begun', () => {
  /** As large as one that has grown since: the limit is no law of nature. */
  const grown = (times: number): LifecycleState => {
    const state = openLifecycle(OF.actions(1), AT);
    const room = LIMITS.bytes.max * times - sizesOf(state).bytes;
    const recommendations = [{ id: 'i', text: textOf(Math.floor(room), 1) }];
    const inspection = { ...state.facts.inspection, recommendations };
    return { ...state, facts: { ...state.facts, inspection } };
  };
  const decide = {
    name: 'decide' as const,
    payload: { id: 'd', title: 'x'.repeat(900), takenOn: '2016-02-19', key: false, urgent: false },
  };
  const hold = {
    name: 'hold' as const,
    payload: { milestone: 'improvement-actions/a0', reason: 'x'.repeat(1000), reviewOn: '2016-03-29' },
  };

  test('has room for what people add to it', () => {
    expect(refusalOf(() => apply(grown(1), decide, administrator, AT))).toBe('');
  });

  test('takes no more of it beyond that', () => {
    expect(refusalOf(() => apply(grown(LIMITS.bytes.later), decide, administrator, AT))).toMatch(
      /10,00\d kB of text, and at most 10,000 kB of text are possible/,
    );
  });

  test('takes marks all the same: no duty stays open because an inspection is full', () => {
    expect(refusalOf(() => apply(grown(LIMITS.bytes.later), hold, director, AT))).toBe('');
  });

  test('is made smaller whatever its size', () => {
    const state = grown(2);
    const smaller = {
      name: 'changeAuthority' as const,
      payload: { authority: { ...council, closureDays: [], roles: council.roles.slice(0, -1) } },
    };
    expect(refusalOf(() => apply(state, smaller, administrator, AT))).toBe('');
  });
});

test('nothing of what public papers hold is near a limit', () => {
  expect(nearLimits(sizesOf(startOf({ actions: many(500, (index) => action(index, textOf(300, index))) })))).toEqual(
    [],
  );
});
