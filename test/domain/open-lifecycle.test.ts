import { describe, expect, test } from 'vitest';
import type { RegisterEntry } from '../../domain/lifecycle/entry.ts';
import { milestoneOf } from '../../domain/lifecycle/milestones.ts';
import { openLifecycle } from '../../domain/lifecycle/open-lifecycle.ts';
import { stateFrom, statePiece } from '../../domain/lifecycle/shared-state.ts';
import { calendarDataOf, type LifecycleStart, type LifecycleState } from '../../domain/lifecycle/state.ts';
import type { Milestone } from '../../domain/milestone/milestone.ts';
import { wordsOf } from '../../domain/questions/words.ts';
import { refusalIn } from '../support/refusals.ts';
import { startOf } from '../support/facts.ts';

// What a start puts on record, whom it tells, and what it refuses.

const NOW = '2016-02-22T10:00:00.000Z';
const PLAN = 'plan-submission/written-action-plan';
const ACTION = 'improvement-actions/audit';
const actions = [{ id: 'audit', title: 'Audit', owner: 'team-manager', due: '2016-04-29' }];
const opened = (parts: Record<string, unknown> = {}, more: Partial<LifecycleStart> = {}, now = NOW) =>
  openLifecycle({ ...startOf({ actions, ...parts }), ...more }, now);
const of = (state: LifecycleState, id = ACTION) => milestoneOf(state, id) as Milestone;
const entriesOf = (state: LifecycleState, ...kinds: RegisterEntry['kind'][]) =>
  state.unrecorded.filter(({ kind }) => kinds.includes(kind));
const refusal = (run: () => unknown): string => {
  const refused = refusalIn(run);
  return refused === undefined ? 'accepted' : `${refused.code}: ${refused.message}`;
};

describe('a lifecycle that is started', () => {
  test('says so first, with what it was started from', () => {
    const state = opened();
    expect(state.unrecorded[0]).toStrictEqual({
      seq: 1,
      at: NOW,
      kind: 'inspection-started',
      milestone: null,
      actor: { id: 'test', role: 'democratic-services' },
      text: 'Anyborough 2016: started.',
      data: {
        title: 'Anyborough 2016',
        division: 'england-and-wales',
        authorityName: 'Anyborough Council',
        framework: { id: 'sif-2013', version: 1 },
        calendar: calendarDataOf(state).version,
      },
      row: null,
    });
    expect(opened({}, { fileHash: 'abc' }).unrecorded[0]?.data['fileHash']).toBe('abc');
  });

  test('is open, and has each duty with its entry, numbered on', () => {
    const state = opened();
    expect(state).toMatchObject({
      ...{ status: 'open', startedAt: NOW, plannedOn: '2016-02-22', seq: 3 },
      ...{ ended: {}, cyclesFrom: {}, cyclesTo: {}, mail: {} },
    });
    expect(state.unrecorded.map(({ seq, kind, milestone, actor }) => [seq, kind, milestone, actor?.id])).toEqual([
      [1, 'inspection-started', null, 'test'],
      [2, 'milestone-planned', ACTION, undefined],
      [3, 'milestone-planned', PLAN, undefined],
    ]);
    expect(state.unrecorded[1]).toMatchObject({
      ...{ actor: null, data: {}, text: 'Audit: due Fri 29 April 2016.' },
      row: { due: '2016-04-29', status: 'open', owner: 'team-manager', ownerTitle: 'Team Manager' },
    });
  });

  test.each([
    ['democratic-services', 'accepted'],
    ['director', 'accepted'],
    [
      'team-manager',
      'not-permitted: The role "Team Manager" may not start an inspection; managers and administrators may.',
    ],
    [
      'scrutiny-chair',
      'not-permitted: The role "Chair of Scrutiny" may not start an inspection; managers and administrators may.',
    ],
  ])('by %s: %s', (role, expected) => {
    expect(refusal(() => opened({}, { startedBy: { id: 'x', role } }))).toBe(expected);
  });

  test('by a role that is not on file is refused', () => {
    expect(refusal(() => opened({}, { startedBy: { id: 'x', role: 'mayor' } }))).toContain('mayor');
  });

  test('is handed out without what was in its mail and what is on its way, and can be worked on again', () => {
    const mail = {
      'x@example.org': { day: '2016-02-22', n: 1, calendar: { [ACTION]: { due: '2016-04-29', dueVersion: 1 } } },
    };
    const state = { ...opened(), mail, abandoned: [{ digest: 'x', reason: 'x', at: NOW }] };
    const { unrecorded: _unrecorded, abandoned: _abandoned, ...kept } = state;
    const { text, now, pieces } = statePiece(state, { piece: 0 }, NOW);
    expect([now, pieces]).toEqual([NOW, 1]);
    expect(stateFrom(text)).toStrictEqual({
      ...kept,
      mail: { 'x@example.org': { day: '2016-02-22', n: 1 } },
      unrecorded: [],
    });
  });
});

