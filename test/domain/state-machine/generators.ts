import fc from 'fast-check';
import { allRoles } from '../../../domain/authority/partners.ts';
import { addDays, daysBetween } from '../../../domain/calendar/civil-date.ts';
import { localDate } from '../../../domain/calendar/london.ts';
import { type PublishedHolidays, publishedHolidays } from '../../../domain/calendar/published-holidays.ts';
import { isHolding } from '../../../domain/sustained/holding.ts';
import { milestoneOf, milestonesOf } from '../../../domain/lifecycle/milestones.ts';
import type { LifecycleState } from '../../../domain/lifecycle/state.ts';
import type { Milestone } from '../../../domain/milestone/milestone.ts';
import { isRound } from '../../../domain/rounds/answers.ts';
import { isPending } from '../../../domain/milestone/milestone-state.ts';
import type { Authority } from '../../../domain/schemas/authority.ts';
import type { Actor } from '../../../domain/commands/actor.ts';
import type { Command, CommandName, CommandPayload } from '../../../domain/commands/commands.ts';
import type { Edit } from '../../../domain/revisions/edits.ts';
import { feed } from '../../support/facts.ts';
import { NOTICE_RULES, notice } from '../../support/instruments.ts';
import { AUTHORITY, START } from './start.ts';

const FIRST_DAY = localDate(START);

const MILESTONES = [
  'plan-submission/written-action-plan',
  'cabinet-updates/cabinet-update-1',
  'cabinet-updates/cabinet-update-2',
  'cabinet-updates/cabinet-update-agenda-1',
  'cabinet-updates/cabinet-update-report-1',
  'member-briefings/member-briefing-1',
  'member-briefings/member-briefing-2',
  'member-briefings/question-q0',
  'improvement-actions/a1',
  'improvement-actions/a2',
  'improvement-actions/a3',
  'improvement-actions/a4',
  'improvement-actions/a5',
  'call-in-window/d0',
  'call-in-window/d1',
  'call-in-window/d0-publication',
  'call-in-window/d0-review',
  'a3',
  'nothing',
];
/** `any-3` stands for one that the command may well be about: see inPlace. */
const milestone = fc.oneof(
  { weight: 3, arbitrary: fc.nat({ max: 30 }).map((n) => `any-${n}`) },
  { weight: 1, arbitrary: fc.constantFrom(...MILESTONES) },
);

/** Days about today, written as if today were the first day (see inPlace), and the ends of what the schema takes. */
const day = fc.oneof(
  { weight: 12, arbitrary: fc.integer({ min: -5, max: 90 }).map((n) => addDays(FIRST_DAY, n)) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '1900-01-01',
      '2014-01-01',
      '2030-12-30',
      '2030-12-31',
      '2031-01-01',
      '2099-01-01',
      '2199-12-31',
    ),
  },
);
/** A day on which something was done: mostly today, which nobody has to name. */
const onDay = fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: day });
const someTime = fc.option(fc.constantFrom('09:00', '17:30', '24:00'), { nil: undefined });
const reason = fc.constantFrom('waiting', 'x'.repeat(1000));
const role = fc.constantFrom(...allRoles(AUTHORITY).map((each) => each.id), 'mayor');
const underSome = fc.constantFrom('notice', 'direction', 'notice-2', 'none');
const decisionId = fc.constantFrom('d0', 'd0', 'd0', 'd1', 'd2');

const decision: fc.Arbitrary<CommandPayload<'decide'>> = fc.record({
  id: fc.constantFrom('d1', 'd2'),
  title: fc.constant('Agree'),
  takenOn: fc.oneof(fc.constant(FIRST_DAY), day),
  publishedOn: onDay,
  key: fc.boolean(),
  urgent: fc.boolean(),
  cost: fc.option(fc.constantFrom(0, 10_000_000), { nil: undefined }),
  reasons: fc.option(reason, { nil: undefined }),
  takenBy: fc.option(role, { nil: undefined }),
  effectiveFrom: fc.option(day, { nil: undefined }),
  notSubjectToCallIn: fc.option(reason, { nil: undefined, freq: 8 }),
});

