import { describe, expect, test } from 'vitest';
import { apply } from '../../domain/commands/apply.ts';
import { milestoneOf, withMilestones } from '../../domain/lifecycle/milestones.ts';
import { openLifecycle } from '../../domain/lifecycle/open-lifecycle.ts';
import type { LifecycleState } from '../../domain/lifecycle/state.ts';
import { summaryOf, viewOf } from '../../domain/lifecycle/view.ts';
import { nextWake, wake } from '../../domain/lifecycle/wake.ts';
import { end } from '../../domain/milestone/end.ts';
import type { Announcement, Milestone } from '../../domain/milestone/milestone.ts';
import { startOf } from '../support/facts.ts';

// What an instant makes of a lifecycle, and which instant is the next that makes anything of it.

const NOW = '2016-02-22T10:00:00.000Z';
const PLAN = 'plan-submission/written-action-plan';
const ACTION = 'improvement-actions/audit';
const actions = [{ id: 'audit', title: 'Audit', owner: 'team-manager', due: '2016-04-29' }];
/** Friday 29 April 2016 ends at this instant. */
const CUT_OFF = '2016-04-29T23:00:00.000Z';
const silent = (each: Milestone): Milestone => ({ ...each, announcements: [] });
/** Started, with nothing left to be told of it. */
function opened(parts: Record<string, unknown> = {}): LifecycleState {
  const state = openLifecycle(startOf({ actions, ...parts }), NOW);
  const told = Object.keys(state.kept).map((id) => silent(milestoneOf(state, id) as Milestone));
  return { ...withMilestones(state, ...told), unrecorded: [] };
}
const of = (state: LifecycleState, id = ACTION) => milestoneOf(state, id) as Milestone;
const changed = (state: LifecycleState, parts: Partial<Milestone>, id = ACTION) =>
  withMilestones(state, { ...of(state, id), ...parts });
const said = ({ unrecorded }: LifecycleState) => unrecorded.map(({ kind, text }) => `${kind}: ${text}`);
const hold = (reviewOn: string) => ({
  reason: 'waiting',
  reviewOn,
  since: '2016-03-01T10:00:00.000Z',
  workingDaysLeft: 5,
});
const held = (reviewOn: string, id = ACTION, state = opened()) =>
  changed(state, { status: 'held', hold: hold(reviewOn) }, id);
const later = (instant: string) => new Date(Date.parse(instant) + 1).toISOString();
const before = (instant: string) => new Date(Date.parse(instant) - 1).toISOString();

describe('at its cut-off', () => {
  test.each([
    [before(CUT_OFF), false],
    [CUT_OFF, true],
    [later(CUT_OFF), true],
  ])('%s a duty is missed: %s', (now, missed) => {
    const { state } = wake(opened(), now);
    expect(of(state).missed ?? false).toBe(missed);
    expect(said(state)).toEqual(missed ? ['milestone-missed: Audit: not met by Friday 29 April 2016.'] : []);
    expect(state.unrecorded.map(({ at, milestone }) => [at, milestone])).toEqual(missed ? [[now, ACTION]] : []);
  });

  test('it is missed once', () => {
    const { state } = wake(opened(), CUT_OFF);
    expect(wake(state, later(CUT_OFF)).state.unrecorded).toHaveLength(1);
  });

  test.each(['submitted', 'completed', 'waived', 'lapsed'] as const)('one that is %s is not missed', (status) => {
    const state = changed(opened(), { status, announcements: [telling('director')] });
    expect(said(wake(state, CUT_OFF).state)).toEqual([]);
  });

  test('a hold keeps the council’s own from being missed, and not a statutory one', () => {
    const all = held('2016-12-01', PLAN, held('2016-12-01'));
    expect(said(wake(all, '2016-07-01T10:00:00.000Z').state)).toEqual([
      'milestone-missed: Written action plan to Ofsted: not met by Thursday 30 June 2016.',
    ]);
  });

  test('a cycle goes on', () => {
    const state = opened({ actions: [], commitments: [{ rule: 'cabinet-update' }] });
    const first = of(state, 'cabinet-updates/cabinet-update-1');
    const awake = wake(state, first.dueAt).state;
    expect(said(awake)).toEqual([
      'milestone-missed: Update to Cabinet, no. 1: not met by Thursday 19 May 2016.',
      'milestone-planned: Update to Cabinet, no. 3: due Mon 21 November 2016.',
    ]);
    // What comes once is no reason to plan anew.
    const once = wake(opened(), CUT_OFF).state;
    expect(once.plannedOn).toBe('2016-02-22');
    expect(awake.plannedOn).toBe('2016-05-20');
  });

  test('a window closes of itself, and its owner is told', () => {
    const decisions = [{ id: 'd0', title: 'Adopt', takenOn: '2016-02-19', publishedOn: '2016-02-22' }];
    const state = opened({ decisions });
    const window = of(state, 'call-in-window/d0');
    const { state: after } = wake(state, later(window.dueAt));
    const closed = of(after, 'call-in-window/d0');
    expect(closed).toMatchObject({ status: 'completed', completed: { at: window.dueAt, by: 'duecourse' } });
    expect(closed.announcements).toEqual([
      { kind: 'window-closed', to: window.owner, readyAt: window.dueAt, urgent: false, text: closed.outcome },
    ]);
    expect(said(after)).toEqual([`window-closed: ${window.title}: ${closed.outcome}`]);
  });
});

