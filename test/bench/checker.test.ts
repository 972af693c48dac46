import { calendarDataOf } from '../../domain/lifecycle/state.ts';
import { randomBytes } from 'node:crypto';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { smtpTransport } from '../../activities/mail/smtp-transport.ts';
import { openRegister } from '../../register/register.ts';
import { workflowId } from '../../client/engine.ts';
import { Rehearsal } from '../../client/rehearsal.ts';
import { check, type Known } from '../../bench/checker.ts';
import type { SinkMail } from '../../bench/checker/mail-text.ts';
import { council, startOf } from '../support/facts.ts';
import { mailSink } from '../support/mail-sink.ts';
import { workflowBundle } from '../support/rig.ts';
import { ownDatabase, rows, sql } from '../register/support.ts';
import { alone } from '../support/alone.ts';

const BEGIN = '2016-02-19T10:00:00.000Z';
const END = '2016-06-10T12:00:00.000Z';
const OWNER = 'head-of-service@anyborough.example.org';
const start = startOf({
  title: 'Anyborough checked',
  actions: [
    { id: 'left-undone', title: 'Left undone', owner: 'team-manager', due: '2016-04-20' },
    { id: 'done', title: 'Done in time', owner: 'head-of-service', due: '2016-04-27' },
    { id: 'moved', title: 'Moved on', owner: 'head-of-service', due: '2016-05-04' },
    { id: 'passed-on', title: 'Passed on', owner: 'head-of-service', due: '2016-05-11' },
    { id: 'shelved', title: 'Shelved', owner: 'head-of-service', due: '2016-05-18' },
  ],
});
const actor = { id: 'test', role: 'assistant-director' };
const action = (name: string) => `improvement-actions/${name}`;

interface Year {
  url: string;
  reference: string;
  mails: SinkMail[];
  known: Known;
}

/** A real story on the engine, with a real mail server: every rung of a ladder, a duty met, moved, passed on, waived. */
async function story(keep: (end: () => Promise<void>) => void): Promise<Year> {
  const url = await ownDatabase(keep);
  const sink = await mailSink();
  keep(() => sink.close());
  const register = openRegister({ url });
  keep(() => register.close());
  await register.migrate();
  const post = smtpTransport(sink.url);
  keep(() => post.close());
  const rehearsal = await Rehearsal.open({
    address: inject('temporalAddress'),
    namespace: inject('temporalNamespace'),
    taskQueue: `checker-${randomBytes(4).toString('hex')}`,
    register,
    post,
    from: 'duecourse <duecourse@example.org>',
    workflowBundle: workflowBundle(),
  });
  keep(() => rehearsal.close());
  const reference = await rehearsal.start(alone(start), BEGIN);
  keep(
    async () => void (await rehearsal.client.workflow.getHandle(workflowId(reference)).terminate('the test is over')),
  );
  const { engine } = rehearsal;
  await rehearsal.advanceTo(reference, '2016-03-30T10:00:00.000Z');
  await engine.command(reference, 'extend', { milestone: action('moved'), to: '2016-05-27', reason: 'later' }, actor);
  await rehearsal.advanceTo(reference, '2016-04-12T10:00:00.000Z');
  await engine.command(reference, 'reassign', { milestone: action('passed-on'), to: 'team-manager' }, actor);
  await engine.command(reference, 'waive', { milestone: action('shelved'), reason: 'not needed' }, actor);
  await rehearsal.advanceTo(reference, '2016-04-22T10:00:00.000Z');
  await engine.command(reference, 'complete', { milestone: action('done') }, actor);
  await rehearsal.advanceTo(reference, END);
  const known: Known = {
    council: {
      roles: council.roles,
      director: 'director',
      chiefExecutive: 'chief-executive',
      holidays: new Set(calendarDataOf(start).holidays.map(({ date }) => date)),
      sendingTime: '09:00',
    },
    until: () => END,
    dues: new Map([
      [`${reference} ${action('done')}`, '2016-04-27'],
      [`${reference} ${action('moved')}`, '2016-05-04'],
    ]),
  };
  return { url, reference, mails: sink.received, known };
}

