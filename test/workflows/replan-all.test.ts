import { calendarDataOf } from '../../domain/lifecycle/state.ts';
import { keepCalendar } from '../../domain/calendar/kept-calendar.ts';
import { randomBytes } from 'node:crypto';
import { describe, expect, inject, test } from 'vitest';
import { publishedHolidays } from '../../domain/calendar/published-holidays.ts';
import { feed, startOf } from '../support/facts.ts';
import { openRig } from '../support/rig.ts';
import { type InspectionRef, partsOf } from '../../domain/inspection-ref.ts';
import { authorityCalendar } from '../../domain/calendar/authority-calendar.ts';
import { startInspection } from '../../client/start-inspection.ts';
import { sql } from '../register/support.ts';
import { alone } from '../support/alone.ts';

const FUNERAL = '2022-09-19';
const PLAN = 'plan-submission/written-action-plan';
const administrator = { id: 'test', role: 'democratic-services' };

const published = publishedHolidays(
  'england-and-wales',
  feed['england-and-wales'].events.filter(({ date }) => date >= '2019' && date < '2029'),
);

/** As it was known before 10 September 2022, in an authority of the test's own. */
function startBefore(authorityId: string, received: string) {
  const given = startOf({ fieldwork: { from: '2022-03-01', until: '2022-03-25' }, report: { received } });
  const known = calendarDataOf(given);
  const calendar = keepCalendar({ ...known, holidays: known.holidays.filter(({ date }) => date !== FUNERAL) });
  return { ...given, calendar, facts: { ...given.facts, authority: { ...given.facts.authority, id: authorityId } } };
}

test('an approved holiday reaches every open inspection of the authority, however many pages; each owner is told once', async () => {
  const rig = await openRig();
  const authority = `anyborough-${randomBytes(4).toString('hex')}`;
  const at = '2022-09-12T10:00:00.000Z';
  // Five whose 90 working days end before the day, and five whose count crosses it; one of those is closed before.
  const received = [...Array.from({ length: 5 }, () => '2022-04-29'), ...Array.from({ length: 5 }, () => '2022-05-13')];
  const references: InspectionRef[] = [];
  for (const day of received) references.push(await rig.start(startBefore(authority, day), at));
  for (const reference of references) await rig.advanceTo(reference, '2022-09-12T11:00:00.000Z');
  const closed = references.at(-1) ?? 'none/none';
  await rig.engine.command(closed, 'submit', { milestone: PLAN }, administrator);
  await rig.engine.command(closed, 'complete', { milestone: PLAN }, administrator);
  await rig.engine.command(
    closed,
    'close',
    { reason: 'done', homes: [{ action: 'rest', to: 'dropped', said: 'no longer needed' }] },
    administrator,
  );
  await rig.engine.result(closed);

  const crossing = references.slice(5, 9);
  expect((await rig.engine.moves(crossing[0] ?? 'none/none', published)).map(({ from, to }) => [from, to])).toEqual([
    ['2022-09-21', '2022-09-22'],
  ]);
  const refused = await rig.engine.replanAll(authority, published, { id: 'x', role: 'head-of-service' });
  expect(refused).toMatchObject({ done: 0 });
  expect(refused.failed).toHaveLength(9);
  expect(refused.failed[0]?.why).toContain('may not approve bank holidays');

  const done = await rig.engine.replanAll(authority, published, administrator, { pageSize: 2 });
  expect(done).toMatchObject({ done: 9, failed: [] });
  // Approved again, as after a crash: nothing more happens.
  expect(await rig.engine.replanAll(authority, published, administrator)).toMatchObject({ done: 9, failed: [] });

  const due = async (reference: InspectionRef) =>
    (await rig.engine.view(reference)).milestones.find((each) => each.id === PLAN)?.due;
  // 90 working days after Friday 29 April 2022, over 2 May, 2 and 3 June and 29 August: Thursday 8 September.
  for (const reference of references.slice(0, 5)) expect(await due(reference)).toBe('2022-09-08');
  for (const reference of crossing) expect(await due(reference)).toBe('2022-09-22');
  const sent = rig.sent.length;
  for (const reference of references.slice(0, 9)) await rig.advanceTo(reference, '2022-09-13T10:00:00.000Z');
  const moved = rig.sent.slice(sent).filter((digest) => digest.notices.some((notice) => notice.movedFrom !== null));
  expect(moved.map((digest) => `${digest.authority.id}/${digest.reference}`).sort()).toEqual(crossing.toSorted());
  expect(moved[0]?.notices[0]?.movedFrom?.because).toContain('(Mon 19 September 2022) is a new bank holiday');
}, 300_000);

describe('an inspection that is being started meanwhile', () => {
  const at = '2022-09-12T10:00:00.000Z';
  const begun = async () => {
    const rig = await openRig();
    const authority = `anyborough-${randomBytes(4).toString('hex')}`;
    const due = async (reference: InspectionRef) =>
      (await rig.engine.view(reference)).milestones.find((each) => each.id === PLAN)?.due;
    return { rig, authority, due };
  };

  test('and has not reached the register when its page is read, is told all the same; the approval is kept by the fan-out itself', async () => {
    const { rig, authority, due } = await begun();
    const known = await rig.start(startBefore(authority, '2022-05-13'), at);
    const late = await rig.start(startBefore(authority, '2022-05-13'), at);
    for (const reference of [known, late]) await rig.advanceTo(reference, '2022-09-12T11:00:00.000Z');
    // As if nothing of it were on record.
    await sql(
      inject('databaseUrl'),
      `UPDATE inspection SET status = 'closed' WHERE authority = $1 AND reference = $2`,
      [authority, partsOf(late).reference],
    );
    expect(await rig.engine.replanAll(authority, published, { id: 'x', role: 'head-of-service' })).toMatchObject({
      done: 0,
      tried: 1,
    });
    expect(await rig.register.approvedHolidays(authority)).toBeNull();
    await expect.poll(() => rig.engine.running(authority), { timeout: 20_000 }).toEqual([known, late].toSorted());
    expect(await rig.engine.replanAll(authority, published, administrator)).toMatchObject({
      done: 2,
      tried: 2,
      failed: [],
    });
    expect(await rig.register.approvedHolidays(authority)).toEqual(published);
    expect([await due(known), await due(late)]).toEqual(['2022-09-22', '2022-09-22']);
  }, 300_000);

  test('from what was approved before is brought what is approved by the time that it runs, once', async () => {
    const { rig, authority } = await begun();
    await rig.register.approveHolidays(authority, published, 'test', at);
    const entries = async (start: ReturnType<typeof startBefore>) => {
      const reference = await startInspection(rig, alone(start));
      const { authority: id, reference: name } = partsOf(reference);
      await rig.register.reached(id, name, (await rig.engine.view(reference)).seq, 20_000);
      return (await rig.register.history(id, name)).filter(({ kind }) => kind === 'calendar-changed').length;
    };
    expect(await entries(startBefore(authority, '2022-05-13'))).toBe(1);
    const current = startBefore(authority, '2022-05-13');
    const calendar = keepCalendar(authorityCalendar(calendarDataOf(current), current.facts.authority, published));
    expect(await entries({ ...current, calendar })).toBe(0);
  }, 300_000);
});
