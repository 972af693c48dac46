import { describe, expect, test } from 'vitest';
import { loadRulePack, resolveRules } from '../../client/files/rules.ts';
import { publishedHolidays } from '../../domain/calendar/published-holidays.ts';
import type { Actor } from '../../domain/commands/actor.ts';
import { apply, refusalOf } from '../../domain/commands/apply.ts';
import type { Command, CommandPayload } from '../../domain/commands/commands.ts';
import { afterPast, endsIt, pastOfEntry } from '../../domain/commands/past-command.ts';
import { milestoneOf } from '../../domain/lifecycle/milestones.ts';
import type { LifecycleState } from '../../domain/lifecycle/state.ts';
import type { Milestone } from '../../domain/milestone/milestone.ts';
import { Story } from '../../domain/preview/story.ts';
import { Refusal } from '../../domain/refusal.ts';
import { authority as authoritySchema, type Authority } from '../../domain/schemas/authority.ts';
import type { Happened } from '../../domain/schemas/inspection.ts';
import { calendar, council, factsOf, feed, startOf } from '../support/facts.ts';

// The commands about a whole inspection: what each refuses at the edge, and what it puts on record.

const NOW = '2016-04-13T10:00:00.000Z';
const ACTION = 'improvement-actions/audit';
const administrator: Actor = { id: 'x', role: 'democratic-services' };
const given = { actor: administrator, now: NOW };

function begun(parts: Record<string, unknown> = {}, authority: Authority = council): Story {
  const start = startOf({
    actions: [{ id: 'audit', title: 'Audit', owner: 'team-manager', due: '2016-09-30' }],
    ...parts,
  });
  const rules = [...start.facts.rules.slice(0, 1), ...resolveRules(loadRulePack('commitments'))];
  return new Story({ ...start, facts: { ...start.facts, rules, authority } }, '2016-02-22T10:00:00.000Z').until(NOW);
}
/** The state after commands in one moment, before anything is sent or put away. */
const after = (state: LifecycleState, commands: Command[]): LifecycleState =>
  commands.reduce((before, command) => apply(before, command, administrator, NOW), state);
/** 'accepted', or the sentence of what refuses the last of them. */
function answerTo(state: LifecycleState, commands: Command[]): string {
  try {
    after(state, commands);
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    throw error;
  }
  return 'accepted';
}
const lastEntry = (state: LifecycleState, kind: string) => state.unrecorded.findLast((each) => each.kind === kind);

describe('attendance', () => {
  const training = [
    { id: 'safeguarding', title: 'Safeguarding', on: '2016-04-12', owner: 'head-of-service' },
    { id: 'budget', title: 'The budget', on: '2016-04-13', owner: 'head-of-service' },
    { id: 'later', title: 'Later', on: '2016-04-14', owner: 'head-of-service' },
  ];
  const DUTY = 'other-reporting/training-budget-attendance';
  const attendance = (payload: Partial<CommandPayload<'recordAttendance'>> = {}): Command => ({
    name: 'recordAttendance',
    payload: { session: 'budget', invited: ['ward 1', 'ward 2', 'ward 3'], attended: ['ward 2'], ...payload },
  });

  test('on the day already, of that session alone; it meets the duty, by whoever recorded it', () => {
    const state = after(begun({ training }).state, [attendance()]);
    expect(milestoneOf(state, DUTY)).toMatchObject({
      status: 'completed',
      completed: { at: NOW, by: 'democratic-services' },
    });
    expect(lastEntry(state, 'attendance-recorded')).toMatchObject({
      actor: administrator,
      text: 'The budget: 1 of 3 members came.',
      data: { session: 'budget', invited: 3, attended: 1 },
      row: { milestone: DUTY, status: 'completed' },
    });
    expect(state.facts.inspection.training?.map((each) => each.attendance?.attended)).toEqual([
      undefined,
      ['ward 2'],
      undefined,
    ]);
  });

  test('nobody came', () => {
    const state = after(begun({ training }).state, [
      { name: 'recordAttendance', payload: { session: 'budget', invited: ['ward 1'] } },
    ]);
    expect(lastEntry(state, 'attendance-recorded')?.text).toBe('The budget: 0 of 1 members came.');
  });

  test('of a duty that was waived, which stays so', () => {
    const waive: Command = { name: 'waive', payload: { milestone: DUTY, reason: 'not needed' } };
    const state = after(begun({ training }).state, [waive, attendance()]);
    expect(milestoneOf(state, DUTY)?.status).toBe('waived');
    expect(lastEntry(state, 'attendance-recorded')?.row).toBeNull();
    const away = begun({ training }).command(waive, administrator);
    expect(lastEntry(after(away.state, [attendance()]), 'attendance-recorded')?.row).toBeNull();
  });

  test.each<[string, Partial<CommandPayload<'recordAttendance'>>, string]>([
    [
      'before the session',
      { session: 'later' },
      '"Later" is on Thursday 14 April 2016, in the future: today is Wednesday 13 April 2016.',
    ],
    [
      'of one not invited',
      { attended: ['ward 9'] },
      '1 of those who came is not among the invited; name everybody who was invited.',
    ],
    [
      'of two not invited',
      { attended: ['ward 8', 'ward 9'] },
      '2 of those who came are not among the invited; name everybody who was invited.',
    ],
    [
      'of no such session',
      { session: 'none' },
      'This inspection has no training session "none". There are: safeguarding, budget, later.',
    ],
  ])('%s is refused', (_what, payload, message) => {
    expect(answerTo(begun({ training }).state, [attendance(payload)])).toBe(message);
  });

  test('is recorded by the owner of the duty, and by no colleague', () => {
    const { state } = begun({ training });
    const by = (role: string) => () => apply(state, attendance(), { id: 'z', role }, NOW);
    expect(by('head-of-service')).not.toThrow();
    expect(by('team-manager')).toThrow(/^Team Manager may not record attendance\. Its owner \(Head of Service\), /);
  });

  test('where there is no training at all', () => {
    expect(answerTo(begun().state, [attendance()])).toBe(
      'This inspection has no training session "budget". There are: none.',
    );
  });

  test('a page asks the same', () => {
    const { state } = begun({ training });
    expect(refusalOf('recordAttendance', 'later', state, given)?.code).toBe('wrong-date');
    expect(refusalOf('recordAttendance', 'budget', state, given)).toBeUndefined();
  });
});

