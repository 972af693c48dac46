import { describe, expect, test } from 'vitest';
import type { Actor } from '../../domain/commands/actor.ts';
import { apply, refusalOf } from '../../domain/commands/apply.ts';
import type { Command, CommandPayload } from '../../domain/commands/commands.ts';
import { milestoneOf, milestonesOf } from '../../domain/lifecycle/milestones.ts';
import type { LifecycleState } from '../../domain/lifecycle/state.ts';
import { Story } from '../../domain/preview/story.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { Authority } from '../../domain/schemas/authority.ts';
import type { Constitution } from '../../domain/schemas/constitution.ts';
import { council, startOf } from '../support/facts.ts';

// Each guard of the commands about decisions, by what it must refuse and what it must let through; and what each puts on record.

const NOW = '2016-05-11T10:00:00.000Z';
const ACTION = 'improvement-actions/audit';
const administrator: Actor = { id: 'x', role: 'democratic-services' };
const DECISION: CommandPayload<'decide'> = {
  id: 'agree-plan',
  title: 'Agree the plan',
  takenOn: '2016-05-10',
  key: false,
  urgent: false,
};
const PUBLISHED = { ...DECISION, publishedOn: '2016-05-11' };
const BUDGET = { ...PUBLISHED, id: 'budget', title: 'Set the budget' };

/** An inspection on Wednesday 11 May 2016, under a constitution that is the tests' own but for some parts. */
function begun(parts: Partial<Constitution['callIn']> = {}, more: Partial<Constitution> = {}): Story {
  const start = startOf({ actions: [{ id: 'audit', title: 'Audit', owner: 'team-manager', due: '2016-09-30' }] });
  const { constitution } = start.facts;
  if (constitution === null) throw new Error('the tests have a constitution');
  const changed = { ...constitution, callIn: { ...constitution.callIn, ...parts }, ...more };
  const bodies = [...council.bodies, { id: 'board', name: 'Improvement Board', meetings: [] }];
  const authority = { ...council, bodies };
  return new Story(
    { ...start, facts: { ...start.facts, authority, constitution: changed } },
    '2016-02-19T10:00:00.000Z',
  ).until(NOW);
}

const decide = (payload: CommandPayload<'decide'>): Command => ({ name: 'decide', payload });
const callIn = (payload: Partial<CommandPayload<'callIn'>> = {}): Command => ({
  name: 'callIn',
  payload: { decision: 'agree-plan', by: 'five members', reasons: 'cost', ...payload },
});
const publish = (decision = 'agree-plan', on?: string): Command => ({
  name: 'publishDecision',
  payload: { decision, ...(on === undefined ? {} : { on }) },
});
const resolve = (payload: Partial<CommandPayload<'resolveCallIn'>> = {}): Command => ({
  name: 'resolveCallIn',
  payload: { decision: 'agree-plan', outcome: 'refer-back', ...payload },
});
const reconsider = (payload: Partial<CommandPayload<'reconsider'>> = {}): Command => ({
  name: 'reconsider',
  payload: { decision: 'agree-plan', outcome: 'confirmed', ...payload },
});

/** The state after commands in one moment, before anything is sent or put away. */
const after = (state: LifecycleState, commands: Command[], now = NOW): LifecycleState =>
  commands.reduce((before, command) => apply(before, command, administrator, now), state);
/** 'accepted', or the code and sentence of what refuses the last of them. */
function answer(state: LifecycleState, commands: Command[], now = NOW): string {
  try {
    after(state, commands, now);
  } catch (error) {
    if (error instanceof Refusal) return `${error.code}: ${error.message}`;
    throw error;
  }
  return 'accepted';
}
const lastEntry = (state: LifecycleState, kind: string) => state.unrecorded.findLast((each) => each.kind === kind);