describe('the first notice', () => {
  const told = (state: LifecycleState, id = ACTION) =>
    of(state, id).announcements.map(({ to, atOnce }) => (atOnce === true ? `${to} at once` : to));

  test('of a duty goes to its owner, and at once to whoever has started it', () => {
    const state = opened();
    expect(of(state).announcements).toStrictEqual([
      { kind: 'started', to: 'democratic-services', readyAt: NOW, urgent: true, atOnce: true },
      { kind: 'started', to: 'team-manager', readyAt: NOW, urgent: true },
    ]);
    expect(told(opened({}, { startedBy: { id: 'x', role: 'director' } }))).toEqual([
      'director at once',
      'team-manager',
    ]);
  });

  test('goes once to an owner who has started it', () => {
    expect(
      told(opened({ owners: { 'plan-submission': 'director' } }, { startedBy: { id: 'x', role: 'director' } }), PLAN),
    ).toEqual(['director at once']);
  });

  test('goes to the owner alone where the starter is not there, but to an owner who is not, for who stands in', () => {
    const { facts } = startOf({ actions });
    const away = [
      {
        email: 'director@anyborough.example.org',
        away: [{ from: '2016-02-01', until: '2016-03-01', delegate: 'assistant-director' }],
      },
    ];
    const nobody = facts.authority.roles.map((role) => {
      const { email: _email, ...vacant } = role;
      return role.id === 'director' ? vacant : role;
    });
    const by = (authority: object) =>
      opened(
        {},
        {
          facts: { ...facts, authority: { ...facts.authority, ...authority } },
          startedBy: { id: 'x', role: 'director' },
        },
      );
    expect(told(by({ roles: nobody }))).toEqual(['team-manager']);
    expect(told(by({ people: away }))).toEqual(['director at once', 'team-manager']);
  });

  test('is of nothing that is done already', () => {
    const happened = [{ milestone: ACTION, what: 'submitted', on: '2016-02-19', by: 'team-manager' }];
    const state = opened({ happened });
    expect(of(state).announcements).toEqual([]);
    expect(told(state, PLAN)).toHaveLength(2);
  });
});

describe('questions that a file brings', () => {
  const questions = [
    {
      id: 'q1',
      askedOn: '2016-02-19',
      by: 'ward 1',
      text: 'How many?',
      answer: { on: '2016-02-20', text: 'Twelve.' },
      reportedIn: 'r1',
    },
    { id: 'q2', askedOn: '2016-02-19', by: 'ward 2', text: 'Since when?' },
  ];

  test('go on record with their texts, and are kept by their hashes', () => {
    const state = opened({ questions });
    expect(entriesOf(state, 'question-asked', 'question-answered')).toMatchObject([
      {
        ...{ seq: 2, at: NOW, kind: 'question-asked', actor: null, milestone: null },
        text: 'Question q1, asked by a member on Friday 19 February 2016: How many?',
        data: { question: 'q1', askedOn: '2016-02-19', text: 'How many?' },
      },
      {
        ...{ seq: 3, kind: 'question-answered' },
        text: 'Question q1, answered on Saturday 20 February 2016: Twelve.',
        data: { question: 'q1', answeredOn: '2016-02-20', text: 'Twelve.' },
      },
      { seq: 4, kind: 'question-asked', data: { question: 'q2', askedOn: '2016-02-19', text: 'Since when?' } },
    ]);
    // Nothing else comes between: then the duties are planned.
    expect(state.unrecorded.slice(4).map(({ kind }) => kind)).toEqual(['milestone-planned', 'milestone-planned']);
    const asked = { askedOn: '2016-02-19' };
    expect(state.facts.questions).toStrictEqual([
      {
        ...{ id: 'q1', ...asked, by: 'ward 1', words: wordsOf('How many?', 2) },
        answer: { on: '2016-02-20', words: wordsOf('Twelve.', 3) },
        reportedIn: 'r1',
      },
      { id: 'q2', ...asked, by: 'ward 2', words: wordsOf('Since when?', 4) },
    ]);
    // The texts are in the register alone.
    expect(state.facts.inspection).not.toHaveProperty('questions');
  });

  test('are none where it brings none', () => {
    expect(opened().facts).not.toHaveProperty('questions');
    expect(entriesOf(opened(), 'question-asked')).toEqual([]);
  });
});

