import { countedDecisions } from '../decisions/counted.ts';
import { type Facts, type Trigger, triggerOf } from '../facts/facts.ts';
import { cameBy, happeningsUnder, instrumentOf } from '../facts/instruments.ts';
import type { Period } from '../schemas/common.ts';
import type { Decision } from '../schemas/inspection.ts';
import type { OwnDue } from '../schemas/own-due.ts';
import type { Rule } from '../schemas/rule-pack.ts';

/** What a date of the file's own is counted from, and how. */
export interface OwnDate {
  trigger: Trigger;
  period: Period;
  roll: Rule['roll'];
}

const ON_THE_DAY: Period = { n: 0, unit: 'calendar-day', convention: 'after' };

/**
 * A due date that a plan or a paper names: a day, a latest day with the paper's words, or a period counted from an event.
 * A counted one that falls on a day off moves to the next working day, unless somebody outside the council has set it.
 *
 * @param instrument under which it stands, where it names none itself
 * @returns undefined where the event from which it is counted is not on file
 */
export function ownDate(
  due: OwnDue,
  setBy: string | undefined,
  facts: Facts,
  instrument?: string,
): OwnDate | undefined {
  const by = setBy === undefined ? {} : { setBy };
  if (typeof due === 'string') return onDay({ event: 'action-date', date: due, ...by });
  if ('by' in due) return onDay({ event: 'action-date', date: due.by, words: due.words, ...by });
  const { n, unit, convention } = due;
  const trigger = eventOf({ ...due, instrument: due.instrument ?? instrument }, facts);
  return trigger === undefined
    ? undefined
    : { trigger, period: { n, unit, convention }, roll: setBy === undefined ? 'next' : 'none' };
}

const onDay = (trigger: Trigger): OwnDate => ({ trigger, period: ON_THE_DAY, roll: 'none' });

const under = (trigger: Trigger | undefined, title: string | undefined): Trigger | undefined =>
  trigger === undefined || title === undefined ? trigger : { ...trigger, under: title };

type Counted = Extract<OwnDue, { n: number }>;

function eventOf({ from, decision, instrument }: Counted, { inspection }: Facts): Trigger | undefined {
  if (from !== 'decision-taken' && from !== 'decision-published') {
    const happenings = happeningsUnder(inspection, instrument);
    if (instrument === undefined)
      return triggerOf(happenings, from, from === 'report-received' ? 'report-published' : undefined);
    const trigger = from === 'report-received' ? cameBy(happenings) : triggerOf(happenings, from);
    return under(trigger, instrumentOf(inspection, instrument)?.title);
  }
  const found = decisionNamed(decision, inspection);
  const date = from === 'decision-taken' ? found?.takenOn : found?.publishedOn;
  return found === undefined || date === undefined ? undefined : { event: from, date, decision: found.title };
}

/** Where none is named there was one when it was written down; a later one changes nothing. */
const decisionNamed = (decision: string | undefined, inspection: Facts['inspection']): Decision | undefined =>
  countedDecisions(inspection).find((each) => decision === undefined || each.id === decision);

/** The decision from which a due date is counted; undefined where it is counted from none. */
export function decisionCountedFrom(due: OwnDue, inspection: Facts['inspection']): Decision | undefined {
  if (typeof due === 'string' || 'by' in due) return undefined;
  return due.from === 'decision-taken' || due.from === 'decision-published'
    ? decisionNamed(due.decision, inspection)
    : undefined;
}