describe('recording a decision', () => {
  test.each<[string, CommandPayload<'decide'>, string]>([
    ['published', PUBLISHED, 'published on Wednesday 11 May 2016.'],
    ['not yet published', DECISION, 'not yet published.'],
    [
      'urgent',
      { ...PUBLISHED, urgent: true, reasons: 'a court date' },
      'published on Wednesday 11 May 2016. It is urgent, and exempt from call-in.',
    ],
  ])('%s, it is on record', (_how, decision, words) => {
    expect(lastEntry(after(begun().state, [decide(decision)]), 'decision-recorded')).toMatchObject({
      actor: administrator,
      text: `Decision recorded: Agree the plan, taken on Tuesday 10 May 2016, ${words}`,
      data: { decision },
    });
  });

  test.each<[string, Partial<CommandPayload<'decide'>>, string]>([
    ['taken today', { takenOn: '2016-05-11' }, 'accepted'],
    [
      'taken tomorrow',
      { takenOn: '2016-05-12' },
      "wrong-date: The decision can't have been taken on Thursday 12 May 2016, in the future: today is Wednesday 11 May 2016.",
    ],
    ['published today', { publishedOn: '2016-05-11' }, 'accepted'],
    [
      'published tomorrow',
      { publishedOn: '2016-05-12' },
      "wrong-date: The decision can't be published on Thursday 12 May 2016, in the future: today is Wednesday 11 May 2016.",
    ],
    ['published on the day', { publishedOn: '2016-05-10' }, 'accepted'],
    [
      'published before it was taken',
      { publishedOn: '2016-05-09' },
      "wrong-date: The decision can't be published on Monday 9 May 2016, before it was taken on Tuesday 10 May 2016.",
    ],
    ['urgent, with reasons', { urgent: true, reasons: 'a court date' }, 'accepted'],
    [
      'of an officer nobody knows',
      { properOfficer: 'mayor' },
      'unknown-role: Anyborough Council has no role "mayor". Its roles: chief-executive, director, assistant-director, head-of-service, team-manager, democratic-services, scrutiny-chair, vacant-post.',
    ],
    ['of a known officer', { properOfficer: 'democratic-services' }, 'accepted'],
    ['by one of two bodies', { body: 'cabinet' }, 'accepted'],
    ['by the other', { body: 'board' }, 'accepted'],
    [
      'by a third',
      { body: 'parliament' },
      'unknown-role: Anyborough Council has no body "parliament". Its bodies: cabinet, board.',
    ],
  ])('%s: %j', (_how, change, expected) => {
    expect(answer(begun().state, [decide({ ...DECISION, ...change })])).toBe(expected);
  });

  test('once by each name', () => {
    expect(answer(begun().state, [decide(DECISION), decide(DECISION)])).toBe(
      'duplicate: A decision "agree-plan" is already recorded.',
    );
    expect(answer(begun().state, [decide(DECISION), decide(BUDGET)])).toBe('accepted');
  });

  test('an urgent one has the consent that the constitution asks for; another needs none', () => {
    const { state } = begun({ urgencyConsent: 'the chair of scrutiny' });
    const urgent = { ...DECISION, urgent: true, reasons: 'a court date' };
    expect(answer(state, [decide(urgent)])).toBe(
      'missing-reason: An urgent decision is exempt from call-in only with the consent of the chair of scrutiny.',
    );
    expect(answer(state, [decide({ ...urgent, urgencyConsent: 'given on 9 May' })])).toBe('accepted');
    expect(answer(state, [decide(DECISION)])).toBe('accepted');
  });

  test('key or not as the constitution’s tests say', () => {
    const citation = { cite: 'the tests', confidence: 'U' as const };
    const keyDecision = { thresholds: [{ from: '2010-01-01', pounds: 150_000 }], wards: 2, citation };
    const { state } = begun({}, { keyDecision });
    expect(answer(state, [decide({ ...DECISION, cost: 150_000 })])).toContain(
      'wrong-state: "Agree the plan": this is a key decision: ',
    );
    expect(answer(state, [decide({ ...DECISION, cost: 150_000, key: true })])).toBe('accepted');
    expect(answer(state, [decide({ ...DECISION, cost: 100, key: true })])).toContain('this is no key decision: ');
    expect(answer(state, [decide({ ...DECISION, key: true })])).toBe('accepted');
  });

  test('without a constitution only an urgent one: nothing could say how long its window is', () => {
    const { state } = begun();
    const none = { ...state, facts: { ...state.facts, constitution: null } };
    expect(answer(none, [decide(DECISION)])).toContain(
      'unknown-rule: Anyborough Council has no constitution on file, so the call-in window can',
    );
    expect(answer(none, [decide({ ...DECISION, urgent: true, reasons: 'a court date' })])).toBe('accepted');
  });

  test('once its council has chosen one it goes by that, and by no other that is chosen later', () => {
    const none = withoutConstitution();
    const first = chosen(none.facts.authority, FIRST);
    expect(answer(none, [first, decide(PUBLISHED)])).toBe('accepted');
    const decided = after(none, [first, decide(PUBLISHED)]);
    expect(milestoneOf(decided, 'call-in-window/agree-plan')?.due).toBe('2016-05-18');
    expect(lastEntry(decided, 'authority-changed')?.text).toContain(
      'the constitution by which decisions can be called in, where there was none',
    );
    const other = { ...FIRST, id: 'another', title: 'Another constitution' };
    expect(after(decided, [chosen(none.facts.authority, other)]).facts.constitution).toEqual(
      decided.facts.constitution,
    );
  });

  test('a first constitution is refused that contradicts what is on record, that the file does not name, or that no administrator brings', () => {
    const none = withoutConstitution();
    const { authority } = none.facts;
    const urgent = after(none, [decide({ ...DECISION, urgent: true, reasons: 'a court date' })]);
    const consent = { ...FIRST, callIn: { ...FIRST.callIn, urgencyConsent: 'the chair of scrutiny' } };
    expect(answer(urgent, [chosen(authority, FIRST)])).toBe('accepted');
    expect(answer(urgent, [chosen(authority, consent)])).toContain('without the consent of the chair of scrutiny');
    expect(answer(urgent, [chosen(authority, { ...FIRST, valid: { from: '2017-01-01' } })])).toContain(
      'was taken on Tuesday 10 May 2016, when this constitution was not in force',
    );
    const elsewhere: Command = { name: 'changeAuthority', payload: { authority, constitution: FIRST } };
    expect(answer({ ...none, facts: { ...none.facts, authority } }, [elsewhere])).toContain(
      'does not name this constitution',
    );
    expect(() => apply(none, chosen(authority, FIRST), { id: 'x', role: 'head-of-service' }, NOW)).toThrow(Refusal);
  });
});

