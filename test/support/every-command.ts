import { keepCalendar } from '../../domain/calendar/kept-calendar.ts';
import { loadRulePack, resolveRules } from '../../client/files/rules.ts';
import { Story } from '../../domain/preview/story.ts';
import type { Actor } from '../../domain/commands/actor.ts';
import type { CommandName, CommandPayload } from '../../domain/commands/commands.ts';
import { feed, factsOf, startOf } from './facts.ts';
import { calendarFromFeed } from '../../domain/calendar/holidays.ts';
import { publishedHolidays } from '../../domain/calendar/published-holidays.ts';
import { NOTICE_RULES, notice } from './instruments.ts';
import { trimCalendar } from '../../domain/calendar/working-calendar.ts';

export const START = '2016-02-22T10:00:00.000Z';
/** The last day for which the tests' calendar knows holidays, a Saturday: each story can be played to it. */
export const UNTIL = '2016-12-31';
const PLAN = 'plan-submission/written-action-plan';
export const ACTION = 'improvement-actions/audit';
/** Its owner's manager accepts it. */
const SUBMITTED = 'improvement-actions/standard';
/** It is asked a month after it was done whether it still holds. */
const DONE = 'improvement-actions/done';
const HOLDING = `${DONE}--sustained-1-after-1`;
export const reason = 'waiting';

export const start = (parts: Record<string, unknown> = {}) => {
  const given = startOf({
    actions: [
      { id: 'audit', title: 'Audit', owner: 'team-manager', due: '2016-04-29' },
      {
        id: 'standard',
        title: 'Standard',
        owner: 'team-manager',
        due: '2016-04-29',
        acceptedBy: { role: 'head-of-service' },
      },
      { id: 'done', title: 'Done', owner: 'team-manager', due: '2016-04-29', sustained: { after: [1] } },
    ],
    measures: [
      {
        ...{ id: 'cases', title: 'Cases', unit: 'cases', direction: 'down', source: 'a count' },
        target: { value: 10, by: '2016-12-31' },
      },
    ],
    training: [{ id: 'session', title: 'Session', on: '2016-02-19' }],
    commitments: [{ rule: 'cabinet-update' }],
    instruments: [notice('2016-02-19', { id: 'direction', title: 'Direction', framework: undefined })],
    ...parts,
  });
  // With the rule by which members' questions are answered.
  const rules = [
    ...given.facts.rules.slice(0, 1),
    ...resolveRules(loadRulePack('commitments')),
    ...resolveRules(loadRulePack('cqc')),
  ];
  return {
    ...given,
    facts: { ...given.facts, rules },
    calendar: keepCalendar(trimCalendar(calendarFromFeed(feed, 'england-and-wales'), '2014-01-01', UNTIL)),
  };
};

export const by = (role: string): Actor => ({ id: 'x', role });
export const ADMINISTRATOR = by('democratic-services');
/** The owner's own: nobody else may give them. */
export const OWNER = new Set<CommandName>(['acknowledge', 'requestExtension']);

/** The same story, to be gone on with by itself: a state is never changed, only replaced. */
export const copyOf = (told: Story): Story =>
  Object.assign(Object.create(Story.prototype) as Story, told, { mails: [...told.mails], entries: [...told.entries] });

const BEGUN = new Story(start(), START)
  .command(
    {
      name: 'decide',
      payload: { id: 'd0', title: 'Adopt', takenOn: '2016-02-19', key: false, urgent: false },
    },
    ADMINISTRATOR,
  )
  .command({ name: 'ask', payload: { id: 'q0', by: 'ward 1', text: 'How many?' } }, ADMINISTRATOR);
export const story = () => copyOf(BEGUN);

const submitted = (told: Story) =>
  [SUBMITTED, PLAN].reduce(
    (next, milestone) => next.command({ name: 'submit', payload: { milestone } }, ADMINISTRATOR),
    told,
  );
const published = (told: Story) =>
  told.command({ name: 'publishDecision', payload: { decision: 'd0', on: '2016-02-19' } }, ADMINISTRATOR);
const calledIn = (told: Story) =>
  published(told).command(
    { name: 'callIn', payload: { decision: 'd0', by: 'members', reasons: 'cost' } },
    ADMINISTRATOR,
  );

/** What must have been before a command can be taken at all. */
const opened = (told: Story): Story =>
  told.command({ name: 'openRound', payload: { by: '2016-03-04', title: 'the board' } }, ADMINISTRATOR);

