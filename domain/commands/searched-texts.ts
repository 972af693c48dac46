import { namesOf } from '../closed-table.ts';
import type { EntryKind } from '../lifecycle/entry-kinds.ts';
import { type CommandName, COMMANDS } from './commands.ts';
import type { FieldKind } from './fields.ts';

/** The kinds of field in which somebody writes what they like. */
type FreeKind = Extract<
  FieldKind,
  'line' | 'text' | 'lines' | 'edits' | 'measures' | 'appendices' | 'homes' | 'instrument'
>;

type FieldsOf<N extends CommandName> = (typeof COMMANDS)[N]['fields'];
type FreeFields<N extends CommandName> = {
  [F in keyof FieldsOf<N> as FieldsOf<N>[F] extends { kind: FreeKind } ? F : never]: unknown;
};

/** What somebody writes is found by its words; or it says why it is not. */
type Found = 'searched' | { aside: string };

const NAMES_SOMEBODY = { aside: 'it names people, of whom a search finds roles and addresses alone' };
const WHICH_REQUEST = { aside: 'it says which request was looked at: nobody writes it' };
const NAMES_DUTIES = { aside: 'it names duties, which are found themselves' };
const OF_A_FILE = { aside: 'a file says it, nobody writes it' };

/** Of each command every field in which somebody writes. */
export const SEARCHED_TEXTS: { readonly [N in CommandName]: { readonly [F in keyof FreeFields<N>]: Found } } = {
  submit: {},
  complete: {},
  accept: { asked: WHICH_REQUEST },
  sendBack: { reason: 'searched', asked: WHICH_REQUEST },
  progress: { text: 'searched', measures: { aside: 'values, and no words' }, source: 'searched' },
  acknowledge: { note: 'searched' },
  requestExtension: { reason: 'searched' },
  extend: { reason: 'searched', asked: WHICH_REQUEST },
  declineExtension: { reason: 'searched', asked: WHICH_REQUEST },
  hold: { reason: 'searched', awaiting: 'searched' },
  release: { reason: 'searched' },
  reassign: { reason: 'searched' },
  waive: { reason: 'searched' },
  postponeRound: { reason: 'searched' },
  closeRound: { reason: 'searched' },
  openRound: { title: { aside: 'the duties of the round are called by it, and are found themselves' } },
  reopen: { reason: 'searched' },
  revise: {
    edits: { aside: 'the plan that comes of it is searched as it stands: duties, recommendations, measures' },
    reason: 'searched',
    minute: 'searched',
    agreedBy: NAMES_SOMEBODY,
  },
  addEvidence: { title: 'searched', sha256: OF_A_FILE, name: OF_A_FILE, type: OF_A_FILE, note: 'searched' },
  fallBack: { reason: 'searched' },
  decide: {
    title: { aside: 'the decision is found itself, by what it is called' },
    underDelegation: NAMES_SOMEBODY,
    inConsultationWith: NAMES_SOMEBODY,
    notSubjectToCallIn: 'searched',
    resolved: 'searched',
    reasons: 'searched',
    alternatives: 'searched',
    conflicts: NAMES_SOMEBODY,
    dispensations: NAMES_SOMEBODY,
    urgencyConsent: NAMES_SOMEBODY,
  },
  publishDecision: {},
  callIn: { by: NAMES_SOMEBODY, reasons: 'searched' },
  resolveCallIn: { reasons: 'searched' },
  reconsider: { reasons: 'searched' },
  implement: {},
  withdrawDecision: { reason: 'searched' },
  withdrawCallIn: { reason: 'searched' },
  ask: { by: NAMES_SOMEBODY, text: 'searched' },
  answer: { text: 'searched' },
  withdrawQuestion: { reason: 'searched' },
  recordPlan: {
    by: NAMES_SOMEBODY,
    note: 'searched',
    appendices: { aside: 'documents of another place: they stand beside the plan' },
  },
  recordMeasure: { source: 'searched' },
  correctMeasure: { reason: 'searched' },
  writePart: { text: 'searched' },
  recordAttendance: { invited: NAMES_SOMEBODY, attended: NAMES_SOMEBODY },
  event: { note: 'searched' },
  correctEvent: { reason: 'searched' },
  ruleOut: { reason: 'searched' },
  addInstrument: { instrument: { aside: 'its duties and recommendations are found themselves' } },
  withdrawInstrument: { reason: 'searched' },
  changeCycle: { agreedBy: NAMES_SOMEBODY, reason: 'searched' },
  chooseReading: { reason: 'searched' },
  correct: { reason: 'searched' },
  reissue: { note: 'searched' },
  reassignMany: { milestones: NAMES_DUTIES, reason: 'searched' },
  close: { reason: 'searched', homes: { aside: 'each unfinished action is found itself, and says where it went' } },
  withdraw: { reason: { aside: 'an inspection that was withdrawn is on no list' } },
  resend: {},
  changeAuthority: {},
  changeCalendar: {},
};

/** The kinds of entry that have words of somebody's which are searched. */
export const WRITTEN_KINDS: readonly EntryKind[] = [
  ...new Set(
    namesOf(SEARCHED_TEXTS).flatMap((name) =>
      Object.values<Found>(SEARCHED_TEXTS[name]).includes('searched') ? COMMANDS[name].entries : [],
    ),
  ),
];