describe('a version of a plan', () => {
  const plan = (payload: Partial<CommandPayload<'recordPlan'>> = {}): Command => ({
    name: 'recordPlan',
    payload: { plan: 'improvement-plan', version: 1, stage: 'draft', ...payload },
  });

  test.each<[Partial<CommandPayload<'recordPlan'>>, object, string]>([
    [{}, {}, 'Improvement plan, version 1: drafted on Wednesday 13 April 2016.'],
    [
      { by: 'the Executive', note: 'At last.' },
      { by: 'the Executive', note: 'At last.' },
      'Improvement plan, version 1: drafted on Wednesday 13 April 2016 by the Executive. At last.',
    ],
  ])('with %j', (payload, said, text) => {
    const state = after(begun().state, [plan(payload)]);
    const reached = { stage: 'draft', on: '2016-04-13', revision: 1, ...said };
    expect(state.facts.inspection.plans).toEqual([
      { plan: 'improvement-plan', version: 1, stages: [reached], appendices: [] },
    ]);
    expect(Object.keys(state.facts.inspection.plans?.[0]?.stages[0] ?? {})).toEqual(Object.keys(reached));
    expect(lastEntry(state, 'plan-recorded')).toMatchObject({
      actor: administrator,
      text,
      data: { plan: 'improvement-plan', version: 1, stage: 'draft', on: '2016-04-13', appendices: [] },
    });
  });

  test('keeps its appendices until others are given', () => {
    const appendices = [{ title: 'Costs' }];
    const of = (...commands: Command[]) => after(begun().state, commands).facts.inspection.plans?.[0]?.appendices;
    expect(of(plan({ appendices }))).toEqual(appendices);
    expect(of(plan({ appendices }), plan({ stage: 'commented' }))).toEqual(appendices);
    expect(of(plan({ appendices }), plan({ stage: 'commented', appendices: [] }))).toEqual([]);
  });

  test('each plan counts its own versions', () => {
    const before = [plan(), plan({ version: 2 }), plan({ version: 3 })];
    expect(answerTo(begun().state, [...before, plan({ plan: 'immediate-assurance' })])).toBe('accepted');
    expect(answerTo(begun().state, [...before, plan({ plan: 'immediate-assurance', version: 2 })])).toBe(
      'Immediate Assurance Plan is at version 0; the next is 1, not 2.',
    );
    expect(answerTo(begun().state, [...before, plan({ version: 2, stage: 'commented' })])).toBe(
      "Improvement plan is at version 3 already; version 2 can't go on.",
    );
  });

  test('does not go back', () => {
    expect(answerTo(begun().state, [plan(), plan({ stage: 'commented' }), plan()])).toBe(
      'Improvement plan, version 1 was commented on by the lead inspector already; it can\'t go back to "draft".',
    );
  });
});

