import { describe, expect, test } from 'vitest';
import { workflowId } from '../../client/engine.ts';
import type { Refusal } from '../../domain/refusal.ts';
import { startOf } from '../support/facts.ts';
import { Story } from '../../domain/preview/story.ts';
import { openRig, type Rig } from '../support/rig.ts';

const START = '2016-02-19T10:00:00.000Z';
const PLAN = 'plan-submission/written-action-plan';
const OWNER = 'head-of-service@anyborough.example.org';
const as = (role: string) => ({ id: 'someone', role });
const parts = {
  commitments: [{ rule: 'cabinet-update' }],
  actions: [{ id: 'audit', title: 'Audit of case files', owner: 'team-manager', due: '2016-04-29' }],
};

/** What the lifecycle itself has recorded; its history is archived afterwards, some moment. */
async function ownEntries({ register }: Rig, authority: string, reference: string) {
  return (await register.history(authority, reference)).filter((entry) => entry.kind !== 'history-archived');
}

describe('on the real engine', () => {
  test('the same mails go to the same people on the same days as the pure heart says', async () => {
    const rig = await openRig();
    const start = startOf(parts);
    const reference = await rig.start(start, START);
    await rig.advanceTo(reference, '2016-09-01T12:00:00.000Z');
    const pure = new Story(start, START).until('2016-09-01T12:00:00.000Z');
    const day = (mail: { day: string; recipient: { email: string }; notices: { milestone: string; kind: string }[] }) =>
      `${mail.day} ${mail.recipient.email} ${mail.notices.map((notice) => `${notice.milestone}:${notice.kind}`).join(' ')}`;
    expect(rig.sent.map(day)).toEqual(pure.mails.map(day));
    expect(rig.sent.length).toBeGreaterThan(30);
  });

  test('an update is accepted, is on record, and ends the reminders', async () => {
    const rig = await openRig();
    const reference = await rig.start(startOf(), START);
    await rig.advanceTo(reference, '2016-06-20T09:00:00.000Z');
    const result = await rig.engine.command(
      reference,
      'submit',
      { milestone: PLAN, evidence: 'https://example.org/plan' },
      as('head-of-service'),
    );
    expect(result.milestone).toMatchObject({ status: 'submitted', overdue: false });
    const [authority = '', inspection = ''] = reference.split('/');
    expect(await rig.register.reached(authority, inspection, result.seq, 10_000)).toBe(true);
    expect((await rig.register.history(authority, inspection)).at(-1)).toMatchObject({
      kind: 'milestone-submitted',
      actor: { role: 'head-of-service' },
    });
    const before = rig.sent.length;
    await rig.advanceTo(reference, '2016-12-01T09:00:00.000Z');
    expect(rig.sent.length).toBe(before);
  });

  test.each([
    ['a wrong role', 'complete', { milestone: PLAN }, 'scrutiny-chair', 'not-permitted'],
    [
      'a statutory extension',
      'extend',
      { milestone: PLAN, to: '2016-08-01', reason: 'more time' },
      'director',
      'statutory-date',
    ],
    ['an unknown milestone', 'complete', { milestone: 'plan-submission/none' }, 'director', 'unknown-milestone'],
  ] as const)('%s is refused with its code, and nothing changes', async (_what, name, payload, role, code) => {
    const rig = await openRig();
    const reference = await rig.start(startOf(), START);
    const before = await rig.engine.view(reference);
    await expect(rig.engine.command(reference, name, payload as never, as(role))).rejects.toThrow(
      expect.objectContaining({ name: 'Refusal', code }) as Refusal,
    );
    expect((await rig.engine.view(reference)).seq).toBe(before.seq);
  });

  test('the same inspection is not started twice', async () => {
    const rig = await openRig();
    const start = startOf();
    const reference = await rig.start(start, START);
    const again = {
      ...start,
      facts: { ...start.facts, inspection: { ...start.facts.inspection, reference: reference.split('/')[1] ?? '' } },
    };
    await expect(rig.engine.start(again)).rejects.toThrow(/has been started already/);
  });

  test('closing ends the workflow; what is asked after that is refused', async () => {
    const rig = await openRig();
    const reference = await rig.start(startOf(parts), START);
    await rig.engine.command(reference, 'submit', { milestone: PLAN }, as('head-of-service'));
    await rig.engine.command(reference, 'complete', { milestone: PLAN }, as('director'));
    await rig.engine.command(
      reference,
      'close',
      { reason: 're-inspected and judged good', homes: [{ action: 'rest', to: 'dropped', said: 'no longer needed' }] },
      as('director'),
    );
    expect((await rig.engine.result(reference)).status).toBe('closed');
    await expect(rig.engine.command(reference, 'complete', { milestone: 'audit' }, as('director'))).rejects.toThrow(
      `${reference} is closed; nothing more can be done to it.`,
    );
    const [authority = '', inspection = ''] = reference.split('/');
    const entries = await ownEntries(rig, authority, inspection);
    // Then its owners hear where what is not finished goes.
    const last = entries.findLastIndex(({ kind }) => kind === 'inspection-closed');
    expect(new Set(entries.slice(last + 1).map(({ kind }) => kind))).toEqual(new Set(['mail-sent']));
  });

  test('cancelling records it, mails nobody, and ends as cancelled', async () => {
    const rig = await openRig();
    const reference = await rig.start(startOf(parts), START);
    await rig.advanceTo(reference, '2016-03-01T12:00:00.000Z');
    const before = rig.sent.length;
    await rig.engine.cancel(reference);
    await expect(rig.engine.result(reference)).rejects.toThrow(/cancelled/i);
    expect((await rig.client.workflow.getHandle(workflowId(reference)).describe()).status.name).toBe('CANCELLED');
    expect(rig.sent.length).toBe(before);
    const [authority = '', inspection = ''] = reference.split('/');
    expect((await ownEntries(rig, authority, inspection)).at(-1)?.kind).toBe('inspection-cancelled');
  });

  test('a change that leaves the next moment where it was leaves the timer running; one that brings it forward does not', async () => {
    const rig = await openRig();
    const reference = await rig.start(startOf(parts), START);
    await rig.advanceTo(reference, '2016-03-01T12:00:00.000Z');
    const timers = async () => {
      const { events } = await rig.client.workflow.getHandle(workflowId(reference)).fetchHistory();
      const count = (kind: string) =>
        (events ?? []).filter((event) => kind in event && event[kind as never] !== null).length;
      return { started: count('timerStartedEventAttributes'), cancelled: count('timerCanceledEventAttributes') };
    };
    const settled = async (seq: number) => {
      const [authority = '', inspection = ''] = reference.split('/');
      expect(await rig.register.reached(authority, inspection, seq, 10_000)).toBe(true);
    };
    const before = await timers();
    const promise = { milestone: PLAN, promisedOn: '2016-06-01' };
    await settled((await rig.engine.command(reference, 'acknowledge', promise, as('head-of-service'))).seq);
    const hold = { milestone: 'audit', reason: 'a decision is awaited', reviewOn: '2016-03-02' };
    await settled((await rig.engine.command(reference, 'hold', hold, as('director'))).seq);
    const after = { started: before.started + 1, cancelled: before.cancelled + 1 };
    await expect.poll(timers, { timeout: 10_000 }).toEqual(after);
    await rig.advanceTo(reference, '2016-03-02T12:00:00.000Z');
    expect(rig.sent.filter(({ day }) => day === '2016-03-02')).not.toEqual([]);
  });

  test('search attributes tell operators where it stands, without names', async () => {
    const rig = await openRig();
    const reference = await rig.start(startOf(parts), START);
    await rig.advanceTo(reference, '2016-07-01T12:00:00.000Z');
    const { typedSearchAttributes } = await rig.client.workflow.getHandle(workflowId(reference)).describe();
    const ours = typedSearchAttributes.getAll().filter(({ key }) => key.name.startsWith('Duecourse'));
    expect(Object.fromEntries(ours.map(({ key, value }) => [key.name, value]))).toEqual({
      DuecourseAuthority: 'anyborough',
      DuecourseDivision: 'england-and-wales',
      DuecourseStatus: 'open',
      DuecourseOverdue: 3,
      DuecourseNextDue: new Date('2016-08-19T23:00:00.000Z'),
    });
  });
});

