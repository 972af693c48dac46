import { mapTable } from '../closed-table.ts';
import type { OtherEvent } from '../schemas/rule-pack.ts';
import type { Trigger } from './facts.ts';

interface EventWords {
  /** That it happened, before the date: 'The report was received', to which ' on 19 February' is added. */
  happened: string;
  /** It is no event but a date that somebody set: what is added is the date alone. */
  dateAlone?: true;
  /** What a file fails to say where another event's date stands in for its own; absent: none stands in for it. */
  whenItWas?: string;
  /** It is said of a duty, by this command on it, and goes on file with that. */
  saidBy?: 'submit' | 'accept' | 'sendBack';
}

/** Those that have no place of their own in a file, and of which there may be several. */
const OTHER_EVENTS: Record<OtherEvent, EventWords> = {
  'focused-visit-letter-received': { happened: "The focused visit's letter was received" },
  'outcome-letter-received': { happened: 'The outcome letter was received' },
  'notice-received': { happened: 'The notice was received' },
  'report-sent': { happened: 'The report was sent' },
  'statement-required': { happened: 'It was determined that a statement is required' },
  'complaint-received': { happened: 'The complaint was received' },
  'complaint-acknowledged': { happened: 'The complaint was acknowledged' },
  'report-considered': { happened: 'The meeting that considered the report was held' },
  'draft-report-received': { happened: 'The draft of the report was received' },
  'request-received': { happened: 'The request was received' },
  'second-stage-requested': { happened: 'The second stage was asked for' },
  'second-stage-acknowledged': { happened: 'The request for the second stage was acknowledged' },
  'third-stage-requested': { happened: 'The third stage was asked for' },
  'plan-returned': { happened: 'The plan was sent back', saidBy: 'sendBack' },
  'plan-resubmitted': { happened: 'The plan was submitted again', saidBy: 'submit' },
  'plan-accepted': { happened: 'The plan was accepted', saidBy: 'accept' },
};

/** The same for somebody who says that one has happened. */
export const OTHER_EVENT_CHOICES = mapTable(OTHER_EVENTS, ({ happened }) => happened);

/** Every event that starts a clock, as people read it. */
export const EVENTS: Record<Trigger['event'], EventWords> = {
  'fieldwork-ended': { happened: 'The fieldwork ended' },
  'report-received': { happened: 'The report was received', whenItWas: 'when it was received' },
  'report-published': { happened: 'The report was published', whenItWas: 'when it was published' },
  'decision-taken': { happened: 'The decision was taken' },
  'decision-published': { happened: 'The decision was published' },
  'referred-back': { happened: 'The decision was referred back' },
  'referred-to-council': { happened: 'The decision was referred to full Council' },
  'call-in-received': { happened: 'The call-in was received' },
  'question-asked': { happened: 'The question was asked' },
  ...OTHER_EVENTS,
  commitment: { happened: 'The council counts from a date of its own,', dateAlone: true },
  'action-date': { happened: 'The council set the date itself:', dateAlone: true },
  'handed-in': { happened: 'It was submitted' },
  'was-done': { happened: 'It was done' },
};

/** The same inside a sentence: 'the report was received'. */
export function eventInWords(event: Trigger['event']): string {
  const { happened } = EVENTS[event];
  return `${happened.charAt(0).toLowerCase()}${happened.slice(1)}`;
}