/** The tests' own constitution, and an inspection that began before its council had chosen it. */
const FIRST = firstOf(begun().state.facts.constitution);

function firstOf(constitution: Constitution | null): Constitution {
  if (constitution === null) throw new Error('the tests have a constitution');
  return constitution;
}

function withoutConstitution(): LifecycleState {
  const { state } = begun();
  const { constitution: _none, ...authority } = state.facts.authority;
  return { ...state, facts: { ...state.facts, authority, constitution: null } };
}

const chosen = (authority: Authority, constitution: Constitution): Command => ({
  name: 'changeAuthority',
  payload: { authority: { ...authority, constitution: constitution.id }, constitution },
});

describe('publishing a decision', () => {
  const within = { publishWithin: { n: 2, unit: 'working-day', convention: 'after' } } as const;

  test('meets the duty to publish it, by whoever recorded it, and tells the watcher of the window and nobody of anything else', () => {
    const before = after(begun(within).state, [decide(DECISION), decide({ ...BUDGET, title: 'The budget' })]);
    const state = after(before, [publish()]);
    const text = 'The record of "Agree the plan" was published on Wednesday 11 May 2016.';
    expect(milestoneOf(state, 'call-in-window/agree-plan-publication')).toMatchObject({
      status: 'completed',
      completed: { at: NOW, by: 'democratic-services' },
    });
    expect(lastEntry(state, 'decision-published')).toMatchObject({
      actor: administrator,
      text,
      data: { decision: 'agree-plan', on: '2016-05-11' },
      row: { milestone: 'call-in-window/agree-plan-publication', status: 'completed' },
    });
    const told = milestonesOf(state).filter((each) => each.announcements.some(({ kind }) => kind === 'decision'));
    expect(told.map(({ id, announcements }) => ({ id, announcements }))).toEqual([
      {
        id: 'call-in-window/agree-plan',
        announcements: [{ kind: 'decision', to: 'democratic-services', readyAt: NOW, urgent: true, text }],
      },
    ]);
  });

  test('changes that decision and no other', () => {
    const state = after(begun().state, [
      decide(DECISION),
      decide({ ...DECISION, id: 'budget', title: 'Set the budget' }),
      publish('budget', '2016-05-10'),
    ]);
    expect(state.facts.inspection.decisions.map(({ id, publishedOn }) => [id, publishedOn])).toEqual([
      ['agree-plan', undefined],
      ['budget', '2016-05-10'],
    ]);
  });

  test('names the decisions that there are, where there is none of the name', () => {
    expect(answer(begun().state, [publish('none')])).toBe(
      'unknown-decision: This inspection has no decision "none". Recorded: none.',
    );
    expect(answer(begun().state, [decide(DECISION), decide(BUDGET), publish('none')])).toBe(
      'unknown-decision: This inspection has no decision "none". Recorded: agree-plan, budget.',
    );
  });
});