describe('the independent checker', () => {
  let year: Year;
  const ends: (() => Promise<void>)[] = [];
  beforeAll(async () => {
    year = await story((end) => ends.push(end));
    return async () => {
      for (const end of ends.reverse()) await end();
    };
  });
  const found = async (mails: SinkMail[], known: Partial<Known> = {}) =>
    (await check(year.url, mails, { ...year.known, ...known })).findings.map(({ what }) => what);
  const about = (title: string, to: string) =>
    year.mails.findIndex((mail) => mail.to === to && mail.text.includes(`\n${title}\n`));
  const without = (index: number) => year.mails.filter((_, each) => each !== index);
  const altered = (index: number, change: (mail: SinkMail) => Partial<SinkMail>) =>
    year.mails.map((mail, each) => (each === index ? { ...mail, ...change(mail) } : mail));

  test('has nothing to say about a story in which all went as promised, and knows what was owed', async () => {
    const { findings, owed, mails } = await check(year.url, year.mails, year.known);
    expect(findings).toEqual([]);
    expect(owed).toBeGreaterThan(40);
    expect(mails).toBeGreaterThan(20);
  });

  test('misses a mail that was taken away, whichever it is', async () => {
    for (const index of year.mails.keys()) expect(await found(without(index))).toContain('not received');
  });

  test('misses an owed notice even where the register knows of no such mail', async () => {
    const escalation = about('Left undone', 'chief-executive@anyborough.example.org');
    expect(escalation).toBeGreaterThan(0);
    const { findings } = await check(year.url, without(escalation), year.known);
    expect(findings.filter(({ what }) => what === 'missing').map(({ why }) => why)).toEqual([
      expect.stringContaining('improvement-actions/left-undone: chief-executive@'),
    ]);
  });

  test('takes a late notice only for one that fell due in an outage that it was told of', async () => {
    const late = without(about('Left undone', 'chief-executive@anyborough.example.org'));
    const february = { from: '2016-02-20 00:00:00', until: '2016-03-01 00:00:00' };
    const may = { from: '2016-05-05 08:00:00', until: '2016-05-12 12:00:00' };
    expect(await found(late, { outage: february })).toContain('missing');
    expect(await found(late, { outage: may })).toEqual(['not received']);
  });

  test('finds a mail that came twice, more often than processes were killed', async () => {
    const twice = [...year.mails, ...year.mails.slice(0, 1)];
    expect(await found(twice)).toEqual(['doubled']);
    expect(await found(twice, { mayDouble: 1 })).toEqual([]);
  });

  test('finds a mail that came again as another mail, however many were killed', async () => {
    const first = year.mails.slice(0, 1).map((mail) => ({ ...mail, text: mail.text.replace('Why this date', 'Why') }));
    expect(await found([...year.mails, ...first], { mayDouble: 9 })).toContain('doubled');
  });

  test('finds a mail about a finished milestone', async () => {
    const mails = altered(about('Done in time', OWNER), () => ({ date: '2016-04-25T08:00:00.000Z' }));
    expect(await found(mails)).toContain('finished');
  });

  test('finds an inspection that should be on record and is not', async () => {
    expect(await found([...year.mails], { only: new Set([year.reference, 'anyborough/lost']) })).toEqual([
      'unrecorded',
    ]);
  });

  test('finds a wrong date in a mail, and one that differs from what is known beforehand', async () => {
    const index = about('Done in time', OWNER);
    const wrong = altered(index, ({ text }) => ({ text: text.replaceAll('27 April 2016', '28 April 2016') }));
    expect(await found(wrong)).toContain('wrong date');
    const dues = new Map([[`${year.reference} ${action('done')}`, '2016-04-26']]);
    expect(await found([...year.mails], { dues })).toContain('wrong date');
  });

  test('finds a mail by which nothing has to be done about a duty that is open; of one that has ended it is true', async () => {
    const gone = ({ text }: SinkMail) => ({ text: text.replaceAll(/^Due (.*); late after .*$/gm, 'It was due $1.') });
    expect(await found(altered(about('Done in time', OWNER), gone))).toContain('wrong date');
    // Not the one that says that it leaves the calendar.
    const isAbout = /^(?!.*no-longer-due).*Done in time/m;
    const last = year.mails.findLastIndex(({ to, text }) => to === OWNER && isAbout.test(text));
    const after = (mail: SinkMail) => ({ ...gone(mail), date: '2016-04-29T08:00:00.000Z' });
    expect(await found(altered(last, after))).not.toContain('wrong date');
  });

  test('finds a mail that nobody has on record, and one that it can make nothing of', async () => {
    const [first] = year.mails;
    if (first === undefined) throw new Error('no mail came');
    expect(await found([...year.mails, { ...first, messageId: '<another@example.org>' }])).toEqual(['unrecorded']);
    expect(await found(altered(0, () => ({ text: 'Hello' })))).toContain('unread');
  });

  test('finds a kind of entry that an inspection should have, or that it has twice about one duty', async () => {
    expect(
      await found(year.mails, { once: ['inspection-started', 'milestone-completed', 'milestone-extended'] }),
    ).toEqual([]);
    expect(await found(year.mails, { once: ['calendar-changed'] })).toEqual(['not once']);
    // One mail a morning, none about any one duty.
    expect(await found(year.mails, { once: ['mail-sent'] })).toEqual(['not once']);
  });

  test('finds a duty that does not stand as it should', async () => {
    const stands = (duty: string, wanted: NonNullable<ReturnType<NonNullable<Known['stands']>['get']>>) =>
      found(year.mails, { stands: new Map([[`${year.reference} ${action(duty)}`, wanted]]) });
    expect(await stands('moved', { due: '2016-05-27', owner: 'head-of-service' })).toEqual([]);
    expect(await stands('moved', { due: '2016-05-26' })).toEqual(['not as it should stand']);
    expect(await stands('done', { status: 'open', owner: 'team-manager' })).toHaveLength(2);
    expect(await stands('unheard-of', { status: 'open' })).toEqual(['not as it should stand']);
  });

  test('finds a table that says otherwise than the entries', async () => {
    await sql(year.url, `UPDATE milestone SET status = 'completed' WHERE milestone = '${action('left-undone')}'`);
    expect(await found([...year.mails])).toEqual(['table']);
    await sql(year.url, `UPDATE milestone SET status = 'open' WHERE milestone = '${action('left-undone')}'`);
    expect(await found([...year.mails])).toEqual([]);
  });

  test('finds a broken link: an altered entry, a missing one, a cut end', async () => {
    const [row] = (await rows(year.url, 'SELECT max(number)::int AS last FROM entry')) as { last: number }[];
    const last = row?.last ?? 0;
    const tampered = async (statement: string, back: string) => {
      await sql(year.url, 'ALTER TABLE entry DISABLE TRIGGER USER');
      await sql(year.url, `CREATE TABLE kept AS SELECT * FROM entry`);
      await sql(year.url, statement);
      const findings = await found([...year.mails], { until: () => undefined });
      await sql(year.url, back);
      await sql(year.url, 'DROP TABLE kept');
      return findings;
    };
    const restore = 'DELETE FROM entry; INSERT INTO entry SELECT * FROM kept';
    const alter = `UPDATE entry SET body = replace(body, '2016-05-27', '2016-05-28') WHERE kind = 'milestone-extended'`;
    expect(await tampered(alter, restore)).toContain('chain');
    expect(await tampered('DELETE FROM entry WHERE number = 5', restore)).toContain('chain');
    expect(await tampered(`DELETE FROM entry WHERE number = ${last}`, restore)).toContain('chain');
    expect(await found([...year.mails])).toEqual([]);
  });
});