function telling(to: string, parts: Partial<Announcement> = {}): Announcement {
  return { kind: 'moved', to, readyAt: NOW, urgent: false, ...parts };
}

describe('the review of a hold', () => {
  const reviews = (state: LifecycleState, id = ACTION) =>
    of(state, id).announcements.filter(({ kind }) => kind === 'review-due');

  test.each([
    ['2016-03-30T22:59:59.999Z', 0],
    ['2016-03-30T23:00:00.000Z', 2],
    ['2016-04-04T10:00:00.000Z', 2],
  ])('on Thursday 31 March 2016, at %s, is asked of %s', (now, count) => {
    const { state } = wake(held('2016-03-31'), now);
    expect(reviews(state)).toHaveLength(count);
    expect(of(state).hold?.reviewTold ?? false).toBe(count > 0);
  });

  test('is asked of owner and director, once', () => {
    const { state } = wake(held('2016-03-31'), '2016-03-31T06:00:00.000Z');
    const text =
      'On hold since Tuesday 1 March 2016 (waiting); its review date, Thursday 31 March 2016, has come. Take it off hold, or put it on hold again with a new date.';
    const review = { kind: 'review-due', readyAt: '2016-03-30T23:00:00.000Z', urgent: false, text };
    expect(reviews(state)).toEqual([
      { ...review, to: 'team-manager' },
      { ...review, to: 'director' },
    ]);
    const told = changed(state, { announcements: [] });
    expect(reviews(wake(told, '2016-04-01T06:00:00.000Z').state)).toEqual([]);
    const own = changed(held('2016-03-31'), { owner: 'director', passedTo: 'director' });
    expect(reviews(wake(own, '2016-03-31T06:00:00.000Z').state).map(({ to }) => to)).toEqual(['director']);
  });
});

describe('what has ended', () => {
  const at = '2016-02-22T09:00:00.000Z';

  test.each([
    ['completed', { status: 'completed', at, by: 'director' }, at],
    ['waived', { status: 'waived', at, by: 'director', reason: 'x' }, at],
    ['lapsed', { status: 'lapsed' }, CUT_OFF],
  ] as const)('as %s is put away once nothing is left to be told of it', (status, how, endedAt) => {
    const ended = end(of(opened()), how);
    const { state } = wake(withMilestones(opened(), ended), NOW);
    expect(state.kept[ACTION]).toBeUndefined();
    const by = 'by' in how ? { by: how.by } : {};
    expect(state.ended).toEqual({ [ACTION]: { status, due: '2016-04-29', endedAt, ...by } });
    const untold = withMilestones(opened(), { ...ended, announcements: [telling('director')] });
    expect(Object.keys(wake(untold, NOW).state.kept)).toContain(ACTION);
  });

  test('and what is submitted stays; where there is nothing to do the state is the same', () => {
    const state = opened();
    expect(wake(state, NOW).state).toBe(state);
    const submitted = withMilestones(state, end(of(state), { status: 'submitted', at, by: 'director' }));
    expect(wake(submitted, NOW).state).toBe(submitted);
  });

  test('at the beginning of a cycle is forgotten, as far as it has ended without a gap', () => {
    const NAME = 'cabinet-updates/cabinet-update';
    const promised = opened({ actions: [], commitments: [{ rule: 'cabinet-update' }] });
    const ending = (state: LifecycleState, n: number) =>
      wake(withMilestones(state, end(of(state, `${NAME}-${n}`), { status: 'completed', at, by: 'director' })), NOW)
        .state;
    const second = ending(promised, 2);
    expect([second.cyclesFrom, Object.keys(second.ended)]).toEqual([{}, [`${NAME}-2`]]);
    const both = ending(second, 1);
    expect([both.cyclesFrom, both.ended]).toEqual([{ [NAME]: 3 }, {}]);
    const first = ending({ ...promised, cyclesFrom: { other: 4 } }, 1);
    expect([first.cyclesFrom, first.ended]).toEqual([{ other: 4, [NAME]: 2 }, {}]);
  });
});

