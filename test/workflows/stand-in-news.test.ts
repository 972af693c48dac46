import { expect, onTestFinished, test } from 'vitest';
import type { Authority, Person } from '../../domain/schemas/authority.ts';
import { keepCalendar } from '../../domain/calendar/kept-calendar.ts';
import { addDays } from '../../domain/calendar/civil-date.ts';
import { localDate } from '../../domain/calendar/london.ts';
import { calendarData } from '../support/facts.ts';
import { ownCouncil, rigOf } from './council-mail-rig.ts';

const at = (role: string): string => `${role}@anyborough.example.org`;
const today = localDate(new Date().toISOString());
/** The days on which a council is closed that takes no mail for now. */
const EVERY_DAY = Array.from({ length: 30 }, (_, n) => addDays(today, n));

const off = (role: string, delegate: string, parts: Partial<Person['away'][number]> = {}): Person => ({
  ...{ email: at(role), digest: 'daily', weeklyOn: 'monday' },
  away: [{ from: addDays(today, 40), until: addDays(today, 44), delegate, ...parts }],
});

async function councilOf() {
  const { engine, client, register, sent, aWeekOn } = await rigOf({ skips: true });
  const council = ownCouncil();
  const calendar = keepCalendar({ ...calendarData(), holidays: [] });
  let now: Authority = council;
  await register.board.keepAuthority(now, new Date().toISOString());
  const handle = client.workflow.getHandle(`stand-ins/${council.id}`);
  onTestFinished(() =>
    handle.terminate('the test is over').then(
      () => undefined,
      () => undefined,
    ),
  );
  return {
    ...{ council, register, sent, handle },
    async over(): Promise<void> {
      await aWeekOn(handle.workflowId);
      await handle.result();
    },
    /** Changes the file, and has it told. */
    async change(parts: Partial<Authority>): Promise<void> {
      const before = now;
      now = { ...now, ...parts };
      await register.board.keepAuthority(now, new Date().toISOString());
      await engine.tellStandIns({ before, authority: now, calendar });
    },
  };
}

const OPEN = { closureDays: [] };
const CLOSED = { closureDays: EVERY_DAY.map((date) => ({ date, title: 'Closed' })) };

test('whoever stands in is told once within sending hours, of what has come of all changes before that', async () => {
  const { change, over, sent, handle, council, register } = await councilOf();
  await change({ ...CLOSED, people: [off('head-of-service', 'team-manager')] });
  await change({ people: [off('head-of-service', 'director'), off('team-manager', 'assistant-director')] });
  await change({ people: [off('head-of-service', 'director')] });
  expect((await handle.describe()).status.name).toBe('RUNNING');
  expect(sent).toEqual([]);
  await change(OPEN);
  await over();
  expect(sent.map(({ to }) => to)).toEqual([at('director')]);
  const history = await register.history(council.id, 'stand-ins');
  expect(history.map(({ text }) => text)).toEqual(['Mail to Director of Children’s Services: for whom they stand in.']);
  // Nothing is otherwise for anybody: nobody is told.
  await change({ name: 'Another name' });
  await over();
  expect(sent).toHaveLength(1);
  await change({ people: [off('head-of-service', 'director', { until: addDays(today, 50) })] });
  await over();
  expect(sent.map(({ subject }) => subject)).toEqual([
    expect.stringContaining('You stand in for somebody'),
    expect.stringContaining('You stand in for somebody'),
  ]);
  expect(sent[1]?.text).toContain(', instead of ');
  await change({ people: [off('head-of-service', 'team-manager', { until: addDays(today, 50) })] });
  await over();
  expect(sent.slice(2).map(({ to, subject }) => [to, subject.slice(0, 22)])).toEqual([
    [at('team-manager'), 'You stand in for someb'],
    [at('director'), 'You no longer stand in'],
  ]);
}, 120_000);
