import { TRY } from '../support/digests.ts';
import { keepCalendar } from '../../domain/calendar/kept-calendar.ts';
import { MockActivityEnvironment } from '@temporalio/testing';
import proto from '@temporalio/proto';
import { randomBytes } from 'node:crypto';
import { expect, inject, onTestFinished, test } from 'vitest';
import type { MorningSummaryInput } from '../../activities/activities.ts';
import { createActivities } from '../../activities/create-activities.ts';
import type { MailMessage } from '../../activities/mail/mail-transport.ts';
import { localDate, localTime } from '../../domain/calendar/london.ts';
import type { MorningResult } from '../../workflows/morning-summary.ts';
import { digest, entry, ownRegister, started } from '../register/support.ts';
import { row } from '../support/rows.ts';
import { calendarData, council } from '../support/facts.ts';
import { ownCouncil, rigOf } from './council-mail-rig.ts';

const timestamp = (at: string) => proto.google.protobuf.Timestamp.fromObject({ seconds: Date.parse(at) / 1000 });

test('the Schedule fires at 08:30 local on weekdays, across both clock changes', async () => {
  const { engine, client } = await rigOf();
  const authority = ownCouncil();
  await engine.keepMorningSummary({ authority, calendar: keepCalendar(calendarData()) }, 'as it is');
  const scheduleId = `morning-summary/${authority.id}`;
  onTestFinished(() => client.schedule.getHandle(scheduleId).delete());
  const times = async (from: string, until: string): Promise<string[]> => {
    const { startTime } = await client.workflowService.listScheduleMatchingTimes({
      namespace: inject('temporalNamespace'),
      scheduleId,
      startTime: timestamp(from),
      endTime: timestamp(until),
    });
    return (startTime ?? []).map(({ seconds }) => new Date(Number(seconds) * 1000).toISOString());
  };
  // The clocks go forward on Sunday 28 March 2027 and back on Sunday 31 October 2027.
  const spring = await times('2027-03-25T00:00:00Z', '2027-04-01T00:00:00Z');
  const autumn = await times('2027-10-28T00:00:00Z', '2027-11-03T00:00:00Z');
  expect(spring.map((at) => at.slice(0, 16))).toEqual([
    '2027-03-25T08:30',
    '2027-03-26T08:30',
    '2027-03-29T07:30',
    '2027-03-30T07:30',
    '2027-03-31T07:30',
  ]);
  expect(autumn.map((at) => at.slice(0, 16))).toEqual([
    '2027-10-28T07:30',
    '2027-10-29T07:30',
    '2027-11-01T08:30',
    '2027-11-02T08:30',
  ]);
  for (const at of [...spring, ...autumn]) expect(localTime(at)).toBe('08:30');
});

test('is kept once, and brought up to date when the authority’s file changes', async () => {
  const { engine, client } = await rigOf();
  const authority = ownCouncil();
  const handle = client.schedule.getHandle(`morning-summary/${authority.id}`);
  const calendar = keepCalendar(calendarData());
  await engine.keepMorningSummary({ authority, calendar }, 'as it is');
  onTestFinished(() => handle.delete());
  const later = { ...authority, sending: { ...authority.sending, summary: '07:45' } };
  await engine.keepMorningSummary({ authority: later, calendar }, 'as it is');
  const minutes = async () => (await handle.describe()).spec.calendars?.[0]?.minute;
  expect(await minutes()).toEqual([{ start: 30, end: 30, step: 1 }]);
  await engine.keepMorningSummary({ authority: later, calendar }, 'updated');
  expect(await minutes()).toEqual([{ start: 45, end: 45, step: 1 }]);
});

const none = (): Promise<null> => Promise.resolve(null);
/** A summary asks none. */
const NO_LIFECYCLES = {
  running: (): Promise<string[]> => Promise.resolve([]),
  changeCalendar: none,
  stateToKeep: none,
  statusOf: none,
};
const histories = { closedRun: () => Promise.resolve(null) };

/** A Monday in term: Sunday 12 June ends its week. */
const NOW = '2016-06-06T07:30:00.000Z';