/** The council's file as somebody may change it: each part of it by itself, or several at once. */
const authority: fc.Arbitrary<Authority> = fc
  .record({
    closed: fc.array(day, { maxLength: 3 }),
    meetings: fc.option(fc.array(day, { maxLength: 4 }), { nil: undefined }),
    vacant: fc.option(role, { nil: undefined }),
    away: fc.option(fc.tuple(day, fc.nat({ max: 40 })), { nil: undefined }),
    leadMember: fc.boolean(),
    sendingAt: fc.constantFrom('08:00', '09:00', '17:59'),
    without: fc.option(role, { nil: undefined }),
  })
  .map(({ closed, meetings, vacant, away, leadMember, sendingAt, without }) => {
    const { leadMember: member, ...chain } = AUTHORITY.chain;
    const emptied = vacant === chain.administrator ? undefined : vacant;
    return {
      ...AUTHORITY,
      roles: AUTHORITY.roles
        .filter((each) => each.id !== without || Object.values(AUTHORITY.chain).includes(each.id))
        .map((each) => (each.id === emptied ? { ...each, email: undefined } : each)),
      chain: leadMember ? { ...chain, leadMember: member } : chain,
      people:
        away === undefined || away[0] > '9999'
          ? []
          : [
              {
                email: 'assistant-director@anyborough.example.org',
                digest: 'daily' as const,
                weeklyOn: 'monday' as const,
                away: [{ from: away[0], until: addDays(away[0], away[1]), delegate: 'director' }],
              },
            ],
      sending: { ...AUTHORITY.sending, time: sendingAt },
      bodies: AUTHORITY.bodies.map((body) => (meetings === undefined ? body : { ...body, meetings })),
      closureDays: [...new Set(closed)].map((date) => ({ date, title: 'Closed' })),
    };
  });

/** Holidays as an administrator may approve them: those of the feed, with days more and days fewer. */
const published: fc.Arbitrary<PublishedHolidays> = fc
  .record({
    division: fc.constantFrom('england-and-wales' as const, 'england-and-wales' as const, 'scotland' as const),
    more: fc.array(day, { maxLength: 2 }),
    fewer: fc.nat({ max: 9 }),
  })
  .map(({ division, more, fewer }) => {
    const known = feed[division].events.filter(({ date }) => date >= '2016' && date < '2018').slice(fewer);
    const days = new Set([...known.map(({ date }) => date), ...more]);
    return publishedHolidays(
      division,
      [...days].map((date) => ({ date, title: 'Bank holiday' })),
    );
  });

const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({
    kind: fc.constant('put' as const),
    what: fc.constant('action' as const),
    item: fc.record({
      id: fc.constantFrom('a1', 'a3', 'a5', 'a6'),
      title: fc.constantFrom('Action a1', 'Review', 'x'.repeat(1000)),
      owner: role,
      due: fc.oneof(day, fc.constant({ n: 2, unit: 'month', convention: 'after', from: 'report-received' } as const)),
      recommendations: fc.constant<string[]>([]),
    }),
  }),
  fc.record({
    kind: fc.constant('put' as const),
    what: fc.constant('promise' as const),
    item: fc.record({ rule: fc.constantFrom('member-briefing', 'nothing'), from: day, owner: role }),
  }),
  fc.record({
    kind: fc.constant('put' as const),
    what: fc.constant('owner' as const),
    item: fc.record({ strand: fc.constantFrom('plan-submission', 'member-briefings'), role }),
  }),
  fc.record({
    kind: fc.constant('withdraw' as const),
    what: fc.constantFrom('action', 'action', 'promise', 'owner'),
    id: fc.constantFrom('a1', 'a2', 'a5', 'member-briefing', 'plan-submission'),
  }),
);

