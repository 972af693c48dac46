import { calendarOf } from '../../domain/lifecycle/state.ts';
import { describe, expect, test } from 'vitest';
import { apply } from '../../domain/commands/apply.ts';
import { asFile } from '../../domain/lifecycle/as-file.ts';
import { milestonesOf } from '../../domain/lifecycle/milestones.ts';
import { openLifecycle } from '../../domain/lifecycle/open-lifecycle.ts';
import type { LifecycleState } from '../../domain/lifecycle/state.ts';
import { wake } from '../../domain/lifecycle/wake.ts';
import { viewOf, type ViewedMilestone } from '../../domain/lifecycle/view.ts';
import type { RegisterEntry } from '../../domain/lifecycle/entry.ts';
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

describe('what is said of a file', () => {
  const state = after(
    ['2016-03-02T10:00:00.000Z', { name: 'reassign', payload: { milestone: UPDATE, to: 'team-manager' } }],
    [
      '2016-03-04T10:00:00.000Z',
      { name: 'hold', payload: { milestone: UPDATE, reason: 'awaited', reviewOn: '2016-07-01' } },
    ],
  );
  const view = viewOf(state, LATER);
  const title = 'Update to Cabinet, no. 2';
  const differences = (
    change: (each: ViewedMilestone) => ViewedMilestone[],
    entries: readonly RegisterEntry[] = state.unrecorded,
  ) => asFile(state, { milestones: view.milestones.flatMap(change) }, entries, LATER).differences;
  const update = (parts: Partial<ViewedMilestone>) => (each: ViewedMilestone) => [
    each.id === UPDATE ? { ...each, ...parts } : each,
  ];

  test('of a duty that would stand otherwise, each way by itself', () => {
    expect(differences((each) => [each])).toEqual([]);
    const other = update({})(view.milestones.find(({ id }) => id === UPDATE) as ViewedMilestone);
    expect(
      differences((each) => (each.id === UPDATE ? [...other, { ...each, id: 'x', title: 'Extra' }] : [each])),
    ).toEqual(['"Extra" would not be there.']);
    expect(differences((each) => (each.id === UPDATE ? [] : [each]))).toEqual([`"${title}" would be open as well.`]);
    expect(differences(update({ due: '2016-08-23' }))).toEqual([
      `"${title}" is due on 2016-08-23; it would be on 2016-08-19.`,
    ]);
    expect(differences(update({ status: 'open' }))).toEqual([`"${title}" is open; it would be held.`]);
    expect(differences(update({ owner: 'director' }))).toEqual([
      `"${title}" belongs to director; it would to team-manager.`,
    ]);
  });

  test('nothing of rounds that were missed for years: a new start makes one of them as well', () => {
    const years = '2019-06-13T10:00:00.000Z';
    const late = wake(openLifecycle(startOf(PROMISED), years), years).state;
    expect(viewOf(late, years).milestones.find(({ missedBefore }) => missedBefore !== undefined)).toBeDefined();
    expect(filed(late, years).differences).toEqual([]);
  });

  test('nothing of one that has ended', () => {
    expect(differences(update({ status: 'completed' }))).toEqual([]);
  });

  test('nothing of entries about no duty, of duties that are none any more, and of what no person did', () => {
    const [held] = state.unrecorded.filter(({ kind }) => kind === 'milestone-held') as [RegisterEntry];
    const more: RegisterEntry[] = [
      { ...held, milestone: null },
      { ...held, row: null },
      { ...held, milestone: 'member-briefings/question-q9', kind: 'milestone-completed' },
      { ...held, milestone: PLAN, kind: 'milestone-completed', actor: null },
      { ...held, milestone: PLAN, kind: 'extension-requested' },
    ];
    const entries = [...more, ...state.unrecorded];
    expect(differences((each) => [each], entries)).toEqual([]);
    expect(asFile(state, view, entries, LATER).inspection.happened).toEqual(filed(state).inspection.happened);
  });

  test('what is not carried is said one by one, and the rest is carried', () => {
    const [passed, held] = ['milestone-reassigned', 'milestone-held'].map((kind) =>
      state.unrecorded.find((each) => each.kind === kind),
    ) as [RegisterEntry, RegisterEntry];
    const byNobody = { ...held, actor: { id: 'x', role: 'gone' } };
    const { inspection, differences: said } = asFile(state, view, [passed, byNobody], LATER);
    expect(inspection.happened.map(({ what }) => what)).toEqual(['reassigned']);
    expect(said).toEqual([
      `That "${UPDATE}" was held on 2016-03-04 is not carried: there is no role "gone" any more`,
      `"${title}" is held; it would be open.`,
    ]);
  });
});

