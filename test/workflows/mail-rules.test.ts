import { describe, expect, test } from 'vitest';
import { localDate, localTime } from '../../domain/calendar/london.ts';
import { calendar, startOf } from '../support/facts.ts';
import { openRig } from '../support/rig.ts';

const START = '2016-02-19T10:00:00.000Z';
const PLAN = 'plan-submission/written-action-plan';
const OWNER = 'head-of-service@anyborough.example.org';
const owner = { id: 'test', role: 'head-of-service' };
const manager = { id: 'test', role: 'assistant-director' };

/** Actions of one owner, all due in the same week: Monday 25 to Friday 29 April 2016. */
const actions = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    id: `a${index + 1}`,
    title: `Action ${index + 1}`,
    owner: 'head-of-service',
    due: `2016-04-${25 + (index % 5)}`,
  }));

test('one owner with 48 actions due the same week gets one mail a day', async () => {
  const rig = await openRig();
  const reference = await rig.start(startOf({ actions: actions(48) }), START);
  await rig.advanceTo(reference, '2016-04-30T12:00:00.000Z');
  const mails = rig.sent.filter((digest) => digest.recipient.email === OWNER);
  const days = mails.map((digest) => digest.day);
  expect(new Set(days).size).toBe(days.length);
  // The first mail has them all; the due days' mails have each day's.
  expect(mails[0]?.notices).toHaveLength(49);
  const dueToday = mails.map((digest) => digest.notices.filter((notice) => notice.kind === 'due-today').length);
  expect(dueToday.reduce((sum, count) => sum + count, 0)).toBe(48);
  expect(days).toContain('2016-04-25');
});

test('an inspection started 100 working days late sends one mail to each person', async () => {
  const rig = await openRig();
  const late = calendar.addWorkingDays('2016-06-30', 100);
  const reference = await rig.start(startOf({ actions: actions(48) }), `${late}T10:00:00.000Z`);
  await rig.advanceTo(reference, `${late}T16:00:00.000Z`);
  const people = rig.sent.map((digest) => digest.recipient.email);
  expect(new Set(people).size).toBe(people.length);
  // The owner, the three above, and whoever started it.
  expect(people).toHaveLength(5);
  expect(rig.sent.find((digest) => digest.recipient.email === OWNER)?.notices).toHaveLength(49);
});

test('a milestone completed one second before the sending time: no reminder goes out', async () => {
  const rig = await openRig();
  const reference = await rig.start(startOf(), START);
  // The first reminder, of the stricter reading, is due on Wednesday 4 May 2016 at 09:00, which is 08:00 UTC.
  await rig.advanceTo(reference, '2016-05-04T07:59:58.900Z');
  const before = rig.mailDays(reference, OWNER);
  const { milestone } = await rig.engine.command(reference, 'submit', { milestone: PLAN }, owner);
  expect(milestone?.submitted?.at).toMatch(/^2016-05-04T07:59:(58\.9|59)/);
  await rig.advanceTo(reference, '2016-09-30T12:00:00.000Z');
  expect(rig.mailDays(reference, OWNER)).toEqual(before);
  expect(rig.sent.filter((digest) => digest.day > '2016-03-01')).toEqual([]);
});

test('a hold silences the ladder of a council’s own date and a release puts it back; the statutory one stays', async () => {
  const rig = await openRig();
  const reference = await rig.start(
    startOf({ actions: [{ id: 'one', title: 'One', owner: 'head-of-service', due: '2016-06-10' }] }),
    START,
  );
  const ONE = 'improvement-actions/one';
  await rig.advanceTo(reference, '2016-05-12T15:00:00.000Z');
  // One is due on Friday 10 June: 20 working days before is Thursday 12 May, told today; the next is Thursday 26 May.
  await rig.engine.command(
    reference,
    'hold',
    { milestone: ONE, reason: 'a decision of the department is awaited', reviewOn: '2016-06-20' },
    manager,
  );
  await rig.advanceTo(reference, '2016-06-13T15:00:00.000Z');
  const ofOne = () =>
    rig.sent
      .filter((digest) => digest.recipient.email === OWNER && digest.notices.some((each) => each.milestone === ONE))
      .map((digest) => `${digest.day} ${digest.notices.find((each) => each.milestone === ONE)?.kind ?? ''}`);
  const held = ofOne();
  expect(held).toEqual(['2016-02-19 started', '2016-05-12 reminder', '2016-05-13 held']);
  // What is said of the plan on 2 June, the date by the stricter reading, was not held up.
  expect(rig.mailDays(reference, OWNER)).toContain('2016-06-02 stricter');

  await rig.engine.command(reference, 'release', { milestone: ONE, workingDays: 10 }, manager);
  await rig.advanceTo(reference, '2016-06-28T15:00:00.000Z');
  // 10 working days after Monday 13 June: Monday 27 June. So the reminder 10 before is that day's, and goes with the news
  // of the release; those 5 and 2 before fall on Monday 20 and Thursday 23 June.
  expect(ofOne().slice(held.length)).toEqual([
    '2016-06-13 reminder',
    '2016-06-20 reminder',
    '2016-06-23 reminder',
    '2016-06-27 due-today',
  ]);
  expect((await rig.engine.view(reference)).milestones.find((each) => each.id === ONE)?.due).toBe('2016-06-27');
});

describe('nothing is sent', () => {
  const daily = Array.from({ length: 60 }, (_, index) => ({
    id: `d${index + 1}`,
    title: `Daily ${index + 1}`,
    owner: 'head-of-service',
    due: new Date(Date.UTC(2016, 9, 20) + index * 86_400_000 * 4).toISOString().slice(0, 10),
  }));

  test('on 25 December, at a weekend, on a bank holiday or at night, through both clock changes', async () => {
    const rig = await openRig();
    // The clocks go back on Sunday 30 October 2016 and forward on Sunday 26 March 2017.
    const reference = await rig.start(startOf({ actions: daily }), '2016-10-19T10:00:00.000Z');
    await rig.advanceTo(reference, '2017-04-05T12:00:00.000Z');
    const mails = rig.sent.slice(0);
    const begun = mails.filter((digest) => digest.day !== '2016-10-19');
    expect(begun.length).toBeGreaterThan(80);
    for (const digest of begun) {
      expect(calendar.isWorkingDay(localDate(digest.at)), digest.at).toBe(true);
      expect(localTime(digest.at), digest.at).toBe('09:00');
    }
    // 09:00 is 08:00 UTC in summer and 09:00 UTC in winter: the mails around both changes went at 09:00 all the same.
    const hours = (from: string, until: string) =>
      new Set(begun.filter(({ day }) => day >= from && day <= until).map(({ at }) => at.slice(11, 13)));
    expect(hours('2016-10-20', '2016-10-28')).toEqual(new Set(['08']));
    expect(hours('2016-10-31', '2016-11-04')).toEqual(new Set(['09']));
    expect(hours('2017-03-20', '2017-03-24')).toEqual(new Set(['09']));
    expect(hours('2017-03-27', '2017-03-31')).toEqual(new Set(['08']));
    expect(begun.map((digest) => digest.day)).not.toContain('2016-12-26');
  });
});