/** What each command may be asked. A command without its generator does not compile. */
const PAYLOADS: { [N in CommandName]: fc.Arbitrary<CommandPayload<N>> } = {
  submit: fc.record({ milestone, on: onDay }),
  complete: fc.record({ milestone, on: onDay, evidence: fc.option(reason, { nil: undefined }) }),
  accept: fc.record({ milestone, on: onDay }),
  sendBack: fc.record({ milestone, to: day, on: onDay, reason }),
  extend: fc.record({
    milestone,
    to: day,
    reason,
    body: fc.constantFrom(undefined, undefined, 'cabinet', 'none'),
  }),
  progress: fc.record({
    milestone,
    rating: fc.constantFrom(undefined, 'red', 'green', 'none'),
    percent: fc.constantFrom(undefined, 0, 100),
    text: fc.constantFrom(undefined, 'Going on.', 'x'.repeat(10_000)),
    forecast: fc.option(day, { nil: undefined }),
    on: onDay,
    measures: fc.constantFrom(undefined, undefined, [{ measure: 'cases', value: 7 }]),
    noChange: fc.constantFrom(undefined, undefined, true),
  }),
  requestExtension: fc.record({ milestone, to: day, reason }),
  declineExtension: fc.record({ milestone, reason }),
  hold: fc.record({ milestone, reviewOn: day, reason }),
  release: fc.record({ milestone, workingDays: fc.option(fc.constantFrom(0, 1, 20, 250), { nil: undefined }) }),
  waive: fc.record({ milestone, reason }),
  reopen: fc.record({ milestone, reason }),
  revise: fc.record({
    edits: fc.array(edit, { minLength: 1, maxLength: 3 }),
    reason,
    expect: fc.constantFrom(undefined, undefined, 1, 2),
  }),
  reassign: fc.record({
    milestone,
    to: fc.option(role, { nil: undefined }),
    with: fc.option(fc.array(role, { minLength: 1, maxLength: 3 }), { nil: undefined }),
    alone: fc.constantFrom(undefined, undefined, undefined, true),
  }),
  fallBack: fc.record({ milestone, to: day, reason }),
  addEvidence: fc.record({
    milestone,
    title: fc.constant('Minutes'),
    link: fc.constantFrom(undefined, 'https://x.example.org'),
  }),
  reassignMany: fc.record({
    from: role,
    to: role,
    strand: fc.constantFrom(undefined, undefined, 'improvement-actions', 'cabinet-updates', 'call-in-window'),
    theme: fc.constantFrom(undefined, undefined, undefined, 'none'),
    milestones: fc.constantFrom(undefined, undefined, ['any-1'], []),
    reason: fc.option(reason, { nil: undefined }),
  }),
  acknowledge: fc.record({ milestone, promisedOn: day, note: fc.option(reason, { nil: undefined }) }),
  decide: decision,
  callIn: fc.record({ decision: decisionId, by: fc.constant('members'), reasons: reason, receivedOn: onDay }),
  publishDecision: fc.record(
    { decision: decisionId, on: onDay, at: fc.constantFrom('09:00', '17:30') },
    { requiredKeys: ['decision', 'on'] },
  ),
  resolveCallIn: fc.record({
    decision: decisionId,
    outcome: fc.constantFrom('no-further-action', 'refer-back', 'refer-to-council'),
    on: onDay,
  }),
  reconsider: fc.record({
    decision: decisionId,
    outcome: fc.constantFrom('confirmed', 'amended', 'withdrawn'),
    on: onDay,
  }),
  implement: fc.record({ decision: decisionId, on: onDay }),
  close: fc.record({
    reason,
    homes: fc.constantFrom(
      undefined,
      [{ action: 'rest', to: 'dropped' as const, said: 'no longer needed' }],
      [{ action: 'rest', to: 'business-as-usual' as const, said: 'director' }],
      [{ action: 'a1', to: 'inspection' as const, said: '2027' }],
    ),
  }),
  withdraw: fc.record({ reason }),
  withdrawDecision: fc.record({ decision: decisionId, reason }),
  withdrawCallIn: fc.record({ decision: decisionId, reason }),
  withdrawQuestion: fc.record({ question: fc.constantFrom('q0', 'q1', 'q2'), reason }),
  resend: fc.record({
    messageId: fc.constant('lost'),
    to: fc.array(role, { minLength: 1, maxLength: 3 }),
    milestones: fc.array(milestone, { maxLength: 5 }),
    day,
  }),
  changeAuthority: fc.record({ authority }),
  changeCalendar: fc.record({ published }),
  postponeRound: fc.record({ milestone, to: day, reason }),
  closeRound: fc.record({ milestone, reason }),
  openRound: fc.record({ by: day, title: fc.constant('the board') }),
  recordMeasure: fc.record({
    measure: fc.constantFrom('cases', 'cases', 'none'),
    value: fc.constantFrom(0, 21.5, -1e12),
    on: onDay,
    source: fc.option(reason, { nil: undefined }),
  }),
  correctMeasure: fc.record({
    measure: fc.constantFrom('cases', 'cases', 'none'),
    of: onDay.map((on) => on ?? '2016-02-22'),
    value: fc.constantFrom(undefined, undefined, 0, 21.5),
    on: fc.constantFrom(undefined, undefined, '2016-02-19'),
    takeBack: fc.constantFrom(undefined, true),
    reason,
  }),
  recordPlan: fc.record({
    plan: fc.constantFrom('immediate-assurance', 'improvement-plan'),
    version: fc.constantFrom(1, 2, 1000),
    stage: fc.constantFrom('draft', 'commented', 'agreed', 'scrutinised', 'submitted'),
    on: onDay,
    note: fc.option(reason, { nil: undefined }),
  }),
  recordAttendance: fc.record({
    session: fc.constantFrom('session', 'none'),
    invited: fc.constant(['a', 'b']),
    attended: fc.subarray(['a', 'b']),
  }),
  ask: fc.record({
    id: fc.constantFrom(undefined, 'q1'),
    by: fc.constant('ward 2'),
    text: fc.constantFrom('Why?', 'x'.repeat(10_000)),
    on: onDay,
  }),
  answer: fc.record({
    question: fc.constantFrom('q0', 'q1', 'q2'),
    text: fc.constantFrom('Because.', 'x'.repeat(10_000)),
    on: onDay,
  }),
  event: fc.record({
    instrument: fc.option(underSome, { nil: undefined, freq: 2 }),
    kind: fc.constantFrom('notice-received', 'notice-received', 'complaint-received'),
    on: fc.oneof(fc.constant(FIRST_DAY), day),
    at: someTime,
    note: fc.option(reason, { nil: undefined }),
  }),
  changeCycle: fc.record({
    promise: fc.constantFrom('cabinet-update', 'member-briefing', 'member-briefing', 'other'),
    what: fc.constantFrom('changed', 'paused', 'resumed', 'ended'),
    from: day,
    until: fc.option(day, { nil: undefined }),
    n: fc.constantFrom(undefined, 1, 2, 3650),
    unit: fc.constantFrom(undefined, 'week', 'month', 'working-day'),
    weekday: fc.constantFrom(undefined, undefined, 'tuesday'),
    which: fc.constantFrom(undefined, undefined, 'last'),
    first: fc.option(day, { nil: undefined, freq: 2 }),
    reason,
  }),
  correctEvent: fc.record({
    instrument: fc.option(underSome, { nil: undefined, freq: 2 }),
    kind: fc.constant('notice-received'),
    number: fc.constantFrom(undefined, 1, 2, 50),
    on: onDay,
    at: someTime,
    withdraw: fc.constantFrom(undefined, true),
    reason,
  }),
  addInstrument: fc
    .record({
      id: fc.constantFrom('notice', 'direction', 'notice-2'),
      on: fc.oneof(fc.constant(FIRST_DAY), day),
      ruled: fc.boolean(),
    })
    .map(({ id, on, ruled }) =>
      ruled
        ? { instrument: notice(on, { id, title: `The ${id}` }), framework: NOTICE_RULES }
        : { instrument: notice(on, { id, title: `The ${id}`, framework: undefined }) },
    ),
  withdrawInstrument: fc.record({ instrument: underSome, reason }),
  reissue: fc.record({
    instrument: fc.option(underSome, { nil: undefined, freq: 3 }),
    received: fc.oneof(fc.constant(FIRST_DAY), onDay),
    receivedAt: someTime,
    published: onDay,
    note: reason,
  }),
  ruleOut: fc.record({
    fact: fc.constantFrom('report-received', 'notice-received', 'focused-visit-letter-received', 'judgement'),
    what: fc.constantFrom('none', 'unknown'),
    instrument: fc.option(underSome, { nil: undefined, freq: 3 }),
    reason,
  }),
  writePart: fc.record({
    part: fc.constantFrom('summary', 'risk'),
    text: fc.option(reason, { nil: undefined }),
  }),
  chooseReading: fc.record({
    rule: fc.constant('written-action-plan'),
    reading: fc.constantFrom('own', 'regulation'),
    instrument: fc.option(underSome, { nil: undefined, freq: 9 }),
    reason,
  }),
  correct: fc.record({
    instrument: fc.option(underSome, { nil: undefined, freq: 3 }),
    received: fc.oneof(fc.constant(FIRST_DAY), onDay),
    receivedAt: someTime,
    published: onDay,
    reason,
  }),
};

