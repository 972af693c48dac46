import { LADDER_WORDS } from './ladder-words.ts';
import type { LadderKind, NoticeKind } from './milestone.ts';

interface NoticeKindEntry {
  /** As people read it of one that has been sent. */
  words: string;
  /** Told to the owner of a duty, it is told to those beside them too. */
  shared?: true;
  /** What its reader is asked to do, where that is not what the duty says. */
  act?: string;
  /** The duty is over, here or for its reader: no date of it is late any more, and no calendar has it. How a mail says so. */
  over?: Over;
  /** The same, where the duty that it is told of has ended by then. */
  overOnceEnded?: Over;
}

/** How a mail says that nothing is late any more: what it is now, what is to be done, and what stands before the date it had. */
interface Over {
  when: string;
  act: string;
  subject?: string;
  was?: string;
}

/** That what a notice is told of is over, here or for its reader; undefined as long as it is due. */
export const overOf = ({ kind, ended }: { kind: NoticeKind; ended?: boolean }): Over | undefined =>
  NOTICE_KINDS[kind].over ?? (ended === true ? NOTICE_KINDS[kind].overOnceEnded : undefined);

/** Has its reader's calendar an entry of it, once they have read of it? */
export const isInCalendar = (notice: { kind: NoticeKind; ended?: boolean }): boolean =>
  notice.ended !== true && overOf(notice) === undefined;

const NOT_CARRIED_OUT = 'See that the decision is not carried out until scrutiny has considered it.';

/** What a notice was, as people read it of one that has been sent. */
export const NOTICE_KINDS: Record<NoticeKind, NoticeKindEntry> = {
  started: { words: 'told that the inspection had begun', shared: true },
  reminder: rung('reminder'),
  'due-today': rung('due-today'),
  stricter: rung('stricter'),
  'stricter-passed': rung('stricter-passed'),
  escalation: rung('escalation'),
  information: rung('information'),
  reassigned: { words: 'told that it changed hands', shared: true },
  moved: { words: 'told that its date moved', shared: true },
  held: { words: 'told that it was put on hold', shared: true },
  released: { words: 'told that it was released', shared: true },
  reopened: { words: 'told that it is open again', shared: true },
  planned: { words: 'told of a new duty', shared: true },
  revised: { words: 'told that it was changed', shared: true },
  withdrawn: {
    ...{ words: 'told that there is nothing left to do', shared: true },
    over: { when: 'Nothing left for you to do', act: 'Nothing: you have nothing more to do about it.' },
  },
  'taken-over': {
    words: 'told that they take it over',
    over: {
      when: 'Yours from now on, as business as usual',
      act: 'See to it as business as usual. No reminder of it comes from here any more.',
      subject: 'Yours from now on',
    },
  },
  'carried-on': {
    ...{ words: 'told that it goes on under another inspection', shared: true },
    over: {
      when: 'Goes on under another inspection',
      act: 'Nothing more here. Make sure that it is in the other inspection’s plan: nothing is put there by itself.',
      subject: 'Goes on under another inspection',
    },
  },
  'handed-on': {
    ...{ words: 'told that it goes on as business as usual with somebody else', shared: true },
    over: {
      when: 'Goes on as business as usual, with somebody else',
      act: 'Nothing more from you: it goes on with whoever takes it over.',
      subject: 'Goes on with somebody else',
    },
  },
  waived: {
    ...{ words: 'told that it no longer applies', shared: true },
    over: { when: 'No longer applies', act: 'Nothing: nobody has to do this any more.', subject: 'No longer applies' },
  },
  'acceptance-asked': { words: 'asked to accept it' },
  accepted: {
    ...{ words: 'told that it was accepted', shared: true },
    overOnceEnded: { when: 'Accepted', act: 'Nothing: it is done.', subject: 'Accepted' },
  },
  'sent-back': { words: 'told that it was sent back', shared: true },
  'progress-asked': { words: 'asked for progress' },
  'progress-reminded': { words: 'reminded of a question for progress' },
  'progress-silent': { words: 'told who has not answered' },
  'review-due': { words: 'review of a hold', shared: true },
  'call-in-received': {
    words: 'told of a call-in',
    act: NOT_CARRIED_OUT,
    // Where no duty of scrutiny's follows from it, it is told of the window, which has ended by it.
    overOnceEnded: {
      ...{ when: 'Called in', act: NOT_CARRIED_OUT, subject: 'Called in' },
      was: 'Its call-in window was to close on',
    },
  },
  'call-in-outcome': {
    words: 'told what became of a call-in',
    over: {
      when: 'What became of the call-in',
      act: 'See that those who waited for it know what was resolved.',
      subject: 'What became of the call-in',
    },
  },
  'window-closed': { words: 'told that a window closed' },
  undeliverable: { words: 'told that mail could not be delivered' },
  resent: { words: 'sent again' },
  'question-asked': { words: 'told of a question', shared: true },
  'question-answered': {
    words: 'told of an answer',
    over: {
      when: 'Answered',
      act: 'Read the answer; where you asked for somebody else, pass it on.',
      subject: 'Answered',
    },
  },
  decision: { words: 'told of a decision', shared: true },
  'extension-requested': { words: 'asked for a later date' },
  'extension-declined': { words: 'told that a later date was declined', shared: true },
};

function rung(kind: LadderKind): NoticeKindEntry {
  return { words: LADDER_WORDS[kind].sent };
}