describe('the next instant', () => {
  const LAST = '2016-06-30T23:00:00.000Z';
  /** Without a ladder: what is left is what the test is about. */
  const bare = (parts: Partial<Milestone> = {}): LifecycleState => {
    const state = opened({ actions: [] });
    const ladder = { before: [], after: [], inform: 0, repeatEvery: 0 };
    const rules = state.facts.rules.map((rule) => ({ ...rule, ladder }));
    return changed({ ...state, facts: { ...state.facts, rules } }, parts, PLAN);
  };

  test('is the cut-off; after it, and of what is ended or missed, there is none', () => {
    expect(nextWake(bare(), NOW)).toBe(LAST);
    expect(nextWake(bare(), before(LAST))).toBe(LAST);
    expect(nextWake(bare(), LAST)).toBeUndefined();
    expect(nextWake(bare({ missed: true }), NOW)).toBeUndefined();
    expect(nextWake(bare({ status: 'submitted' }), NOW)).toBeUndefined();
    expect(nextWake({ ...bare(), status: 'cancelled' }, NOW)).toBeUndefined();
  });

  test('is the review of a hold, until it is told', () => {
    const withReview = (reviewTold: boolean) =>
      bare({ status: 'held', hold: { ...hold('2016-03-31'), ...(reviewTold ? { reviewTold } : {}) } });
    expect(nextWake(withReview(false), NOW)).toBe('2016-03-30T23:00:00.000Z');
    expect(nextWake(withReview(true), NOW)).toBe(LAST);
  });

  test('is that of a rung, of a promise, and of what is to be told, the first of them', () => {
    expect(nextWake(opened(), NOW)).toBe('2016-04-01T08:00:00.000Z');
    const promised = bare({ acknowledged: { by: 'team-manager', promisedOn: '2016-03-10', at: NOW } });
    expect(nextWake(promised, NOW)).toBe('2016-03-11T09:00:00.000Z');
    const evening = '2016-02-22T20:00:00.000Z';
    const told = bare({ announcements: [telling('team-manager', { readyAt: evening })] });
    expect(nextWake(told, evening)).toBe('2016-02-23T09:00:00.000Z');
  });
});

describe('a lifecycle as people see it', () => {
  const summary = (state: LifecycleState, now: string) => {
    const { overdue, nextDue, nextDueAt } = summaryOf(state, now);
    return [overdue, nextDue, nextDueAt];
  };

  test('has how many are late, and the next to fall due', () => {
    const PLAN_AT = '2016-06-30T23:00:00.000Z';
    expect(summary(opened(), NOW)).toEqual([0, '2016-04-29', CUT_OFF]);
    expect(summary(opened(), before(CUT_OFF))).toEqual([0, '2016-04-29', CUT_OFF]);
    expect(summary(opened(), CUT_OFF)).toEqual([1, '2016-06-30', PLAN_AT]);
    expect(summary(opened(), PLAN_AT)).toEqual([2, null, null]);
    expect(summary(changed(opened(), { status: 'submitted' }), CUT_OFF)).toEqual([0, '2016-06-30', PLAN_AT]);
  });

  test('has all that it has, in order of what is due', () => {
    const ended = { 'improvement-actions/old': { status: 'waived' as const, due: '2016-02-22', endedAt: NOW } };
    const state = { ...opened(), ended };
    const view = viewOf(state, CUT_OFF);
    expect(view).toMatchObject({
      reference: 'anyborough/test',
      title: 'Anyborough 2016',
      authority: { id: 'anyborough', name: 'Anyborough Council' },
      ...{ status: 'open', startedAt: NOW, now: CUT_OFF, overdue: 1, nextDue: '2016-06-30', seq: state.seq },
      ended: { 'improvement-actions/old': { ...ended['improvement-actions/old'], title: 'improvement-actions/old' } },
      ...{ decisions: [], questions: [] },
      improvement: {
        recommendations: [],
        themes: [],
        actions: state.facts.inspection.actions,
        plans: [],
        training: [],
      },
    });
    expect(view.authority).toStrictEqual({ id: 'anyborough', name: 'Anyborough Council' });
    expect(view.milestones.map(({ id, overdue }) => [id, overdue])).toEqual([
      [ACTION, true],
      [PLAN, false],
    ]);
    const late = viewOf(opened({ actions: [{ ...actions[0], due: '2016-12-01' }] }), NOW);
    expect(late.milestones.map(({ id }) => id)).toEqual([PLAN, ACTION]);
  });

  test('has its decisions, questions, plans and training', () => {
    const state = opened({
      decisions: [{ id: 'd0', title: 'Adopt', takenOn: '2016-02-19' }],
      questions: [{ id: 'q1', askedOn: '2016-02-19', by: 'ward 1', text: 'How many?' }],
      training: [{ id: 's', title: 'Session', on: '2016-04-12' }],
    });
    const plan = { plan: 'improvement-plan' as const, version: 1, stage: 'draft' as const };
    const recorded = apply(state, { name: 'recordPlan', payload: plan }, { id: 'x', role: 'democratic-services' }, NOW);
    const view = viewOf(recorded, NOW);
    expect([view.decisions.length, view.questions.length, view.improvement.training?.length]).toEqual([1, 1, 1]);
    expect(view.improvement.plans).toHaveLength(1);
  });
});
