import type { CommandName } from '../../domain/commands/commands.ts';
import type { Story } from '../../domain/preview/story.ts';
import { ACTION, ADMINISTRATOR, reason } from './every-command.ts';

const PLAN = 'plan-submission/written-action-plan';
const SUBMITTED = 'improvement-actions/standard';
const PAST = '2016-01-11';
const FUTURE = '2016-11-02';

const returned = (told: Story): Story =>
  told
    .command({ name: 'submit', payload: { milestone: SUBMITTED } }, ADMINISTRATOR)
    .command({ name: 'sendBack', payload: { milestone: SUBMITTED, to: '2016-05-31', reason } }, ADMINISTRATOR);

export interface Refused {
  field: string;
  payload: object;
  before?: (told: Story) => Story;
}

/** Of each command, each of its fields because of which it is refused. One that names none has only what all commands have. */
export const REFUSED: Record<CommandName, Refused[]> = {
  submit: [
    { field: 'on', payload: { milestone: ACTION, on: FUTURE } },
    { field: 'on', payload: { milestone: SUBMITTED, on: '2016-02-19' }, before: returned },
  ],
  complete: [
    { field: 'on', payload: { milestone: ACTION, on: FUTURE } },
    { field: 'on', payload: { milestone: SUBMITTED, on: '2016-02-19' }, before: returned },
  ],
  accept: [
    { field: 'on', payload: { milestone: SUBMITTED, on: FUTURE } },
    { field: 'on', payload: { milestone: SUBMITTED, on: '2016-02-19' } },
  ],
  sendBack: [
    { field: 'on', payload: { milestone: SUBMITTED, to: '2016-05-31', on: FUTURE, reason } },
    { field: 'to', payload: { milestone: SUBMITTED, to: PAST, reason } },
    { field: 'to', payload: { milestone: PLAN, to: PAST, reason } },
    { field: 'to', payload: { milestone: SUBMITTED, to: '2099-01-01', on: '2016-02-22', reason } },
  ],
  progress: [
    { field: 'on', payload: { milestone: ACTION, percent: 5, on: FUTURE } },
    { field: 'rating', payload: { milestone: ACTION, rating: 'mauve' } },
    { field: 'forecast', payload: { milestone: ACTION, forecast: PAST } },
    { field: 'forecast', payload: { milestone: ACTION, forecast: '2099-01-01' } },
    { field: 'noChange', payload: { milestone: ACTION, percent: 5, noChange: true } },
    { field: 'noChange', payload: { milestone: ACTION, noChange: true } },
    { field: 'measures', payload: { milestone: ACTION, measures: [{ measure: 'none', value: 1 }] } },
  ],
  extend: [
    { field: 'to', payload: { milestone: ACTION, to: PAST, reason } },
    { field: 'to', payload: { milestone: ACTION, to: '2016-04-29', reason } },
    { field: 'to', payload: { milestone: ACTION, to: '2099-01-01', reason } },
    { field: 'body', payload: { milestone: ACTION, to: '2016-06-10', body: 'nobody', reason } },
  ],
  requestExtension: [
    { field: 'to', payload: { milestone: ACTION, to: PAST, reason } },
    { field: 'to', payload: { milestone: ACTION, to: '2099-01-01', reason } },
  ],
  declineExtension: [],
  hold: [
    { field: 'reviewOn', payload: { milestone: ACTION, reviewOn: PAST, reason } },
    { field: 'reviewOn', payload: { milestone: ACTION, reviewOn: '2099-01-01', reason } },
  ],
  release: [
    {
      field: 'workingDays',
      payload: { milestone: PLAN, workingDays: 5 },
      before: (told) =>
        told.command({ name: 'hold', payload: { milestone: PLAN, reason, reviewOn: '2016-03-01' } }, ADMINISTRATOR),
    },
  ],
  waive: [],
  reopen: [],
  fallBack: [
    { field: 'to', payload: { milestone: 'improvement-actions/done--sustained-1-after-1', to: PAST, reason } },
  ],
  addEvidence: [{ field: 'link', payload: { milestone: ACTION, title: 'Minutes' } }],
  reassign: [
    { field: 'to', payload: { milestone: ACTION, to: 'team-manager' } },
    { field: 'to', payload: { milestone: ACTION } },
    { field: 'to', payload: { milestone: ACTION, to: 'nobody' } },
    { field: 'with', payload: { milestone: ACTION, with: ['nobody'] } },
    { field: 'alone', payload: { milestone: ACTION, with: ['director'], alone: true } },
  ],
  reassignMany: [
    { field: 'to', payload: { from: 'team-manager', to: 'team-manager' } },
    { field: 'to', payload: { from: 'team-manager', to: 'nobody' } },
    { field: 'from', payload: { from: 'nobody', to: 'director' } },
    { field: 'theme', payload: { from: 'team-manager', to: 'director', theme: 'none' } },
    { field: 'milestones', payload: { from: 'director', to: 'team-manager', milestones: [ACTION] } },
  ],
  acknowledge: [
    { field: 'promisedOn', payload: { milestone: ACTION, promisedOn: PAST } },
    { field: 'promisedOn', payload: { milestone: ACTION, promisedOn: FUTURE } },
  ],
  decide: [
    { field: 'id', payload: { id: 'd0' } },
    { field: 'takenOn', payload: { takenOn: FUTURE } },
    { field: 'takenOn', payload: { takenOn: '1900-01-01' } },
    { field: 'publishedOn', payload: { publishedOn: FUTURE } },
    { field: 'publishedOn', payload: { takenOn: '2016-02-19', publishedOn: '2016-02-18' } },
    { field: 'reasons', payload: { urgent: true } },
    { field: 'properOfficer', payload: { properOfficer: 'nobody' } },
    { field: 'takenBy', payload: { takenBy: 'nobody' } },
    { field: 'takenBy', payload: { takenBy: 'director', body: 'cabinet' } },
    { field: 'body', payload: { body: 'nobody' } },
    { field: 'publishedAt', payload: { publishedAt: '17:30' } },
    { field: 'effectiveFrom', payload: { takenOn: '2016-02-19', effectiveFrom: '2016-02-18' } },
  ].map(({ field, payload }) => ({
    field,
    payload: { id: 'd1', title: 'Agree', takenOn: '2016-02-22', key: false, urgent: false, ...payload },
  })),
  correctMeasure: [
    { field: 'measure', payload: { measure: 'none' } },
    { field: 'of', payload: { of: '2016-02-19' } },
    { field: 'on', payload: { on: FUTURE } },
    { field: 'takeBack', payload: { takeBack: true } },
    { field: 'value', payload: { value: undefined } },
    { field: 'value', payload: { value: 12 } },
  ].map(({ field, payload }) => ({
    field,
    payload: { measure: 'cases', of: '2016-02-20', value: 13, reason, ...payload },
  })),
  callIn: [
    { field: 'receivedOn', payload: { decision: 'd0', by: 'members', reasons: 'cost', receivedOn: FUTURE } },
    { field: 'receivedOn', payload: { decision: 'd0', by: 'members', reasons: 'cost', receivedOn: PAST } },
  ],
  publishDecision: [
    { field: 'on', payload: { decision: 'd0', on: FUTURE } },
    { field: 'on', payload: { decision: 'd0', on: '2016-02-18' } },
  ],
  resolveCallIn: [{ field: 'on', payload: { decision: 'd0', outcome: 'refer-back', on: FUTURE } }],
  reconsider: [{ field: 'on', payload: { decision: 'd0', outcome: 'amended', on: FUTURE } }],
  implement: [
    { field: 'on', payload: { decision: 'd0', on: FUTURE } },
    { field: 'on', payload: { decision: 'd0', on: '2016-02-19' } },
  ],
  close: [
    { field: 'homes', payload: { reason } },
    { field: 'homes', payload: { reason, homes: [{ action: 'none', to: 'dropped', said: 'not needed' }] } },
    { field: 'homes', payload: { reason, homes: [{ action: 'rest', to: 'business-as-usual', said: 'nobody' }] } },
    { field: 'homes', payload: { reason, homes: [{ action: 'rest', to: 'inspection', said: 'test' }] } },
  ],
  withdraw: [],
  withdrawDecision: [],
  withdrawCallIn: [],
  withdrawQuestion: [],
  resend: [
    { field: 'to', payload: { messageId: 'abc', to: ['nobody'], milestones: [], day: '2016-02-22' } },
    { field: 'day', payload: { messageId: 'abc', to: ['director'], milestones: [], day: FUTURE } },
  ],
  changeAuthority: [],
  changeCalendar: [],
  postponeRound: [
    { field: 'to', payload: { milestone: 'round-1', to: PAST, reason } },
    { field: 'to', payload: { milestone: 'round-1', to: '2099-01-01', reason } },
  ],
  closeRound: [],
  openRound: [
    { field: 'by', payload: { by: PAST, title: 'the board' } },
    {
      field: 'title',
      payload: { by: '2016-03-04', title: 'the board' },
      before: (told) =>
        told.command({ name: 'openRound', payload: { by: '2016-03-04', title: 'the board' } }, ADMINISTRATOR),
    },
  ],
  recordMeasure: [
    { field: 'on', payload: { measure: 'cases', value: 1, on: FUTURE } },
    { field: 'measure', payload: { measure: 'none', value: 1 } },
  ],
  recordPlan: [
    { field: 'on', payload: { version: 1, stage: 'draft', on: FUTURE } },
    { field: 'version', payload: { version: 7, stage: 'draft' } },
    { field: 'note', payload: { version: 1, stage: 'submitted' } },
  ].map(({ field, payload }) => ({ field, payload: { plan: 'improvement-plan', ...payload } })),
  recordAttendance: [{ field: 'invited', payload: { session: 'session', invited: ['a'], attended: ['b'] } }],
  ask: [
    { field: 'id', payload: { id: 'q0', by: 'ward 1', text: 'Why?' } },
    { field: 'on', payload: { by: 'ward 1', text: 'Why?', on: FUTURE } },
  ],
  answer: [
    { field: 'on', payload: { question: 'q0', text: 'Because.', on: FUTURE } },
    { field: 'on', payload: { question: 'q0', text: 'Because.', on: '2016-02-19' } },
  ],
  event: [
    { field: 'on', payload: { kind: 'notice-received', on: FUTURE } },
    { field: 'kind', payload: { kind: 'plan-accepted', on: '2016-02-22' } },
    { field: 'instrument', payload: { kind: 'notice-received', on: '2016-02-22', instrument: 'none' } },
  ],
  changeCycle: [
    { field: 'promise', payload: { promise: 'none', what: 'ended', from: '2016-03-07' } },
    { field: 'from', payload: { what: 'ended', from: PAST } },
    { field: 'from', payload: { what: 'resumed', from: '2016-03-07' } },
    { field: 'until', payload: { what: 'paused', from: '2016-03-07' } },
    { field: 'until', payload: { what: 'paused', from: '2016-03-07', until: '2016-03-01' } },
    { field: 'until', payload: { what: 'ended', from: '2016-03-07', until: '2016-03-08' } },
    { field: 'first', payload: { what: 'ended', from: '2016-03-07', first: '2016-03-08' } },
    { field: 'first', payload: { what: 'changed', from: '2016-03-07', n: 3, unit: 'month', first: '2016-03-01' } },
    { field: 'n', payload: { what: 'changed', from: '2016-03-07' } },
  ].map(({ field, payload }) => ({ field, payload: { promise: 'cabinet-update', reason, ...payload } })),
  correctEvent: [
    { field: 'on', payload: { kind: 'notice-received', on: FUTURE, reason } },
    { field: 'number', payload: { kind: 'notice-received', number: 7, withdraw: true, reason } },
    { field: 'kind', payload: { kind: 'plan-returned', withdraw: true, reason } },
  ],
  revise: [
    {
      field: 'edits',
      payload: {
        edits: [
          {
            kind: 'put',
            what: 'action',
            item: { id: 'new', title: 'New', owner: 'nobody', due: FUTURE, recommendations: [] },
          },
        ],
        reason,
      },
    },
  ],
  addInstrument: [],
  writePart: [],
  withdrawInstrument: [{ field: 'instrument', payload: { instrument: 'none', reason } }],
  ruleOut: [{ field: 'fact', payload: { fact: 'decision-taken', what: 'unknown', instrument: 'letter', reason } }],
  reissue: [
    { field: 'received', payload: { note: reason } },
    { field: 'received', payload: { received: FUTURE, note: reason } },
    { field: 'published', payload: { published: FUTURE, note: reason } },
  ],
  chooseReading: [
    { field: 'rule', payload: { rule: 'none', reading: 'regulation', reason } },
    { field: 'reading', payload: { rule: 'written-action-plan', reading: 'none', reason } },
  ],
  correct: [
    { field: 'received', payload: { received: FUTURE, reason } },
    { field: 'published', payload: { published: FUTURE, reason } },
  ],
};