export const BEFORE: Partial<Record<CommandName, (told: Story) => Story>> = {
  declineExtension: (told) =>
    told.command(
      { name: 'requestExtension', payload: { milestone: ACTION, to: '2016-06-10', reason } },
      by('team-manager'),
    ),
  postponeRound: opened,
  closeRound: opened,
  reopen: (told) => told.command({ name: 'waive', payload: { milestone: ACTION, reason } }, ADMINISTRATOR),
  fallBack: (told) => told.command({ name: 'complete', payload: { milestone: DONE } }, ADMINISTRATOR),
  accept: submitted,
  sendBack: submitted,
  release: (told) =>
    told.command({ name: 'hold', payload: { milestone: ACTION, reason, reviewOn: '2016-03-01' } }, ADMINISTRATOR),
  correctEvent: (told) =>
    told.command({ name: 'event', payload: { kind: 'notice-received', on: '2016-02-19' } }, ADMINISTRATOR),
  ruleOut: (told) =>
    told.command(
      {
        name: 'addInstrument',
        payload: {
          instrument: notice('2016-02-19', { id: 'letter', events: {}, report: { received: '2016-02-19' } }),
          framework: NOTICE_RULES,
        },
      },
      ADMINISTRATOR,
    ),
  callIn: published,
  resolveCallIn: calledIn,
  withdrawCallIn: calledIn,
  reconsider: (told) =>
    calledIn(told).command(
      { name: 'resolveCallIn', payload: { decision: 'd0', outcome: 'refer-back' } },
      ADMINISTRATOR,
    ),
  correctMeasure: (told) =>
    told.command({ name: 'recordMeasure', payload: { measure: 'cases', value: 12, on: '2016-02-20' } }, ADMINISTRATOR),
  implement: (told) => published(told).until('2016-03-07T10:00:00.000Z'),
  close: (told) => told.command({ name: 'waive', payload: { milestone: PLAN, reason } }, ADMINISTRATOR),
};

const AUDIT = { id: 'audit', title: 'Audit', owner: 'team-manager', due: '2016-04-29', recommendations: [] };

const EXTREME_DAYS = [
  '1900-01-01',
  '2016-02-22',
  '2016-03-07',
  '2016-11-02',
  '2016-12-22',
  '2016-12-31',
  '2017-01-01',
  '2099-01-01',
  '2199-12-31',
];
const days = <T>(payload: (day: string) => T): T[] => EXTREME_DAYS.map(payload);
const meetingOn = (day: string) => ({
  ...factsOf().authority,
  bodies: [{ id: 'cabinet', name: 'Cabinet', meetings: [day] }],
  closureDays: [{ date: day, title: 'Closed' }],
});

