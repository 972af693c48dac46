import { calendarOf } from '../../domain/lifecycle/state.ts';
import { describe, expect, test } from 'vitest';
import { apply } from '../../domain/commands/apply.ts';
import { asFile } from '../../domain/lifecycle/as-file.ts';
import { milestonesOf } from '../../domain/lifecycle/milestones.ts';
import { openLifecycle } from '../../domain/lifecycle/open-lifecycle.ts';
import type { LifecycleState } from '../../domain/lifecycle/state.ts';
import { wake } from '../../domain/lifecycle/wake.ts';
import { viewOf } from '../../domain/lifecycle/view.ts';
import { preview } from '../../domain/preview/preview.ts';
import type { Command } from '../../domain/commands/commands.ts';
import { inspection as inspectionSchema } from '../../domain/schemas/inspection.ts';
import { startOf } from '../support/facts.ts';

const AT = '2016-02-22T10:00:00.000Z';
const LATER = '2016-06-13T10:00:00.000Z';
const UPDATE = 'cabinet-updates/cabinet-update-2';
const PLAN = 'plan-submission/written-action-plan';
const director = { id: 'x', role: 'director' };
const PROMISED = { commitments: [{ rule: 'cabinet-update' }] };

const milestonesIn = (state: LifecycleState) => Object.fromEntries(milestonesOf(state).map((each) => [each.id, each]));

/** The state after commands, each at its instant, and awake at the end. */
function after(...commands: [string, Command][]): LifecycleState {
  const state = commands.reduce(
    (before, [at, command]) => apply(before, command, director, at),
    openLifecycle(startOf(PROMISED), AT),
  );
  return wake(state, LATER).state;
}

const filed = (state: LifecycleState, now = LATER) => asFile(state, viewOf(state, now), state.unrecorded, now);

/** The same as it would be started from the file, at the same moment. */
function again(state: LifecycleState, now = LATER): LifecycleState {
  const { inspection } = filed(state, now);
  const { facts, calendar, startedBy } = state;
  return openLifecycle(
    { facts: { ...facts, inspection: inspectionSchema.parse(inspection) }, calendar, startedBy },
    now,
  );
}

describe('a running inspection as a file', () => {
  test('carries what people have done: extended, held, passed on, acknowledged, submitted', () => {
    const state = after(
      [
        '2016-03-01T10:00:00.000Z',
        { name: 'extend', payload: { milestone: UPDATE, to: '2016-09-05', reason: 'recess' } },
      ],
      ['2016-03-02T10:00:00.000Z', { name: 'reassign', payload: { milestone: UPDATE, to: 'team-manager' } }],
      ['2016-03-03T10:00:00.000Z', { name: 'acknowledge', payload: { milestone: UPDATE, promisedOn: '2016-08-01' } }],
      [
        '2016-03-04T10:00:00.000Z',
        { name: 'hold', payload: { milestone: UPDATE, reason: 'awaited', reviewOn: '2016-07-01' } },
      ],
      ['2016-06-10T10:00:00.000Z', { name: 'submit', payload: { milestone: PLAN, evidence: 'letter of 10 June' } }],
    );
    expect(filed(state).differences).toEqual([]);
    const started = milestonesIn(again(state));
    expect(started[UPDATE]).toMatchObject({
      due: '2016-09-05',
      owner: 'team-manager',
      status: 'held',
      hold: { reason: 'awaited', reviewOn: '2016-07-01', since: '2016-03-04T10:00:00.000Z' },
      acknowledged: { promisedOn: '2016-08-01' },
    });
    expect(started[PLAN]?.submitted).toEqual({
      at: '2016-06-10T10:00:00.000Z',
      by: 'director',
      evidence: 'letter of 10 June',
    });
    // What it would do is what preview shows.
    const restarted = again(state);
    const shown = preview(restarted.facts, calendarOf(restarted), { today: '2016-06-13' });
    expect(shown.milestones.find((each) => each.id === UPDATE)).toMatchObject({
      due: '2016-09-05',
      owner: 'team-manager',
    });
  });

  test('carries the date that a hold has moved, and not the hold', () => {
    const state = after(
      [
        '2016-03-01T10:00:00.000Z',
        { name: 'hold', payload: { milestone: UPDATE, reason: 'awaited', reviewOn: '2016-07-01' } },
      ],
      ['2016-06-01T10:00:00.000Z', { name: 'release', payload: { milestone: UPDATE, workingDays: 100 } }],
    );
    const moved = milestonesIn(state)[UPDATE]?.due;
    expect(filed(state).differences).toEqual([]);
    expect(milestonesIn(again(state))[UPDATE]).toMatchObject({ due: moved, status: 'open' });
  });

  test('says what it can’t carry', () => {
    const sooner = after(
      [
        '2016-03-01T10:00:00.000Z',
        { name: 'hold', payload: { milestone: UPDATE, reason: 'awaited', reviewOn: '2016-07-01' } },
      ],
      ['2016-06-01T10:00:00.000Z', { name: 'release', payload: { milestone: UPDATE, workingDays: 12 } }],
    );
    expect(filed(sooner).differences).toEqual([
      expect.stringContaining('is not after the present one'),
      expect.stringContaining('is due on 2016-06-17; it would be on'),
    ]);
    const gone = after(['2016-06-10T10:00:00.000Z', { name: 'submit', payload: { milestone: PLAN } }]);
    const roles = gone.facts.authority.roles.filter((role) => role.id !== 'director');
    const without = { ...gone, facts: { ...gone.facts, authority: { ...gone.facts.authority, roles } } };
    expect(filed(without).differences).toContainEqual(expect.stringContaining('there is no role "director" any more'));
  });
});

test('a file that says something was extended must say to when', () => {
  const past = { milestone: UPDATE, what: 'extended', on: '2016-03-01', by: 'director' };
  const parsed = inspectionSchema.safeParse({ ...startOf(PROMISED).facts.inspection, happened: [past] });
  expect(parsed.error?.issues).toMatchObject([
    { path: ['happened', 0, 'dueOn'], message: 'what was extended needs "dueOn"' },
  ]);
});
