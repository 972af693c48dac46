import { expect, inject, test } from 'vitest';
import { asOfDay } from '../../client/documents/as-of-day.ts';
import { documentOf, type WantedDocument } from '../../client/documents/of-inspection.ts';
import { instantAt } from '../../domain/calendar/london.ts';
import type { Document } from '../../domain/documents/document.ts';
import { namesOf } from '../../domain/closed-table.ts';
import { type InspectionRef, partsOf } from '../../domain/inspection-ref.ts';
import { calendarOf } from '../../domain/lifecycle/state.ts';
import { viewOf } from '../../domain/lifecycle/view.ts';
import { wake } from '../../domain/lifecycle/wake.ts';
import { cli } from '../support/cli.ts';
import { startOf } from '../support/facts.ts';
import { openRig, type Rig } from '../support/rig.ts';

const START = '2016-02-19T10:00:00.000Z';
const AUDIT = 'improvement-actions/audit';
const director = { id: 'someone', role: 'director' };
const administrator = { id: 'someone', role: 'democratic-services' };
const owner = { id: 'team-manager@anyborough.example.org', role: 'team-manager' };

const WANTED = {
  update: { kind: 'update', since: '2016-02-19' },
  briefing: { kind: 'briefing', since: '2016-02-19' },
  'board-pack': { kind: 'board-pack', since: '2016-02-19' },
  decision: { kind: 'decision', decision: 'd1' },
} as const satisfies Record<string, WantedDocument>;

type All = Record<keyof typeof WANTED, Document | undefined>;

/** Every document as it is made of what the engine has, at an instant to which nothing more happens. */
async function madeNow({ engine, register }: Rig, ref: InspectionRef, now: string): Promise<All> {
  const { state } = wake((await engine.inspect(ref)).state, now);
  const found = { ref, view: viewOf(state, now), facts: state.facts, calendar: calendarOf(state) };
  const made = namesOf(WANTED).map(async (name) => [name, await documentOf(register, found, WANTED[name])] as const);
  return Object.fromEntries(await Promise.all(made)) as All;
}

/** The same of a day that is over. */
async function madeAgain({ register }: Rig, ref: InspectionRef, on: string, now: string): Promise<All> {
  const then = await asOfDay(register, ref, { on, now });
  const made = namesOf(WANTED).map(
    async (name) => [name, await documentOf(then.register, then.found, WANTED[name])] as const,
  );
  return Object.fromEntries(await Promise.all(made)) as All;
}

const endOf = (day: string): string => new Date(Date.parse(instantAt(day, '24:00')) - 1).toISOString();

test('every document of a past day is what it was at the end of that day, whatever has happened since', async () => {
  const rig = await openRig();
  const start = startOf({
    commitments: [{ rule: 'cabinet-update' }],
    actions: [
      { id: 'audit', title: 'Audit of case files', owner: 'team-manager', due: '2016-04-29' },
      { id: 'training', title: 'Training for managers', owner: 'head-of-service', due: '2016-05-31' },
    ],
  });
  const ref = await rig.start(start, START, { eventsPerRun: 60 });
  const say = <N extends Parameters<typeof rig.engine.command>[1]>(
    name: N,
    payload: Parameters<typeof rig.engine.command<N>>[2],
    as = director,
  ) => rig.engine.command(ref, name, payload, as);
  const deeds: Record<string, () => Promise<unknown>> = {
    '2016-02-19': () => Promise.resolve(),
    '2016-03-27': () => say('extend', { milestone: AUDIT, to: '2016-05-31', reason: 'the auditor left' }),
    '2016-03-29': () => say('progress', { milestone: AUDIT, rating: 'amber', percent: 40, text: 'Half done' }, owner),
    // Nothing happens on this one.
    '2016-04-10': () => Promise.resolve(),
    '2016-04-30': () => say('reassign', { milestone: AUDIT, to: 'head-of-service' }),
    '2016-05-05': () =>
      say('decide', {
        ...{ id: 'd1', title: 'Approve the plan', body: 'cabinet', takenOn: '2016-05-03' },
        ...{ key: true, urgent: false },
      }),
    '2016-05-19': () => say('correct', { received: '2016-02-22', reason: 'the letter was in the post room' }),
    '2016-05-20': () => say('writePart', { part: 'summary', text: 'All is on its way' }),
    '2016-07-01': () => say('complete', { milestone: AUDIT }),
  };
  const seen = new Map<string, All>();
  for (const [day, deed] of Object.entries(deeds)) {
    await rig.advanceTo(ref, instantAt(day, '12:00'));
    await deed();
    await rig.advanceTo(ref, endOf(day));
    seen.set(day, await madeNow(rig, ref, endOf(day)));
  }
  await rig.advanceTo(ref, instantAt('2016-10-03', '12:00'));
  // One that has ended has its past days still.
  const { seq } = await say('withdraw', { reason: 'it was started twice' }, administrator);
  const { authority, reference } = partsOf(ref);
  expect(await rig.register.reached(authority, reference, seq, 20_000)).toBe(true);
  const now = instantAt('2016-10-03', '12:00');
  for (const [day, then] of seen) {
    const again = await madeAgain(rig, ref, day, now);
    for (const name of namesOf(WANTED)) expect(again[name], `${name} of ${day}`).toEqual(then[name]);
  }
  // It was worth looking: what they say differs from day to day.
  expect(new Set([...seen.values()].map((all) => JSON.stringify(all['board-pack']))).size).toBe(seen.size);
  expect(seen.get('2016-04-30')?.decision).toBeUndefined();
  expect(seen.get('2016-05-05')?.decision).toBeDefined();

  await expect(asOfDay(rig.register, ref, { on: '2016-10-03', now })).rejects.toThrow('is not over');
  await expect(asOfDay(rig.register, ref, { on: '2016-02-18', now })).rejects.toThrow(
    'its record begins on Friday 19 February 2016',
  );
  const none = { ...rig.register, stateOn: () => Promise.resolve(null) };
  await expect(asOfDay(none, ref, { on: '2016-05-05', now })).rejects.toThrow('was put on record later');
  await expect(asOfDay(rig.register, `${authority}/nothing`, { on: '2016-05-05', now })).rejects.toThrow('Nothing is');
  expect(await rig.register.stateOn({ authority, reference }, '2016-04-15')).toMatchObject({ status: 'open' });

  const variables = { DATABASE_URL: inject('databaseUrl') };
  const { code, out } = await cli(['board-pack', ref, '--on', '2016-05-05', '--format', 'text'], variables);
  expect(code).toBe(0);
  expect(out).toContain('As it stood at the end of Thursday 5 May 2016; made again from the record');
  expect(out).not.toContain('All is on its way');
});