/** Taken only in the right place, so they are asked more often; the rest 4 times in so many. */
const WEIGHTS: Partial<Record<CommandName, number>> = {
  declineExtension: 12,
  release: 8,
  reopen: 16,
  correctEvent: 8,
  postponeRound: 12,
  resend: 8,
  changeCycle: 8,
  accept: 16,
  sendBack: 20,
  fallBack: 12,
  decide: 8,
  callIn: 16,
  withdrawDecision: 2,
  withdrawQuestion: 2,
  publishDecision: 8,
  resolveCallIn: 8,
  reconsider: 8,
  implement: 12,
  correct: 8,
  chooseReading: 8,
  recordAttendance: 8,
  reassignMany: 8,
  close: 8,
  // It is nearly always taken, and ends everything.
  withdraw: 1,
};

/** Any command, whatever it is asked to do. */
export const command: fc.Arbitrary<Command> = fc.oneof(
  ...(Object.keys(PAYLOADS) as CommandName[]).map((name) => ({
    weight: WEIGHTS[name] ?? 4,
    arbitrary: (PAYLOADS[name] as fc.Arbitrary<unknown>).map((payload) => ({ name, payload }) as Command),
  })),
);

/** Who gives it: mostly somebody who may. `owner` stands for the owner of what it is about. */
export const actor = fc.oneof(
  { weight: 4, arbitrary: fc.constant('democratic-services') },
  { weight: 2, arbitrary: fc.constant('owner') },
  { weight: 2, arbitrary: role },
);

