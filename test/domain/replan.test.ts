import { describe, expect, test } from 'vitest';
import type { RegisterEntry } from '../../domain/lifecycle/entry.ts';
import {
  carryPlan,
  milestoneOf,
  plannedOf,
  titleOfEnded,
  titleOfFinished,
  withMilestones,
} from '../../domain/lifecycle/milestones.ts';
import { openLifecycle } from '../../domain/lifecycle/open-lifecycle.ts';
import { replan } from '../../domain/lifecycle/replan.ts';
import type { LifecycleState } from '../../domain/lifecycle/state.ts';
import { wake } from '../../domain/lifecycle/wake.ts';
import { delivered } from '../../domain/lifecycle/delivered.ts';
import { end } from '../../domain/milestone/end.ts';
import type { Milestone } from '../../domain/milestone/milestone.ts';
import { setDue } from '../../domain/milestone/milestone-state.ts';
import type { Facts } from '../../domain/facts/facts.ts';
import { calendar, startOf } from '../support/facts.ts';

// What a changed fact makes of each duty, by how that stands: taken on, moved, renamed, met, gone, or left alone.

const NOW = '2016-02-22T10:00:00.000Z';
const LATER = '2016-03-01T10:00:00.000Z';
const PLAN = 'plan-submission/written-action-plan';
const ACTION = 'improvement-actions/audit';
const action = (id: string, due: unknown, title = 'Audit') => ({ id, title, owner: 'team-manager', due });
const opened = (parts: Record<string, unknown> = {}): LifecycleState => ({
  ...openLifecycle(startOf({ actions: [action('audit', '2016-04-29')], ...parts }), NOW),
  unrecorded: [],
});
const quiet = (state: LifecycleState, ...ids: string[]) =>
  withMilestones(state, ...ids.map((id) => ({ ...of(state, id), announcements: [] })));
const of = (state: LifecycleState, id = ACTION) => milestoneOf(state, id) as Milestone;
/** The state after its file says something else. */
const changed = (
  before: LifecycleState,
  parts: Record<string, unknown>,
  facts: Partial<Facts> = {},
): LifecycleState => ({
  ...before,
  facts: { ...before.facts, inspection: { ...startOf(parts).facts.inspection }, ...facts },
});
const replanned = (before: LifecycleState, parts: Record<string, unknown>, facts: Partial<Facts> = {}) =>
  replan(before, changed(before, parts, facts), LATER, 'the file says so');
const said = ({ unrecorded }: LifecycleState) => unrecorded.map(({ kind, text }) => `${kind}: ${text}`);
const only = (state: LifecycleState): RegisterEntry => {
  expect(state.unrecorded).toHaveLength(1);
  return state.unrecorded[0] as RegisterEntry;
};

describe('after a change', () => {
  test('that changes nothing, nothing is recorded, and it is planned as of that day', () => {
    const before = opened();
    const after = replanned(before, { actions: [action('audit', '2016-04-29')] });
    expect(after).toMatchObject({ plannedOn: '2016-03-01', seq: before.seq, unrecorded: [], kept: before.kept });
  });

  test('a new duty is taken on', () => {
    const after = replanned(opened(), { actions: [action('audit', '2016-04-29'), action('new', '2016-05-06', 'New')] });
    expect(only(after)).toMatchObject({
      ...{ kind: 'milestone-planned', milestone: 'improvement-actions/new', at: LATER, data: {}, actor: null },
      text: 'New: due Fri 6 May 2016.',
    });
    expect(of(after, 'improvement-actions/new')).toMatchObject({ status: 'open', dueVersion: 1, announcements: [] });
  });

  test('one that is met already is not', () => {
    const met = { requires: undefined, metBy: 'report-published' } as const;
    const rules = startOf().facts.rules.map((rule) => (rule.id === 'written-action-plan' ? { ...rule, ...met } : rule));
    const [, update] = rules;
    const without = { ...opened(), facts: { ...opened().facts, rules: update === undefined ? [] : [update] } };
    const { [PLAN]: _plan, ...kept } = without.kept;
    const after = replanned({ ...without, kept }, { actions: [action('audit', '2016-04-29')] }, { rules });
    expect([said(after), after.kept[PLAN]]).toEqual([[], undefined]);
  });

  test('one that has ended before is not taken on again', () => {
    const before = opened();
    const { [ACTION]: _audit, ...kept } = before.kept;
    const ended = { [ACTION]: { status: 'completed' as const, due: '2016-04-29', endedAt: NOW } };
    const after = replanned({ ...before, kept, ended }, { actions: [action('audit', '2016-05-06')] });
    expect([said(after), after.kept[ACTION], after.ended]).toEqual([[], undefined, ended]);
  });

  test('one that had lapsed before its action went is not taken on again with the action', () => {
    const before = opened();
    const { [ACTION]: _audit, ...kept } = before.kept;
    const ended = { [ACTION]: { status: 'lapsed' as const, due: '2016-04-29', endedAt: NOW } };
    const without = replanned({ ...before, kept, ended }, { actions: [] });
    expect(without.ended).toEqual({ [ACTION]: { ...ended[ACTION], title: 'Audit' } });
    const after = replanned(without, { actions: [action('audit', '2016-05-06')] });
    expect([said(after), after.kept[ACTION], after.ended]).toEqual([[], undefined, without.ended]);
  });

  test('one that went and comes again is taken on, with one version of its date more', () => {
    const without = { ...replanned(opened(), { actions: [] }), unrecorded: [] };
    const after = replanned(without, { actions: [action('audit', '2016-05-06')] });
    expect(said(after)).toEqual(['milestone-planned: Audit: due Fri 6 May 2016.']);
    expect([of(after).dueVersion, after.ended]).toEqual([2, {}]);
  });
});