describe('the dates of the report', () => {
  const correct = (payload: Partial<CommandPayload<'correct'>>): Command => ({
    name: 'correct',
    payload: { reason: 'It was misread.', ...payload },
  });
  const report = { received: '2016-02-19', receivedAt: '16:30', published: '2016-02-22' };

  test.each<[string, Partial<CommandPayload<'correct'>>, object, string]>([
    [
      'a new day of receipt drops the time, which belonged to the old one',
      { received: '2016-02-23' },
      { received: '2016-02-23', published: '2016-02-22' },
      'the report was received on Tuesday 23 February 2016, not on Friday 19 February 2016',
    ],
    [
      'with a time of its own',
      { received: '2016-02-23', receivedAt: '09:15' },
      { received: '2016-02-23', receivedAt: '09:15', published: '2016-02-22' },
      'the report was received on Tuesday 23 February 2016, not on Friday 19 February 2016 and it was received at 09:15',
    ],
    ['the time alone', { receivedAt: '09:15' }, { ...report, receivedAt: '09:15' }, 'it was received at 09:15'],
    [
      'the publication alone keeps the time',
      { published: '2016-02-24' },
      { ...report, published: '2016-02-24' },
      'the report was published on Wednesday 24 February 2016, not on Monday 22 February 2016',
    ],
  ])('%s', (_what, payload, expected, text) => {
    const state = after(begun({ report }).state, [correct(payload)]);
    expect(state.facts.inspection.report).toStrictEqual(expected);
    expect(lastEntry(state, 'facts-corrected')).toMatchObject({
      actor: administrator,
      text: `Corrected by Democratic Services Manager: ${text}. It was misread.`,
      data: { before: report, after: expected, reason: 'It was misread.' },
    });
  });

  test('one that was not on file yet has become known', () => {
    const state = after(begun().state, [correct({ received: '2016-02-18' })]);
    expect(lastEntry(state, 'facts-corrected')?.text).toBe(
      'Corrected by Democratic Services Manager: the report was received on Thursday 18 February 2016. It was misread.',
    );
  });

  test.each<[Partial<CommandPayload<'correct'>>, string]>([
    [{ received: '2016-04-13' }, 'accepted'],
    [
      { received: '2016-04-14' },
      "The report can't have been received on Thursday 14 April 2016, in the future: today is Wednesday 13 April 2016.",
    ],
    [{ received: '2015-12-17' }, 'accepted'],
    [
      { published: '2015-12-16' },
      "The report can't have been published on Wednesday 16 December 2015, before the inspection ended on Thursday 17 December 2015.",
    ],
    [{}, 'These are the dates already on file; nothing changes.'],
    [{ ...report }, 'These are the dates already on file; nothing changes.'],
  ])('%j: %s', (payload, expected) => {
    expect(answerTo(begun({ report }).state, [correct(payload)])).toBe(expected);
  });
});