describe('what has happened, in the file’s words', () => {
  const happened = (...commands: [string, Command][]) => filed(after(...commands)).inspection.happened;
  const by = { by: 'director' };

  test('has of each command what it said, and nothing else', () => {
    const said = happened(
      [
        '2016-03-01T10:00:00.000Z',
        { name: 'extend', payload: { milestone: UPDATE, to: '2016-09-05', reason: 'recess' } },
      ],
      [
        '2016-03-02T10:00:00.000Z',
        { name: 'hold', payload: { milestone: UPDATE, reason: 'x', awaiting: 'DfE', reviewOn: '2016-07-01' } },
      ],
      ['2016-03-04T10:30:00.000Z', { name: 'reassign', payload: { milestone: UPDATE, to: 'team-manager' } }],
      ['2016-06-10T10:00:00.000Z', { name: 'complete', payload: { milestone: PLAN, on: '2016-06-08' } }],
    );
    expect(said).toStrictEqual([
      {
        milestone: UPDATE,
        what: 'extended',
        on: '2016-03-01',
        at: '10:00',
        ...by,
        reason: 'recess',
        dueOn: '2016-09-05',
      },
      {
        ...{ milestone: UPDATE, what: 'held', on: '2016-03-02', at: '10:00', ...by },
        ...{ reason: 'x', reviewOn: '2016-07-01', awaiting: 'DfE' },
      },
      { milestone: UPDATE, what: 'reassigned', on: '2016-03-04', at: '10:30', ...by, owner: 'team-manager' },
      // By the day on which it was met, not by that on which somebody said so.
      { milestone: PLAN, what: 'completed', on: '2016-06-08', at: expect.any(String) as string, ...by },
    ]);
  });

  test('a hold is carried by its last review, and not at all once it is over', () => {
    const hold = (reviewOn: string): Command => ({ name: 'hold', payload: { milestone: PLAN, reason: 'x', reviewOn } });
    const release: Command = { name: 'release', payload: { milestone: PLAN } };
    const twice: [string, Command][] = [
      ['2016-03-01T10:00:00.000Z', hold('2016-07-01')],
      ['2016-03-02T10:00:00.000Z', release],
      ['2016-03-02T10:00:00.000Z', hold('2016-08-01')],
    ];
    expect(happened(...twice)).toMatchObject([{ what: 'held', reviewOn: '2016-08-01' }]);
    // A statutory date has not moved: there is nothing to be said.
    const released = after(...twice, ['2016-03-03T10:00:00.000Z', release]);
    expect(filed(released)).toMatchObject({ inspection: { happened: [] }, differences: [] });
  });
});

describe('members’ questions in the file', () => {
  const questions = [
    { id: 'q1', askedOn: '2016-02-19', by: 'ward 1', text: 'How many?', answer: { on: '2016-02-22', text: 'Twelve.' } },
    { id: 'q2', askedOn: '2016-02-19', by: 'ward 2', text: 'Since when?' },
  ];
  const asking = openLifecycle(startOf({ questions }), AT);
  const inFile = (entries: readonly RegisterEntry[]) => asFile(asking, viewOf(asking, AT), entries, AT).inspection;
  const without = (text: string) =>
    asking.unrecorded.map((each) => (each.data['text'] === text ? { ...each, data: { text: null } } : each));

  test('are as they were asked and answered', () => {
    expect(inFile(asking.unrecorded).questions).toStrictEqual(questions);
    expect(filed(after()).inspection).not.toHaveProperty('questions');
  });

  test('whose texts were erased are left out, and answers by themselves', () => {
    expect(inFile(without('How many?')).questions).toStrictEqual([questions[1]]);
    const { answer: _answer, ...unanswered } = questions[0] as (typeof questions)[number];
    expect(inFile(without('Twelve.')).questions).toStrictEqual([unanswered, questions[1]]);
    expect(inFile([])).not.toHaveProperty('questions');
  });

  test('whose texts are not those that were asked are left out', () => {
    const entries = asking.unrecorded.map((each) =>
      each.data['text'] === 'How many?' ? { ...each, data: { text: 'How few?' } } : each,
    );
    expect(inFile(entries).questions).toStrictEqual([questions[1]]);
  });

  test('say in which report they were answered', () => {
    const facts = {
      ...asking.facts,
      questions: asking.facts.questions?.map((each) => ({ ...each, reportedIn: 'r1' })),
    };
    const reported = asFile({ ...asking, facts }, viewOf(asking, AT), asking.unrecorded, AT);
    expect(reported.inspection.questions?.map((each) => each.reportedIn)).toEqual(['r1', 'r1']);
  });
});

test('a file that says something was extended must say to when', () => {
  const past = { milestone: UPDATE, what: 'extended', on: '2016-03-01', by: 'director' };
  const parsed = inspectionSchema.safeParse({ ...startOf(PROMISED).facts.inspection, happened: [past] });
  expect(parsed.error?.issues).toMatchObject([
    { path: ['happened', 0, 'dueOn'], message: 'what was extended needs "dueOn"' },
  ]);
});