test('tells the administrator what is overdue, due, held for too long, undeliverable and provisional; once', async () => {
  const { register } = await ownRegister();
  const sent: MailMessage[] = [];
  const post = { send: (mail: MailMessage) => Promise.resolve(void sent.push(mail)), close: () => Promise.resolve() };
  const { sendMorningSummary } = createActivities({
    register,
    post,
    from: 'duecourse <duecourse@example.org>',
    boardUrl: 'https://board.example.org',
    timeSkipping: false,
    lifecycles: NO_LIFECYCLES,
    histories,
  });
  const milestone = (id: string, parts: Parameters<typeof row>[0]) =>
    entry(0, { milestone: id, row: row({ milestone: id, title: `Title of ${id}`, ...parts }) });
  const key = { authority: 'anyborough', reference: '2016', inspectionTitle: 'Anyborough 2016' };
  await register.append(
    key,
    [
      started,
      milestone('late', { due: '2016-05-27', dueAt: '2016-05-27T23:00:00.000Z' }),
      milestone('later', { due: '2016-06-02', dueAt: '2016-06-02T23:00:00.000Z' }),
      milestone('today', { due: '2016-06-06', dueAt: '2016-06-06T23:00:00.000Z' }),
      milestone('sunday', { due: '2016-06-12', dueAt: '2016-06-12T23:00:00.000Z' }),
      milestone('next-monday', { due: '2016-06-13', dueAt: '2016-06-13T23:00:00.000Z' }),
      milestone('held', {
        status: 'held',
        strength: 'commitment',
        holdReviewOn: '2016-06-03',
        due: '2016-09-30',
        dueAt: '2016-09-30T23:00:00.000Z',
      }),
      milestone('held-on', {
        status: 'held',
        strength: 'commitment',
        holdReviewOn: '2016-06-06',
        due: '2016-09-30',
        dueAt: '2016-09-30T23:00:00.000Z',
      }),
      milestone('provisional', { provisional: true, due: '2031-06-30', dueAt: '2031-06-30T23:00:00.000Z' }),
      milestone('done', { status: 'completed', due: '2016-05-31', dueAt: '2016-05-31T23:00:00.000Z' }),
    ].map((each, index) => ({ ...each, seq: index + 1 })),
  );
  const lost = digest({
    id: 'anyborough/2016/gone@anyborough.example.org/2016-06-03/1',
    recipient: { email: 'gone@anyborough.example.org', roles: [], standsInFor: [] },
  });
  await register.claim(lost, '<lost@example.org>', '2016-06-03T08:00:00.000Z', TRY);
  await register.settle(lost.id, 'undeliverable', 'no such mailbox', '2016-06-03T08:00:00.000Z', TRY);

  const input = { authority: council, calendar: keepCalendar(calendarData()) };
  expect(await new MockActivityEnvironment().run(sendMorningSummary, input, NOW)).toBe('sent');
  const [mail] = sent;
  expect(mail?.to).toBe('democratic-services@anyborough.example.org');
  expect(mail?.subject).toBe('Mon 6 June 2016: 2 overdue, 2 due this week, 1 undeliverable: Anyborough Council');
  const headings = mail?.text.split('\n').filter((line) => /: \d+$/.test(line));
  expect(headings).toEqual([
    'Overdue: 2',
    'Due this week: 2',
    'On hold past the review date: 1',
    'Mail that nobody got: 1',
    'Provisional dates: 1',
  ]);
  // Friday 27 May to Monday 6 June 2016: Monday 30 May is a bank holiday, so 5 working days.
  expect(mail?.text).toContain('Title of late\n  Was due Fri 27 May 2016, 5 working days late');
  expect(mail?.text).toContain('https://board.example.org/inspections/anyborough/2016/milestones/late');
  expect(mail?.text).toContain('To gone@anyborough.example.org, Thu 2 June 2016');
  for (const absent of ['Title of done', 'Title of next-monday', 'Title of held-on'])
    expect(mail?.text).not.toContain(absent);
  for (const heading of headings ?? []) expect(mail?.html).toContain(`>${heading}</h2>`);

  // The same morning once more, as after a crash: the claim says that it has gone.
  expect(await new MockActivityEnvironment().run(sendMorningSummary, input, NOW)).toBe('sent');
  expect(sent).toHaveLength(1);
  expect((await register.verify())[0]).toMatchObject({ ok: true });
  const history = await register.history('anyborough', 'morning-summary');
  expect(history.map((each) => each.text)).toEqual(['Mail to Democratic Services Manager: the morning summary.']);
});

test('says nothing where there is nothing to say', async () => {
  const { register } = await ownRegister();
  const lifecycles = NO_LIFECYCLES;
  await register.append({ authority: 'anyborough', reference: '2016', inspectionTitle: 'x' }, [started]);
  const post = { send: () => Promise.reject(new Error('nothing is to be sent')), close: () => Promise.resolve() };
  const parts = { register, post, from: 'duecourse@example.org', timeSkipping: false, lifecycles, histories };
  const input = { authority: council, calendar: keepCalendar(calendarData()) };
  expect(await createActivities(parts).sendMorningSummary(input, NOW)).toBe('nothing to say');
});

test('on a day off, or outside sending hours, nothing goes out', async () => {
  const { client, register, sent, taskQueue } = await rigOf();
  const authority = ownCouncil();
  await register.append({ authority: authority.id, reference: '2016', inspectionTitle: 'x' }, [
    started,
    entry(2, { milestone: 'late', row: row({ milestone: 'late' }) }),
  ]);
  const run = (input: MorningSummaryInput): Promise<MorningResult> =>
    client.workflow.execute('morningSummary', {
      taskQueue,
      workflowId: `morning-${randomBytes(4).toString('hex')}`,
      args: [input],
    });
  const today = localDate(new Date().toISOString());
  const closed = { ...authority, closureDays: [{ date: today, title: 'Closed' }] };
  const open = keepCalendar({ ...calendarData(), holidays: [] });
  expect(await run({ authority: closed, calendar: open })).toBe('not a working day');
  const weekend = [0, 6].includes(new Date(`${today}T12:00:00Z`).getUTCDay());
  const never = { ...authority, sending: { ...authority.sending, until: '00:00' } };
  expect(await run({ authority: never, calendar: open })).toBe(weekend ? 'not a working day' : 'outside sending hours');
  expect(sent).toEqual([]);
  // And in hours on a working day it does.
  expect(await run({ authority, calendar: open })).toBe(weekend ? 'not a working day' : 'sent');
  expect(sent).toHaveLength(weekend ? 0 : 1);
});