describe('a member’s question', () => {
  const ask = (id: string, on?: string): Command => ({
    name: 'ask',
    payload: { id, by: 'ward 1', text: 'How many?', ...(on === undefined ? {} : { on }) },
  });
  const answer = (question: string, on?: string): Command => ({
    name: 'answer',
    payload: { question, text: 'Eleven.', ...(on === undefined ? {} : { on }) },
  });
  const DUTY = 'member-briefings/question-second';
  const asked = () => after(begun().state, [ask('first'), ask('second', '2016-04-12')]);

  test('is told in its turn, not at once', () => {
    expect(milestoneOf(asked(), DUTY)?.announcements).toMatchObject([
      { kind: 'question-asked', to: 'director', readyAt: NOW, urgent: false },
    ]);
  });

  test('is answered, by whoever recorded it, and no other is', () => {
    const before = asked();
    const state = after(before, [answer('second')]);
    expect(state.facts.questions?.map((each) => each.answer?.on)).toEqual([undefined, '2016-04-13']);
    expect(state.facts.questions?.[1]?.answer?.words.seq).toBe(before.seq + 1);
    expect(milestoneOf(state, DUTY)).toMatchObject({
      status: 'completed',
      completed: { at: NOW, by: 'democratic-services' },
    });
    expect(lastEntry(state, 'question-answered')).toMatchObject({
      seq: before.seq + 1,
      text: 'Question second answered by Democratic Services Manager on Wednesday 13 April 2016: Eleven.',
      data: { question: 'second', answeredOn: '2016-04-13', text: 'Eleven.' },
      row: { milestone: DUTY, status: 'completed' },
    });
  });

  test('is answered by the owner of the duty, and by no colleague', () => {
    const passed = after(asked(), [{ name: 'reassign', payload: { milestone: DUTY, to: 'head-of-service' } }]);
    const by = (role: string) => () => apply(passed, answer('second'), { id: 'z', role }, NOW);
    expect(by('head-of-service')).not.toThrow();
    expect(by('team-manager')).toThrow(/ Its owner \(Head of Service\), /);
  });

  test('whose duty was waived is answered all the same', () => {
    const waive: Command = { name: 'waive', payload: { milestone: DUTY, reason: 'withdrawn' } };
    const state = after(asked(), [waive, answer('second')]);
    expect(milestoneOf(state, DUTY)?.status).toBe('waived');
    expect(lastEntry(state, 'question-answered')?.row).toBeNull();
  });

  test('whose duty is on hold is not answered until it is released', () => {
    const hold: Command = {
      name: 'hold',
      payload: { milestone: DUTY, reason: 'legal advice', reviewOn: '2016-05-04' },
    };
    const release: Command = { name: 'release', payload: { milestone: DUTY } };
    expect(answerTo(asked(), [hold, answer('second')])).toMatch(
      / is on hold \(legal advice\); take it off hold first\.$/,
    );
    expect(answerTo(asked(), [hold, release, answer('second')])).toBe('accepted');
  });

  test('is not answered before it was asked, nor twice: a page asks the same', () => {
    expect(answerTo(asked(), [answer('second', '2016-04-12')])).toBe('accepted');
    expect(answerTo(asked(), [answer('second', '2016-04-11')])).toBe(
      "It can't be answered before it was asked, on Tuesday 12 April 2016.",
    );
    expect(refusalOf('answer', 'second', after(asked(), [answer('second')]), given)?.message).toBe(
      'Question second was already answered on Wednesday 13 April 2016 by Democratic Services Manager.',
    );
    expect(refusalOf('answer', 'second', asked(), given)).toBeUndefined();
  });
});

describe('bank holidays', () => {
  const events = feed['england-and-wales'].events;

  test('approved, what is new is on record, and why dates move', () => {
    const published = publishedHolidays('england-and-wales', [...events, { date: '2016-09-28', title: 'Thanks' }]);
    const { state } = begun();
    const next = after(state, [{ name: 'changeCalendar', payload: { published } }]);
    expect(lastEntry(next, 'calendar-changed')).toMatchObject({
      actor: administrator,
      text: expect.stringMatching(
        /^New bank holidays approved by Democratic Services Manager: .*Thanks.*\.$/,
      ) as string,
      data: { added: [{ date: '2016-09-28', title: 'Thanks' }], removed: [] },
    });
    expect(lastEntry(next, 'calendar-changed')?.data).toMatchObject({
      from: expect.any(String) as string,
      to: expect.any(String) as string,
    });
  });
});