describe('a date that follows from the facts', () => {
  test('moves, with its title and act, and is told to its owner', () => {
    const after = replanned(opened(), { actions: [action('audit', '2016-05-06', 'Second audit')] });
    expect(only(after)).toMatchObject({
      kind: 'milestone-moved',
      text: 'Second audit: moved from Friday 29 April 2016 to Friday 6 May 2016, because the file says so.',
      data: { from: '2016-04-29', to: '2016-05-06', because: 'the file says so' },
      row: { due: '2016-05-06', title: 'Second audit' },
    });
    expect(of(after)).toMatchObject({
      ...{ due: '2016-05-06', title: 'Second audit', dueVersion: 2 },
      movedFrom: { due: '2016-04-29', because: 'the file says so' },
    });
    expect(of(after).announcements.at(-1)).toEqual({
      kind: 'moved',
      to: 'team-manager',
      readyAt: LATER,
      urgent: false,
    });
  });

  test('that stays, under another name, is told too', () => {
    const after = replanned(opened(), { actions: [action('audit', '2016-04-29', 'Second audit')] });
    expect(only(after)).toMatchObject({
      kind: 'milestone-confirmed',
      text: 'Audit: now "Second audit", due Friday 29 April 2016 as before, because the file says so.',
    });
    expect(of(after)).toMatchObject({ title: 'Second audit', dueVersion: 1 });
    expect(of(after).announcements.at(-1)).toEqual({
      ...{ kind: 'moved', to: 'team-manager', readyAt: LATER, urgent: false },
      text: 'It is now "Second audit", because the file says so.',
    });
  });

  test.each([true, false])('of which it is now known whether it may change: provisional %s', (provisional) => {
    const before = opened();
    const far = { ...of(before), provisional: !provisional };
    const data = { ...before.calendar, publishedUntil: provisional ? '2016-01-01' : before.calendar.publishedUntil };
    const was = { ...before.calendar, publishedUntil: provisional ? before.calendar.publishedUntil : '2016-01-01' };
    const [one, other] = [
      quiet({ ...before, calendar: was }, ACTION, PLAN),
      { ...quiet({ ...before, calendar: was }, ACTION, PLAN), calendar: data },
    ];
    expect(of(one).provisional).toBe(far.provisional);
    const after = replan(one, other, LATER, 'holidays were published');
    expect(of(after)).toMatchObject({ provisional, dueVersion: 1, announcements: [] });
    expect(said(after)).toContain(
      `milestone-confirmed: Audit: due Friday 29 April 2016 as before, ${provisional ? 'now provisional' : 'no longer provisional'}.`,
    );
    expect(of(after).explanation.join().includes('Provisional')).toBe(provisional);
  });

  test('stays where a person has set it', () => {
    const before = opened();
    const set = withMilestones(before, setDue(of(before), '2016-05-13', 'of leave', calendar));
    const after = replanned(set, { actions: [action('audit', '2016-06-17')] });
    expect([said(after), of(after).due]).toEqual([[], '2016-05-13']);
  });

  test.each(['submitted', 'completed', 'waived'] as const)('of one that is %s stays', (status) => {
    const before = opened();
    const how = { status, at: NOW, by: 'director', reason: 'x' };
    const after = replanned(withMilestones(before, end(of(before), how)), {
      actions: [action('audit', '2016-06-17', 'Other')],
    });
    expect([said(after), of(after).due, of(after).status]).toEqual([[], '2016-04-29', status]);
  });
});