describe('continue-as-new', () => {
  test('loses no message and sends nothing twice, however often it happens', async () => {
    const rig = await openRig();
    const start = startOf(parts);
    const reference = await rig.start(start, START, { eventsPerRun: 40 });
    const holds = ['2016-03-02', '2016-03-16', '2016-04-06', '2016-04-20'];
    for (const day of holds) {
      await rig.advanceTo(reference, `${day}T10:30:00.000Z`);
      await Promise.all([
        rig.engine.command(
          reference,
          'acknowledge',
          { milestone: PLAN, promisedOn: '2016-06-01' },
          as('head-of-service'),
        ),
        rig.engine.command(
          reference,
          'acknowledge',
          { milestone: 'audit', promisedOn: '2016-04-29' },
          as('team-manager'),
        ),
      ]);
    }
    await rig.advanceTo(reference, '2016-08-01T12:00:00.000Z');
    const [authority = '', inspection = ''] = reference.split('/');
    const entries = await rig.register.history(authority, inspection);
    expect(entries.filter((entry) => entry.kind === 'milestone-acknowledged')).toHaveLength(8);
    const numbers = entries.filter((entry) => entry.seq > 0).map((entry) => entry.seq);
    expect(numbers).toEqual(numbers.map((_number, index) => index + 1));
    const runs = await rig.runs(reference);
    expect(runs).toBeGreaterThan(3);
    const days = rig.mailDays(reference, OWNER);
    expect(new Set(days).size).toBe(days.length);
  });
});

test('a story’s clock is refused where the engine does not skip time', async () => {
  const rig = await openRig({ timeSkipping: false });
  const reference = await rig.start(startOf(), START);
  await expect(rig.engine.result(reference)).rejects.toThrow(/failed/);
  expect(rig.sent).toEqual([]);
});

test('a start ten years late, with hundreds of occurrences in the past, fits into deliveries, sends one mail to each person, and asks for each duty once', async () => {
  const rig = await openRig();
  const start = startOf({
    commitments: [
      { rule: 'cabinet-update', every: { n: 1, unit: 'month' } },
      { id: 'council-report', rule: 'cabinet-update', every: { n: 1, unit: 'month' }, title: 'Report to Council' },
    ],
  });
  const reference = await rig.start(start, '2026-06-01T10:00:00.000Z');
  await rig.advanceTo(reference, '2026-06-01T12:00:00.000Z');
  const recipients = rig.sent.map((mail) => mail.recipient.email);
  expect(new Set(recipients).size).toBe(recipients.length);
  const owner = rig.sent.find((mail) => mail.recipient.email === 'assistant-director@anyborough.example.org');
  const late = owner?.notices.filter(({ overdue, strand }) => overdue && strand === 'cabinet-updates') ?? [];
  expect(late.map(({ text }) => /^\d+ rounds of this duty have been missed/.exec(text ?? '')?.[0])).toEqual([
    '123 rounds of this duty have been missed',
    '123 rounds of this duty have been missed',
  ]);
  const [authority = '', inspection = ''] = reference.split('/');
  const entries = await rig.register.history(authority, inspection);
  expect(entries.filter(({ kind }) => kind === 'milestone-folded')).toHaveLength(2 * 122);
});