describe('the authority’s file', () => {
  const change = (parts: Partial<Authority>, before: Partial<Authority> = {}) => {
    const { state } = begun({}, { ...council, ...before });
    const authority = { ...council, ...before, ...parts };
    return lastEntry(after(state, [{ name: 'changeAuthority', payload: { authority } }]), 'authority-changed');
  };
  const { people: away } = authoritySchema.parse({
    ...council,
    people: [
      {
        email: 'director@anyborough.example.org',
        away: [{ from: '2016-08-01', until: '2016-08-12', delegate: 'assistant-director' }],
      },
    ],
  });
  const roles = (...changed: { id: string; email?: string; title?: string }[]) =>
    council.roles.map((role) => ({ ...role, ...changed.find(({ id }) => id === role.id) }));

  test.each<[string, Partial<Authority>]>([
    [
      'the roles of Head of Service, Team Manager',
      {
        roles: roles(
          { id: 'head-of-service', email: 'new@anyborough.example.org' },
          { id: 'team-manager', email: 'newer@anyborough.example.org' },
        ),
      },
    ],
    [
      'no longer there: the roles of Chair of Scrutiny, Virtual School Head',
      { roles: council.roles.filter(({ id }) => id !== 'scrutiny-chair' && id !== 'vacant-post') },
    ],
    ['who is away, and how people want their mail', { people: away }],
    ['sending times', { sending: { ...council.sending, time: '09:30' } }],
    ['the upper steps of escalation', { chain: { ...council.chain, leadMember: 'scrutiny-chair' } }],
    ['bodies and their meetings', { bodies: [] }],
    ['closure days', { closureDays: [{ date: '2016-12-28', title: 'Closed' }] }],
    ['the channel of its mail', { channel: 'govuk-notify' }],
  ])('its change is on record: %s', (words, parts) => {
    expect(change(parts)?.text).toBe(`What was changed in the file of Anyborough Council: ${words}.`);
  });

  test('the same file a second time is no change, and nothing is recorded', () => {
    expect(change({})).toBeUndefined();
  });

  test('who newly holds a role is on record by the role, and the calendar where the closures changed', () => {
    const moved = roles({ id: 'head-of-service', email: 'new@anyborough.example.org' });
    expect(change({ roles: moved })?.data).toEqual({ roles: ['head-of-service'] });
    expect(change({ closureDays: [{ date: '2016-12-28', title: 'Closed' }] })?.data).toEqual({
      roles: [],
      calendar: expect.any(String) as string,
    });
    // The post is filled no more: nobody holds it newly.
    const vacated = roles().map(({ email, ...role }) => (role.id === 'director' ? role : { ...role, email }));
    expect(change({ roles: vacated })?.data).toEqual({ roles: [] });
  });

  test('of another council, or another division, is refused', () => {
    const authority = { ...council, division: 'scotland' as const };
    expect(answerTo(begun().state, [{ name: 'changeAuthority', payload: { authority } }])).toBe(
      'This inspection belongs to Anyborough Council (anyborough, england-and-wales); the file is that of Anyborough Council (anyborough, scotland).',
    );
  });

  test('keeps the role of whoever still has to do something, and of no other', () => {
    const authority = { ...council, roles: council.roles.filter(({ id }) => id !== 'team-manager') };
    const apply: Command = { name: 'changeAuthority', payload: { authority } };
    expect(answerTo(begun().state, [apply])).toContain(
      'The file no longer has the role "team-manager" (Team Manager), which owns "Audit". ',
    );
    const done: Command = { name: 'waive', payload: { milestone: ACTION, reason: 'gone' } };
    expect(answerTo(after(begun({ actions: [] }).state, []), [apply])).toBe('accepted');
    expect(answerTo(begun().state, [done, apply])).not.toContain('which owns "Audit"');
  });

  test('keeps the role that a promise names, though nothing of it is planned', () => {
    const authority = { ...council, roles: council.roles.filter(({ id }) => id !== 'vacant-post') };
    const commitments = [{ rule: 'written-action-plan', owner: 'vacant-post' }];
    const closed = begun({ commitments }).command(
      { name: 'waive', payload: { milestone: 'plan-submission/written-action-plan', reason: 'gone' } },
      administrator,
    );
    expect(answerTo(closed.state, [{ name: 'changeAuthority', payload: { authority } }])).toContain(
      'which owns the promise written-action-plan. ',
    );
  });
});

describe('what a file says has happened', () => {
  const open = begun().milestones[ACTION] as Milestone;
  const context = { actor: administrator, now: NOW, facts: factsOf(), calendar, seq: 1 };
  const past = (what: Happened['what'], more: Partial<Happened> = {}): Milestone =>
    afterPast(open, { milestone: ACTION, what, on: '2016-04-13', at: '12:00', by: 'director', ...more }, context);

  test('is what the command would have made of it', () => {
    expect(past('completed', { evidence: 'a link' })).toMatchObject({
      status: 'completed',
      completed: { evidence: 'a link' },
    });
    expect(past('waived', { reason: 'gone' })).toMatchObject({ status: 'waived', waived: { reason: 'gone' } });
    expect(past('waived')).toMatchObject({ waived: { reason: 'as the file says' } });
    expect(past('held', { reviewOn: '2016-06-01', awaiting: 'the DfE' }).hold).toMatchObject({ awaiting: 'the DfE' });
    expect(Object.hasOwn(past('held', { reviewOn: '2016-06-01' }).hold ?? {}, 'awaiting')).toBe(false);
  });

  test('ends it, or not', () => {
    expect(endsIt({ what: 'completed' })).toBe(true);
    expect(endsIt({ what: 'held' })).toBe(false);
  });

  test('is found by the kind of its entry', () => {
    expect(pastOfEntry('milestone-held')).toBe('held');
    expect(pastOfEntry('milestone-released')).toBeUndefined();
  });
});