test('a duty that the facts say was met is met, by nobody', () => {
  const rules = startOf().facts.rules.map((rule) => ({ ...rule, metBy: 'report-published' as const }));
  const after = replanned(opened(), { actions: [action('audit', '2016-04-29')] }, { rules });
  expect(only(after)).toMatchObject({
    ...{ kind: 'milestone-completed', milestone: PLAN, actor: null },
    text: 'Written action plan to Ofsted: Met on Friday 19 February 2016: the file says so.',
  });
  expect(of(after, PLAN)).toMatchObject({
    status: 'completed',
    completed: { at: LATER, by: 'duecourse' },
    outcome: 'Met on Friday 19 February 2016: the file says so.',
    announcements: [],
  });
});

describe('a duty that no longer follows from the facts', () => {
  const gone = (before: LifecycleState) => replanned(before, { actions: [] });

  test.each(['open', 'submitted'] as const)('lapses, %s, and is put away under its name', (status) => {
    const before = opened();
    const standing =
      status === 'open' ? before : withMilestones(before, end(of(before), { status, at: NOW, by: 'team-manager' }));
    const after = gone(standing);
    expect(only(after)).toMatchObject({
      ...{ kind: 'milestone-withdrawn', milestone: ACTION, row: { status: 'lapsed' } },
      text: 'Audit: no longer needed, because the file says so.',
    });
    expect(after.kept[ACTION]).toBeUndefined();
    expect(after.ended).toEqual({
      [ACTION]: { status: 'lapsed', title: 'Audit', due: '2016-04-29', endedAt: LATER, gone: true },
    });
    expect(Object.keys(after.kept)).toEqual([PLAN]);
    const other = { status: 'waived' as const, due: '2016-02-22', endedAt: NOW };
    expect(gone({ ...standing, ended: { 'x/y': other } }).ended).toEqual({ ...after.ended, 'x/y': other });
  });

  test.each([
    [{ status: 'completed', at: NOW, by: 'director' }, NOW],
    [{ status: 'waived', at: NOW, by: 'director', reason: 'x' }, NOW],
    [{ status: 'lapsed' }, LATER],
  ] as const)('that has ended, as %j, is put away as it ended', (how, endedAt) => {
    const before = opened();
    const after = gone(withMilestones(before, end(of(before), how)));
    expect(said(after)).toEqual([]);
    const by = 'by' in how ? { by: how.by } : {};
    expect(after.ended[ACTION]).toEqual({ status: how.status, title: 'Audit', due: '2016-04-29', endedAt, ...by });
  });
});

describe('a cycle', () => {
  const NAME = 'cabinet-updates/cabinet-update';
  const promised = { actions: [], commitments: [{ rule: 'cabinet-update' }] };

  test('is known as far as it has been taken on, and never less far', () => {
    const before = opened(promised);
    expect(before.cyclesTo).toEqual({ [NAME]: 2 });
    const further = replan(before, before, '2016-06-01T10:00:00.000Z', 'time has passed');
    expect(further.cyclesTo).toEqual({ [NAME]: 3 });
    expect(said(further)).toEqual(['milestone-planned: Update to Cabinet, no. 3: due Mon 21 November 2016.']);
    const moved = replan(
      further,
      changed(further, { ...promised, report: { received: '2016-02-18', published: '2016-02-19' } }),
      '2016-06-01T10:00:00.000Z',
      'x',
    );
    expect(moved.cyclesTo).toEqual({ [NAME]: 3 });
    expect(opened().cyclesTo).toEqual({});
  });

  test('is not known less far where only its beginning moves', () => {
    const further = replan(opened(promised), opened(promised), '2016-06-01T10:00:00.000Z', 'time has passed');
    const last = end(of(further, `${NAME}-3`), { status: 'completed', at: NOW, by: 'director' });
    const state = { ...withMilestones(further, last), unrecorded: [] };
    const earlier = { ...promised, report: { received: '2016-02-17', published: '2016-02-19' } };
    const moved = replan(state, changed(state, earlier), '2016-06-01T10:00:00.000Z', 'x');
    expect(moved.unrecorded.map(({ milestone }) => milestone)).toEqual([`${NAME}-1`, PLAN, `${NAME}-2`]);
    expect(moved.cyclesTo).toEqual({ [NAME]: 3 });
  });
});