/** Those that a command is about, where it is about any: what is on hold is released, what was asked for is declined. */
const CANDIDATES: Partial<Record<CommandName, (milestone: Milestone) => boolean>> = {
  release: ({ status }) => status === 'held',
  accept: ({ status }) => status === 'submitted',
  fallBack: isHolding,
  sendBack: ({ status, strand }) => status === 'submitted' || (status === 'completed' && strand === 'plan-submission'),
  postponeRound: isRound,
  closeRound: isRound,
  progress: ({ strand }) => strand === 'improvement-actions',
  declineExtension: ({ extensionRequested }) => extensionRequested !== undefined,
};

/** A generated command at the moment when it is given: its days moved to today's, and milestones that are there. */
export function inPlace(generated: Command, state: LifecycleState, now: string): Command {
  // Bank holidays are where they are.
  if (generated.name === 'changeCalendar') return generated;
  const passed = daysBetween(FIRST_DAY, localDate(now));
  const all = milestonesOf(state);
  const fitting = all.filter(CANDIDATES[generated.name] ?? isPending);
  const ids = (fitting.length > 0 ? fitting : all).map((each) => each.id);
  const text = JSON.stringify(generated.payload, (_key, value: unknown) => {
    if (typeof value !== 'string') return value;
    if (/^any-\d+$/.test(value)) return ids[Number(value.slice(4)) % ids.length] ?? 'nothing';
    return /^2016-\d\d-\d\d$/.test(value) ? addDays(value, passed) : value;
  });
  return { name: generated.name, payload: JSON.parse(text) as unknown } as Command;
}

/** Who that is: see actor. */
export function asActor(generated: string, command: Command, state: LifecycleState): Actor {
  const about = 'milestone' in command.payload ? milestoneOf(state, command.payload.milestone) : undefined;
  return { id: 'somebody', role: generated === 'owner' ? (about?.owner ?? 'director') : generated };
}

/** How long nothing is asked, in hours: nothing to a month. */
export const pause = fc.oneof(
  fc.constantFrom(1, 3, 14),
  fc.integer({ min: 1, max: 24 * 7 }),
  fc.integer({ min: 1, max: 24 * 30 }),
);

/** What becomes of mails, in turn. `earlier`: an earlier mail of the same id had gone, which spoke of the first half alone. */
export type MailFate = 'sent' | 'delayed' | 'undeliverable' | 'stale' | 'unwanted' | 'earlier';
export const fates = fc.array(
  fc.constantFrom<MailFate>('sent', 'sent', 'sent', 'sent', 'delayed', 'undeliverable', 'stale', 'unwanted', 'earlier'),
  { minLength: 1, maxLength: 6 },
);