describe('calling a decision in', () => {
  test('puts it on record, closes the window, and tells of it with the review', () => {
    const state = after(begun().state, [decide(PUBLISHED), callIn({ members: 5 })]);
    expect(milestoneOf(state, 'call-in-window/agree-plan')).toMatchObject({ status: 'completed', announcements: [] });
    expect(
      milestoneOf(state, 'call-in-window/agree-plan-review')?.announcements.filter(
        ({ kind }) => kind === 'call-in-received',
      ).length,
    ).toBeGreaterThan(0);
    expect(lastEntry(state, 'call-in-received')).toMatchObject({
      actor: administrator,
      text: 'Agree the plan: Called in by five members: cost. The decision must not be implemented until scrutiny has considered it.',
      data: {
        callIn: { decision: 'agree-plan', by: 'five members', reasons: 'cost', members: 5, receivedOn: '2016-05-11' },
      },
      row: { milestone: 'call-in-window/agree-plan', status: 'completed' },
    });
  });

  test('where the constitution sets no day for a review, the window itself carries what is told', () => {
    const state = after(begun({ scrutinyWithin: undefined }).state, [decide(PUBLISHED), callIn()]);
    expect(milestoneOf(state, 'call-in-window/agree-plan-review')).toBeUndefined();
    expect(milestoneOf(state, 'call-in-window/agree-plan')?.announcements.map(({ kind }) => kind)).toContain(
      'call-in-received',
    );
  });

  test.each<[string, Command[], string]>([
    [
      'an urgent one is exempt',
      [decide({ ...PUBLISHED, urgent: true, reasons: 'a court date' }), callIn()],
      'window-closed: "Agree the plan" can\'t be called in. It is urgent, and exempt from call-in.',
    ],
    [
      'one that is not published has no window yet',
      [decide(DECISION), callIn()],
      'wrong-state: The record of "Agree the plan" has not been published, so its call-in window has not begun.',
    ],
    [
      'a window that was waived is closed, in that moment already',
      [
        decide(PUBLISHED),
        { name: 'waive', payload: { milestone: 'call-in-window/agree-plan', reason: 'no members' } },
        callIn(),
      ],
      'window-closed: The call-in window of "Agree the plan" has closed.',
    ],
    [
      'twice',
      [decide(PUBLISHED), callIn(), callIn()],
      'duplicate: "Agree the plan" has already been called in by five members on Wednesday 11 May 2016: cost.',
    ],
    [
      'each of two decisions',
      [decide(PUBLISHED), decide(BUDGET), callIn(), callIn({ decision: 'budget' })],
      'accepted',
    ],
    [
      'received before it was published',
      [decide(PUBLISHED), callIn({ receivedOn: '2016-05-10' })],
      "wrong-date: It can't have been called in on Tuesday 10 May 2016, before Wednesday 11 May 2016.",
    ],
    ['by any number where the constitution sets none', [decide(PUBLISHED), callIn({ members: 1 })], 'accepted'],
  ])('%s', (_how, commands, expected) => {
    expect(answer(begun().state, commands)).toBe(expected);
  });

  test('the window is closed at its very instant, before it has been put away', () => {
    const { state } = begun().command(decide(PUBLISHED), administrator).until('2016-05-18T22:59:59.000Z');
    expect(answer(state, [callIn()], '2016-05-18T22:59:59.999Z')).toBe('accepted');
    expect(answer(state, [callIn()], '2016-05-18T23:00:00.000Z')).toContain('window-closed');
    expect(answer(state, [callIn()], '2016-05-18T23:00:00.001Z')).toContain('window-closed');
  });

  test.each<[number | undefined, string]>([
    [4, 'too-few: A call-in needs five members; here are 4.'],
    [5, 'accepted'],
    [6, 'accepted'],
    [undefined, 'accepted'],
  ])('by %s, where the constitution asks for five', (members, expected) => {
    const payload = members === undefined ? {} : { members };
    expect(answer(begun({ minimumMembers: 5 }).state, [decide(PUBLISHED), callIn(payload)])).toBe(expected);
  });

  test('the number is said where the constitution has no words for it', () => {
    const { state } = begun({ minimumMembers: 5, who: undefined });
    expect(answer(state, [decide(PUBLISHED), callIn({ members: 4 })])).toBe(
      'too-few: A call-in needs 5 members; here are 4.',
    );
  });
});