describe('what is made ready for a meeting', () => {
  // Cabinet meets on 10 May 2016: its agenda is for that day.
  const AGENDA = 'cabinet-updates/cabinet-update-agenda-1';
  const given = startOf().facts.authority;
  const papers = { officer: 'democratic-services', agendaClearDays: 5 };
  const bodies = given.bodies.map((body) => ({ ...body, papers })) as Facts['authority']['bodies'];
  const promise = { rule: 'cabinet-update', body: 'cabinet', from: '2016-02-10' };
  const start = startOf({ actions: [], commitments: [promise] });
  const state: LifecycleState = {
    ...openLifecycle({ ...start, facts: { ...start.facts, authority: { ...start.facts.authority, bodies } } }, NOW),
    unrecorded: [],
  };
  const { [AGENDA]: _agenda, ...without } = state.kept;

  test.each([
    ['2016-05-10T10:00:00.000Z', true],
    ['2016-05-11T10:00:00.000Z', false],
  ])('at %s is still needed: %s', (now, needed) => {
    expect(state.kept[AGENDA]).toBeDefined();
    const about = ({ unrecorded }: LifecycleState) =>
      unrecorded.filter(({ milestone }) => milestone === AGENDA).map(({ kind }) => kind);
    expect(about(replan(state, state, now, 'time has passed'))).toEqual(needed ? [] : ['milestone-withdrawn']);
    const before = { ...state, kept: without };
    expect(about(replan(before, before, now, 'time has passed'))).toEqual(needed ? ['milestone-planned'] : []);
  });
});

describe('a plan that is kept', () => {
  test('is the same until what it follows from changes', () => {
    const state = opened();
    const planned = plannedOf(state);
    const { facts, calendar: days, cyclesFrom, cyclesTo, plannedOn } = state;
    expect(plannedOf({ facts, calendar: days, cyclesFrom, cyclesTo, plannedOn })).toBe(planned);
    for (const other of [
      { ...state, facts: { ...state.facts } },
      { ...state, calendar: { ...state.calendar } },
      { ...state, cyclesFrom: {} },
      { ...state, cyclesTo: {} },
      { ...state, plannedOn: '2016-02-23' },
    ])
      expect(plannedOf(other)).not.toBe(planned);
  });

  test('holds for a state whose cycles have been taken on as far as it goes', () => {
    const state = opened();
    const next = { ...state, cyclesTo: { x: 1 } };
    expect(carryPlan(state, next)).toBe(next);
    expect(plannedOf(next)).toBe(plannedOf(state));
  });

  test('has one whole milestone for each kept one, and none for what is not kept or not planned', () => {
    const state = opened();
    expect(milestoneOf(state, ACTION)).toBe(milestoneOf(state, ACTION));
    expect(milestoneOf(state, 'x/y')).toBeUndefined();
    expect(milestoneOf({ ...state, kept: { ...state.kept, 'x/y': { due: '2016-02-22' } } }, 'x/y')).toBeUndefined();
    expect(withMilestones(state)).toBe(state);
  });
});

describe('the title of a duty that has ended', () => {
  const ended = { status: 'completed' as const, due: '2016-04-29', endedAt: NOW };

  test('is that with which it was put away, else the plan’s, else its id', () => {
    const state = { ...opened(), ended: { [ACTION]: { ...ended, title: 'As it was' }, [PLAN]: ended, 'x/y': ended } };
    const gone = { ...state, ended: { 'x/z': { ...ended, title: 'Gone' } } };
    expect(titleOfFinished(gone, 'x/z', '2016-04-29')).toBe('Gone');
    expect([ACTION, PLAN, 'x/y'].map((id) => titleOfEnded(state, id))).toEqual([
      'As it was',
      'Written action plan to Ofsted',
      'x/y',
    ]);
    expect([ACTION, PLAN, 'x/y'].map((id) => titleOfFinished(state, id, '2016-04-29'))).toEqual([
      'As it was',
      'Written action plan to Ofsted',
      'x/y',
    ]);
  });

  test('of a cycle’s occurrence that is forgotten is planned once more, a month beyond its date', () => {
    const name = 'cabinet-updates/cabinet-update';
    const running = opened({ actions: [], commitments: [{ rule: 'cabinet-update' }] });
    const state = { ...running, kept: {}, cyclesFrom: { [name]: 9 } };
    const first = (due: string) => titleOfFinished(state, `${name}-1`, due);
    // It is due on 19 May.
    expect(first('2016-05-19')).toBe('Update to Cabinet, no. 1');
    expect(first('2016-04-18')).toBe('Update to Cabinet, no. 1');
    expect(first('2016-04-17')).toBe(`${name}-1`);
  });
});

