import { describe, expect, inject, test } from 'vitest';
import { audit, endOfDay } from '../../domain/audit/audit.ts';
import { addDays } from '../../domain/calendar/civil-date.ts';
import { instantAt, localDate } from '../../domain/calendar/london.ts';
import { isOverdue } from '../../domain/milestone/milestone-state.ts';
import { entry, started } from '../register/support.ts';
import { row } from '../support/rows.ts';
import { cli } from '../support/cli.ts';
import { startOf } from '../support/facts.ts';
import { openRig, type Rig } from '../support/rig.ts';

const START = '2016-02-19T10:00:00.000Z';
const PLAN = 'plan-submission/written-action-plan';
const BRIEFING = 'improvement-actions/audit';
const director = { id: 'someone', role: 'director' };

/** What the tables said at a moment, as an audit of that day must say it. */
async function tableOf({ register }: Rig, id: string, now: string) {
  const [authority = '', reference = ''] = id.split('/');
  const listed = await register.milestones(authority, reference);
  return listed.map(
    ({ authority: _a, reference: _r, inspectionTitle: _t, division: _d, inspectionOpen: _o, ...kept }) => ({
      ...kept,
      overdue: isOverdue(kept, now),
    }),
  );
}

test('an audit of any past day says what the tables said at the end of that day', async () => {
  const rig = await openRig();
  const start = startOf({
    commitments: [{ rule: 'cabinet-update' }],
    actions: [{ id: 'audit', title: 'Audit of case files', owner: 'team-manager', due: '2016-04-29' }],
  });
  const id = await rig.start(start, START, { eventsPerRun: 60 });
  const days = [
    '2016-02-19',
    '2016-03-26',
    '2016-03-27',
    '2016-04-30',
    '2016-05-19',
    '2016-06-30',
    '2016-07-01',
    '2016-08-22',
  ];
  const deeds: Record<string, () => Promise<unknown>> = {
    '2016-03-27': () =>
      rig.engine.command(id, 'extend', { milestone: BRIEFING, to: '2016-05-31', reason: 'the auditor left' }, director),
    '2016-04-30': () => rig.engine.command(id, 'reassign', { milestone: BRIEFING, to: 'head-of-service' }, director),
    '2016-05-19': () =>
      rig.engine.command(
        id,
        'correct',
        { received: '2016-02-22', reason: 'the letter was in the post room' },
        director,
      ),
    '2016-07-01': () => rig.engine.command(id, 'complete', { milestone: BRIEFING }, director),
  };
  const seen = new Map<string, Awaited<ReturnType<typeof tableOf>>>();
  for (const day of days) {
    await rig.advanceTo(id, instantAt(day, '12:00'));
    await deeds[day]?.();
    const end = new Date(Date.parse(instantAt(day, '24:00')) - 1).toISOString();
    await rig.advanceTo(id, end);
    seen.set(day, await tableOf(rig, id, end));
  }
  await rig.advanceTo(id, '2016-10-03T12:00:00.000Z');
  const { seq } = await rig.engine.command(
    id,
    'submit',
    { milestone: PLAN },
    { id: 'someone', role: 'head-of-service' },
  );
  const [authority = '', reference = ''] = id.split('/');
  expect(await rig.register.reached(authority, reference, seq, 20_000)).toBe(true);
  const entries = await rig.register.history(authority, reference);
  for (const day of days) {
    const known = audit(id, entries, day);
    // Late at midnight is late from then on; the table was looked at just before.
    const end = new Date(Date.parse(known.until) - 1).toISOString();
    const asSeen = known.milestones.map((each) => ({ ...each, overdue: each.dueAt <= end && each.overdue }));
    expect(asSeen, day).toEqual(seen.get(day));
    // The little that is read for it says the same.
    const little = await rig.register.historyTo({ authority, reference }, endOfDay(day));
    expect(audit(id, little, day)).toEqual(known);
    if (day < '2016-07-01') expect(little.length).toBeLessThan(entries.length);
    expect(known.history.every((each) => localDate(each.at) <= day)).toBe(true);
    expect(known.history.length + entries.filter((each) => localDate(each.at) > day).length).toBe(entries.length);
  }
  // It was worth looking: what was known differs from day to day.
  expect(new Set([...seen.values()].map((rows) => JSON.stringify(rows))).size).toBeGreaterThan(5);

  const june = audit(id, entries, '2016-06-30');
  expect(june.mails.length).toBeGreaterThan(5);
  expect(june.mails.every((mail) => mail.outcome === 'sent' && mail.day !== null && mail.day <= '2016-06-30')).toBe(
    true,
  );
  expect(june.facts).toMatchObject({
    framework: 'sif-2013',
    division: 'england-and-wales',
    report: { received: '2016-02-22' },
  });
  expect(audit(id, entries, '2016-05-18').facts.report).toBeNull();
  expect(june.since).toContainEqual(
    expect.objectContaining({ milestone: PLAN, what: 'status', was: 'open', is: 'submitted' }),
  );
  expect(audit(id, entries, '2016-12-31').since).toEqual([]);

  const variables = { DATABASE_URL: inject('databaseUrl') };
  const json = await cli(['audit', id, '--on', '2016-04-30', '--json'], variables);
  expect(json.code).toBe(0);
  expect(JSON.parse(json.out)).toEqual(JSON.parse(JSON.stringify(audit(id, entries, '2016-04-30'))));
  const people = await cli(['audit', id, '--on', '2016-04-30'], variables);
  expect(people.out).toContain(
    'What was known at the end of Saturday 30 April 2016: started on Friday 19 February 2016, open',
  );
  expect(people.out).toContain('Tue 31 May 2016');
  const early = await cli(['audit', id, '--on', '2016-02-18'], variables);
  expect([early.code, early.err]).toEqual([
    1,
    expect.stringContaining(
      `Nothing was known of ${id} on Thursday 18 February 2016: it was started on Friday 19 February 2016.`,
    ),
  ]);
  const future = await cli(['audit', id, '--on', addDays(localDate(new Date().toISOString()), 2)], variables);
  expect([future.code, future.err]).toEqual([1, expect.stringMatching(/is still to come/)]);
  const unknown = await cli(['audit', 'nowhere/1'], variables);
  expect([unknown.code, unknown.err]).toEqual([1, expect.stringMatching(/has nothing about "nowhere\/1"/)]);
}, 300_000);

describe('the end of a day', () => {
  const at = (instant: string) => [
    started,
    entry(2, { at: instant, milestone: 'a/b', row: row({ milestone: 'a/b' }) }),
  ];
  test.each([
    ['the last millisecond of a summer’s day', '2016-06-30T22:59:59.999Z', 1],
    ['the first of the next', '2016-06-30T23:00:00.000Z', 0],
  ])('is London’s: %s', (_when, instant, count) => {
    expect(audit('a/1', at(instant), '2016-06-30').milestones).toHaveLength(count);
  });

  test('what was overdue is not so once the inspection has ended', () => {
    const entries = at('2016-03-01T10:00:00.000Z');
    const end = entry(3, { at: '2016-08-01T10:00:00.000Z', kind: 'inspection-closed' });
    expect(audit('a/1', [...entries, end], '2016-07-31').milestones.map((each) => each.overdue)).toEqual([true]);
    expect(audit('a/1', [...entries, end], '2016-08-01')).toMatchObject({
      status: 'closed',
      milestones: [{ overdue: false }],
    });
  });
});