describe('what scrutiny resolved', () => {
  const called = () =>
    after(begun().state, [decide(PUBLISHED), decide(BUDGET), callIn(), callIn({ decision: 'budget' })]);

  test.each<[string | undefined, object, string]>([
    ['No costs.', { reasons: 'No costs.' }, ' No costs.'],
    [undefined, {}, ''],
  ])('with the reasons %s', (reasons, data, words) => {
    const state = after(called(), [resolve(reasons === undefined ? {} : { reasons })]);
    const entry = lastEntry(state, 'call-in-resolved');
    expect(entry).toMatchObject({
      actor: administrator,
      text: `Scrutiny considered the call-in of "Agree the plan" on Wednesday 11 May 2016: it is referred back to the decision maker.${words}`,
      row: { milestone: 'call-in-window/agree-plan-review', status: 'completed' },
    });
    expect(entry?.data).toMatchObject({ decision: 'agree-plan', outcome: 'refer-back', on: '2016-05-11', ...data });
    expect(Object.hasOwn(state.facts.inspection.callIns[0]?.resolution ?? {}, 'reasons')).toBe(reasons !== undefined);
  });

  test('is of that call-in and no other', () => {
    const state = after(called(), [resolve({ decision: 'budget' })]);
    expect(state.facts.inspection.callIns.map(({ decision, resolution }) => [decision, resolution?.outcome])).toEqual([
      ['agree-plan', undefined],
      ['budget', 'refer-back'],
    ]);
  });

  test('is recorded once, and only of what was called in: a page asks the same', () => {
    const given = { actor: administrator, now: NOW };
    const resolved = after(called(), [resolve()]);
    expect(refusalOf('resolveCallIn', 'agree-plan', called(), given)).toBeUndefined();
    expect(refusalOf('resolveCallIn', 'agree-plan', resolved, given)?.message).toBe(
      'Scrutiny resolved on "Agree the plan" on Wednesday 11 May 2016 already: it is referred back to the decision maker.',
    );
    const plain = after(begun().state, [decide(PUBLISHED)]);
    expect(refusalOf('resolveCallIn', 'agree-plan', plain, given)?.message).toBe(
      '"Agree the plan" has not been called in.',
    );
  });
});

describe('what became of a referred decision', () => {
  const called = () =>
    after(
      begun({
        reconsiderWithin: { n: 7, unit: 'working-day', convention: 'after' },
        councilWithin: { n: 10, unit: 'working-day', convention: 'after' },
      }).state,
      [decide(PUBLISHED), callIn()],
    );
  const given = { actor: administrator, now: NOW };

  test.each([
    ['refer-back', 'call-in-window/agree-plan-reconsideration', undefined, ''],
    ['refer-to-council', 'call-in-window/agree-plan-council', 'It is right.', ' It is right.'],
  ] as const)('after %s it meets %s', (outcome, duty, reasons, words) => {
    const state = after(called(), [resolve({ outcome }), reconsider(reasons === undefined ? {} : { reasons })]);
    expect(milestoneOf(state, duty)).toMatchObject({
      status: 'completed',
      completed: { at: NOW, by: 'democratic-services' },
    });
    const entry = lastEntry(state, 'decision-reconsidered');
    expect(entry).toMatchObject({
      actor: administrator,
      text: `"Agree the plan" was confirmed on Wednesday 11 May 2016.${words}`,
      row: { milestone: duty },
    });
    expect(entry?.data).toEqual({
      decision: 'agree-plan',
      outcome: 'confirmed',
      on: '2016-05-11',
      ...(reasons === undefined ? {} : { reasons }),
    });
  });

  test('is recorded once, and only of what was referred: a page asks the same', () => {
    const refusal = (...commands: Command[]) =>
      refusalOf('reconsider', 'agree-plan', after(called(), commands), given)?.message;
    expect(refusal(resolve())).toBeUndefined();
    expect(refusal()).toBe('"Agree the plan" has not been referred to anybody.');
    expect(refusal(resolve({ outcome: 'no-further-action' }))).toBe(
      '"Agree the plan" has not been referred to anybody.',
    );
    expect(refusal(resolve(), reconsider())).toBe('"Agree the plan" was confirmed on Wednesday 11 May 2016 already.');
  });
});