describe('whose a duty is follows from the facts', () => {
  test('and where they change, both are told, and the record says whose it is', () => {
    const before = quiet(opened(), ACTION);
    const after = replanned(before, { actions: [{ ...action('audit', '2016-04-29'), owner: 'head-of-service' }] });
    expect(of(after).announcements.map(({ kind, to }) => [kind, to])).toEqual([
      ['reassigned', 'head-of-service'],
      ['withdrawn', 'team-manager'],
    ]);
    const { kind, text, row } = only(after);
    expect([kind, text, row?.owner]).toEqual([
      'milestone-reassigned',
      'Audit: passed on from Team Manager to Head of Service, because the file says so.',
      'head-of-service',
    ]);
  });

  test('but for what a person has passed on by hand', () => {
    const passed = withMilestones(opened(), { ...of(opened()), owner: 'director', passedTo: 'director' });
    const after = replanned(passed, { actions: [{ ...action('audit', '2016-04-29'), owner: 'head-of-service' }] });
    expect([of(after).owner, said(after)]).toEqual(['director', []]);
  });
});

describe('owners are told, where somebody has changed what is to be done,', () => {
  const told = (before: LifecycleState, parts: Record<string, unknown>) =>
    replan(before, changed(before, parts), LATER, 'the board said so', {
      ofNew: ({ title }) => `New: ${title}.`,
      ofGone: ({ title }) => `Gone: ${title}.`,
    });
  const announced = (state: LifecycleState, id = ACTION) => milestoneOf(state, id)?.announcements;

  test('of what is new', () => {
    const after = told(opened(), { actions: [action('audit', '2016-04-29'), action('new', '2016-05-06', 'New')] });
    expect(announced(after, 'improvement-actions/new')).toEqual([
      { kind: 'planned', to: 'team-manager', readyAt: LATER, urgent: false, text: 'New: New.' },
    ]);
  });

  test('of what is gone: it is kept until the mail has gone out, once, and put away by its title then', () => {
    const after = told(quiet(opened(), ACTION), { actions: [] });
    expect(of(after)).toMatchObject({ status: 'lapsed', title: 'Audit', owner: 'team-manager', due: '2016-04-29' });
    expect(announced(after)).toEqual([
      { kind: 'withdrawn', to: 'team-manager', readyAt: LATER, urgent: false, text: 'Gone: Audit.' },
    ]);
    const again = told(after, { actions: [] });
    expect([again.kept, again.gone, again.seq]).toEqual([after.kept, after.gone, after.seq]);

    const morning = '2016-03-02T09:00:00.000Z';
    const { state, mailings } = wake(after, morning);
    const mine = mailings.filter(({ told: notices }) => notices.some(({ milestone }) => milestone === ACTION));
    expect(mine.map(({ digest }) => digest.notices.map(({ kind, text }) => [kind, text]))).toEqual([
      expect.arrayContaining([['withdrawn', 'Gone: Audit.']]),
    ]);
    const sent = mine.map(({ digest }) => ({ digest: digest.id, outcome: 'sent' as const, reason: null }));
    const over = wake(delivered(state, mine, sent, morning), morning).state;
    expect([over.kept[ACTION], over.gone]).toEqual([undefined, undefined]);
    expect(over.ended[ACTION]).toMatchObject({ status: 'lapsed', title: 'Audit', due: '2016-04-29' });
    expect(titleOfEnded(over, ACTION)).toBe('Audit');
    const mails = Object.values(over.mail).map(({ calendar = {} }) => Object.keys(calendar));
    expect(mails.flat()).not.toContain(ACTION);
  });

  test('not of what had ended before', () => {
    const done = withMilestones(opened(), end(of(opened()), { status: 'completed', at: NOW, by: 'x' }));
    const after = told(done, { actions: [] });
    expect([after.gone, after.ended[ACTION]?.status]).toEqual([undefined, 'completed']);
  });
});