describe('what a file says has happened', () => {
  const past = (parts: Record<string, unknown>) => ({ milestone: ACTION, on: '2016-02-19', by: 'director', ...parts });
  const after = (...happened: object[]) => opened({ happened });

  test('is entered in its order, by its own dates and roles', () => {
    const state = after(
      past({ what: 'extended', dueOn: '2016-05-31', reason: 'illness', at: '09:00' }),
      past({ what: 'reassigned', owner: 'head-of-service', at: '10:00' }),
      past({ what: 'acknowledged', promisedOn: '2016-05-20', by: 'head-of-service', at: '11:00' }),
      past({ what: 'held', reason: 'the DfE decides', awaiting: 'DfE', reviewOn: '2016-03-31', at: '12:00' }),
    );
    expect(of(state)).toMatchObject({
      ...{ due: '2016-05-31', owner: 'head-of-service', status: 'held' },
      hold: { reason: 'the DfE decides', reviewOn: '2016-03-31', since: '2016-02-19T12:00:00.000Z' },
      acknowledged: { promisedOn: '2016-05-20', by: 'head-of-service' },
    });
    const entries = state.unrecorded.filter(({ actor }) => actor?.id === 'file');
    expect(entries.map(({ kind, at, actor, text, data }) => [kind, at, actor?.role, text, data])).toEqual([
      [
        ...[
          'milestone-extended',
          NOW,
          'director',
          'Audit: extended on Friday 19 February 2016, before the inspection was started here.',
        ],
        { at: '2016-02-19T09:00:00.000Z', reason: 'illness', to: '2016-05-31' },
      ],
      [
        ...[
          'milestone-reassigned',
          NOW,
          'director',
          'Audit: passed on on Friday 19 February 2016, before the inspection was started here.',
        ],
        { at: '2016-02-19T10:00:00.000Z', to: 'head-of-service' },
      ],
      [
        ...[
          'milestone-acknowledged',
          NOW,
          'head-of-service',
          'Audit: acknowledged on Friday 19 February 2016, before the inspection was started here.',
        ],
        { at: '2016-02-19T11:00:00.000Z', promisedOn: '2016-05-20' },
      ],
      [
        ...[
          'milestone-held',
          NOW,
          'director',
          'Audit: put on hold on Friday 19 February 2016, before the inspection was started here.',
        ],
        { at: '2016-02-19T12:00:00.000Z', reason: 'the DfE decides', awaiting: 'DfE', reviewOn: '2016-03-31' },
      ],
    ]);
    expect(entries.map(({ row }) => row?.due)).toEqual(['2016-05-31', '2016-05-31', '2016-05-31', '2016-05-31']);
  });

  test('with its evidence', () => {
    const [entry] = entriesOf(
      // Nobody has to accept it.
      after(past({ what: 'submitted', evidence: 'a letter', at: '09:00' })),
      'milestone-completed',
    );
    expect(entry?.data).toEqual({ at: '2016-02-19T09:00:00.000Z', evidence: 'a letter' });
  });

  test('up to the present instant', () => {
    const at = (time: string) => refusal(() => after(past({ what: 'submitted', on: '2016-02-22', at: time })));
    expect(at('10:00')).toBe('accepted');
    expect(at('10:01')).toBe(
      `wrong-date: The file says that "${ACTION}" was submitted at 10:01 today, which is in the future: today is Monday 22 February 2016.`,
    );
  });

  test('to a duty that the plan has', () => {
    expect(refusal(() => after(past({ milestone: 'x/y', what: 'held', reviewOn: '2016-03-31' })))).toBe(
      `unknown-milestone: The file says what was put on hold on Friday 19 February 2016, but the plan has no milestone "x/y". It has: ${ACTION}, ${PLAN}.`,
    );
  });
});

describe('a window that had closed by the start', () => {
  const decisions = [{ id: 'd0', title: 'Adopt', takenOn: '2016-02-05', publishedOn: '2016-02-08' }];
  const WINDOW = 'call-in-window/d0';
  // Five working days after Monday 8 February 2016: to the end of Monday 15 February.
  const CLOSES = '2016-02-16T00:00:00.000Z';
  const at = (now: string) => opened({ decisions }, {}, now);

  test('closed of itself, and nobody is told of it any more', () => {
    const state = at(NOW);
    expect(of(state, WINDOW)).toMatchObject({
      status: 'completed',
      completed: { at: CLOSES, by: 'duecourse' },
      announcements: [],
    });
    expect(of(state, WINDOW).outcome).not.toBe('');
    expect(entriesOf(state, 'window-closed')).toMatchObject([
      { at: NOW, actor: null, milestone: WINDOW, data: { at: CLOSES }, row: { status: 'completed' } },
    ]);
    expect(entriesOf(state, 'window-closed')[0]?.text).toBe(`${of(state, WINDOW).title}: ${of(state, WINDOW).outcome}`);
  });

  test.each([
    ['2016-02-15T23:59:59.999Z', 'open'],
    [CLOSES, 'completed'],
  ])('at %s it is %s', (now, status) => {
    expect(of(at(now), WINDOW).status).toBe(status);
  });

  test('but no duty of a person’s does, nor one that was waived', () => {
    const late = opened({}, {}, '2016-07-04T10:00:00.000Z');
    expect([of(late).status, of(late, PLAN).status]).toEqual(['open', 'open']);
    const happened = [{ milestone: WINDOW, what: 'waived', on: '2016-02-12', by: 'director', reason: 'withdrawn' }];
    expect(of(opened({ decisions, happened }), WINDOW).status).toBe('waived');
    expect(entriesOf(opened({ decisions, happened }), 'window-closed')).toEqual([]);
  });
});