/** What each command can be asked at the ends of what its schema takes. A command without a line here does not compile. */
export const EXTREMES: { [N in CommandName]: CommandPayload<N>[] } = {
  submit: days((on) => ({ milestone: ACTION, on })),
  complete: days((on) => ({ milestone: ACTION, on })),
  accept: days((on) => ({ milestone: SUBMITTED, on })),
  sendBack: EXTREME_DAYS.flatMap((to) =>
    [SUBMITTED, PLAN].flatMap((milestone) => days((on) => ({ milestone, to, on, reason }))),
  ),
  progress: [
    ...days((on) => ({ milestone: ACTION, rating: 'amber', text: 'x'.repeat(10_000), on })),
    ...days((forecast) => ({ milestone: ACTION, percent: 100, forecast })),
  ],
  extend: days((to) => ({ milestone: ACTION, to, reason })),
  requestExtension: days((to) => ({ milestone: ACTION, to, reason })),
  declineExtension: [{ milestone: ACTION, reason }],
  hold: [ACTION, PLAN].flatMap((milestone) => days((reviewOn) => ({ milestone, reviewOn, reason }))),
  release: [0, 1, 250].map((workingDays) => ({ milestone: ACTION, workingDays })),
  waive: [{ milestone: ACTION, reason }],
  reopen: [{ milestone: ACTION, reason }],
  fallBack: days((to) => ({ milestone: HOLDING, to, reason })),
  addEvidence: [{ milestone: ACTION, title: 'Minutes', link: 'x'.repeat(1000), note: 'x'.repeat(1000) }],
  reassign: [{ milestone: ACTION, to: 'vacant-post', reason }],
  reassignMany: [{ from: 'team-manager', to: 'vacant-post', reason }],
  acknowledge: days((promisedOn) => ({ milestone: ACTION, promisedOn })),
  decide: EXTREME_DAYS.flatMap((takenOn) =>
    [undefined, ...EXTREME_DAYS].map((publishedOn) => ({
      id: 'd1',
      title: 'Agree',
      takenOn,
      ...(publishedOn === undefined ? {} : { publishedOn }),
      key: false,
      urgent: false,
    })),
  ),
  callIn: days((receivedOn) => ({ decision: 'd0', by: 'members', reasons: 'cost', receivedOn })),
  publishDecision: days((on) => ({ decision: 'd0', on })),
  resolveCallIn: days((on) => ({ decision: 'd0', outcome: 'refer-back' as const, on })),
  reconsider: days((on) => ({ decision: 'd0', outcome: 'amended' as const, on })),
  implement: days((on) => ({ decision: 'd0', on })),
  close: [{ reason, homes: [{ action: 'rest', to: 'dropped', said: 'no longer needed' }] }],
  withdraw: [{ reason }],
  withdrawDecision: [{ decision: 'd0', reason }],
  withdrawCallIn: [{ decision: 'd0', reason }],
  withdrawQuestion: [{ question: 'q0', reason }],
  resend: days((day) => ({
    messageId: 'x'.repeat(1000),
    to: ['director'],
    milestones: [PLAN, ACTION, 'nothing'],
    day,
  })),
  changeAuthority: days((day) => ({ authority: meetingOn(day) })),
  changeCalendar: EXTREME_DAYS.map((date) => ({
    published: publishedHolidays('england-and-wales', [{ date, title: 'A day off' }]),
  })),
  postponeRound: days((to) => ({ milestone: 'round-1', to, reason })),
  closeRound: [{ milestone: 'round-1', reason }],
  openRound: days((by) => ({ by, title: 'the board' })),
  recordMeasure: days((on) => ({ measure: 'cases', value: -1e12, on })),
  correctMeasure: [
    ...days((on) => ({ measure: 'cases', of: '2016-02-20', on, reason })),
    ...days((of) => ({ measure: 'cases', of, value: 1e12, reason })),
    { measure: 'cases', of: '2016-02-20', takeBack: true, reason },
  ],
  recordPlan: days((on) => ({ plan: 'improvement-plan' as const, version: 1, stage: 'draft' as const, on })),
  recordAttendance: [{ session: 'session', invited: ['a'], attended: [] }],
  ask: days((on) => ({ by: 'ward 1', text: 'x'.repeat(10_000), on })),
  answer: days((on) => ({ question: 'q0', text: 'x'.repeat(10_000), on })),
  event: [
    ...days((on) => ({ kind: 'notice-received' as const, on })),
    { kind: 'notice-received', on: '2016-02-22', at: '24:00', note: 'x'.repeat(1000) },
  ],
  changeCycle: [
    ...days((from) => ({
      promise: 'cabinet-update',
      what: 'changed' as const,
      from,
      n: 3,
      unit: 'month' as const,
      reason,
    })),
    {
      promise: 'cabinet-update',
      what: 'changed' as const,
      from: '2016-03-07',
      n: 3650,
      unit: 'month' as const,
      reason,
    },
    ...days((until) => ({ promise: 'cabinet-update', what: 'paused' as const, from: '2016-02-29', until, reason })),
    ...days((from) => ({ promise: 'cabinet-update', what: 'ended' as const, from, reason })),
  ],
  correctEvent: [
    ...days((on) => ({ kind: 'notice-received' as const, on, reason })),
    { kind: 'notice-received', withdraw: true, number: 1, reason },
  ],
  revise: [
    ...days((due) => ({
      edits: [{ kind: 'put' as const, what: 'action' as const, item: { ...AUDIT, due } }],
      reason,
    })),
    ...days((from) => ({
      edits: [{ kind: 'put' as const, what: 'promise' as const, item: { rule: 'member-briefing', from } }],
      reason,
    })),
    {
      edits: Array.from({ length: 200 }, (_, index) => ({
        kind: 'put' as const,
        what: 'action' as const,
        item: { ...AUDIT, id: `new-${index}`, title: 'x'.repeat(1000), due: '2016-12-22' },
      })),
      reason,
    },
    { edits: [{ kind: 'withdraw', what: 'action', id: 'audit' }], reason },
  ],
  addInstrument: [
    ...days((on) => ({ instrument: notice(on), framework: NOTICE_RULES })),
    ...EXTREME_DAYS.map((day) => ({
      instrument: notice('2016-02-19', { framework: undefined, report: { received: day } }),
    })),
  ],
  // It names no day.
  writePart: [{ part: 'risk', text: 'The risk is late staff.' }],
  withdrawInstrument: [{ instrument: 'direction', reason }],
  // It names no day.
  ruleOut: [{ fact: 'notice-received', what: 'unknown', instrument: 'letter', reason }],
  reissue: EXTREME_DAYS.flatMap((day) => [
    { received: day, note: reason },
    { published: day, note: reason },
  ]),
  // It names no day.
  chooseReading: [{ rule: 'written-action-plan', reading: 'regulation', reason }],
  correct: EXTREME_DAYS.flatMap((day) => [
    { received: day, reason },
    { published: day, reason },
  ]),
};