test('an implementation is on record', () => {
  const story = begun().command(decide(PUBLISHED), administrator).until('2016-05-19T09:00:00.000Z');
  const state = after(
    story.state,
    [{ name: 'implement', payload: { decision: 'agree-plan' } }],
    '2016-05-19T09:00:00.000Z',
  );
  expect(lastEntry(state, 'decision-implemented')).toMatchObject({
    actor: administrator,
    text: '"Agree the plan" was implemented on Thursday 19 May 2016.',
    data: { decision: 'agree-plan', on: '2016-05-19' },
  });
});

test('a body stays on file while a decision on record is its own; one that nothing rests on may go', () => {
  const { state } = begun();
  const without = (id: string): Command => {
    const { authority } = state.facts;
    return {
      name: 'changeAuthority',
      payload: { authority: { ...authority, bodies: authority.bodies.filter((body) => body.id !== id) } },
    };
  };
  const taken = decide({ ...PUBLISHED, body: 'board' });
  expect(answer(state, [taken, without('board')])).toContain(
    'The file no longer has the body "board" (Improvement Board), on which the decision "Agree the plan" rests',
  );
  expect(answer(state, [decide(PUBLISHED), without('board')])).toBe('accepted');
});

describe('closing an inspection', () => {
  const close: Command = {
    name: 'close',
    payload: { reason: 'All is done.', homes: [{ action: 'rest', to: 'dropped', said: 'no longer needed' }] },
  };
  const PLAN = 'plan-submission/written-action-plan';

  test('names what is open', () => {
    expect(answer(begun().state, [decide(PUBLISHED), close])).toContain(
      'duties-open: The inspection can\'t be closed while these are open: "Written action plan to Ofsted" (due Thursday 30 June 2016), "',
    );
  });

  test('waits for what scrutiny makes of a decision that was called in', () => {
    const done: Command = { name: 'complete', payload: { milestone: PLAN } };
    const called = [decide(PUBLISHED), callIn(), done];
    expect(answer(begun().state, [...called, close])).toContain(
      'duties-open: The inspection can\'t be closed while scrutiny has not considered what was called in: "Agree the plan"',
    );
    const withdrawn: Command = { name: 'withdrawCallIn', payload: { decision: 'agree-plan', reason: 'A mistake' } };
    const resolved: Command = {
      name: 'resolveCallIn',
      payload: { decision: 'agree-plan', outcome: 'no-further-action', on: '2016-05-11' },
    };
    for (const step of [withdrawn, resolved])
      expect(String(answer(begun().state, [...called, step, close]))).not.toContain('called in');
  });

  test('lapses what is pending, leaves alone what has ended, and silences all', () => {
    const held = after(begun().state, [
      { name: 'hold', payload: { milestone: ACTION, reason: 'waiting', reviewOn: '2016-06-01' } },
      { name: 'complete', payload: { milestone: PLAN } },
      close,
    ]);
    expect(milestoneOf(held, PLAN)?.status).toBe('completed');
    expect(milestoneOf(held, ACTION)).toMatchObject({ status: 'unfinished', due: '2016-09-30' });
    expect(milestonesOf(held).flatMap(({ announcements }) => announcements)).toEqual([
      {
        kind: 'withdrawn',
        to: milestoneOf(held, ACTION)?.owner,
        readyAt: expect.any(String) as string,
        urgent: true,
      },
    ]);
    const told = held.unrecorded.filter(({ kind }) => kind === 'milestone-lapsed' || kind === 'inspection-closed');
    expect(told).toMatchObject([
      {
        kind: 'milestone-lapsed',
        actor: administrator,
        text: 'Audit: not finished when the inspection was closed; it is dropped: no longer needed.',
        data: { home: { action: 'rest', to: 'dropped', said: 'no longer needed' } },
        row: { milestone: ACTION, status: 'unfinished' },
      },
      {
        kind: 'inspection-closed',
        actor: administrator,
        text: 'Closed by Democratic Services Manager: All is done.',
        data: { reason: 'All is done.' },
      },
    ]);
  });

  test('what has ended already is silenced too', () => {
    // Without a review to carry it, the closed window has something to tell.
    const called = after(begun({ scrutinyWithin: undefined }).state, [decide(PUBLISHED), callIn(), resolve()]);
    const closed = after(called, [{ name: 'complete', payload: { milestone: PLAN } }, close]);
    expect(Object.keys(closed.kept)).toEqual(Object.keys(called.kept));
    expect(milestonesOf(closed).flatMap(({ announcements, id }) => (id === ACTION ? [] : announcements))).toEqual([]);
  });
});
