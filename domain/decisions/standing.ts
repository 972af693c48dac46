import { type CivilDate, formatDate } from '../calendar/civil-date.ts';
import { formatInstant, localDate } from '../calendar/london.ts';
import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import type { Facts } from '../facts/facts.ts';
import type { Decision } from '../schemas/inspection.ts';
import { callInWindow, windowId } from '../strands/call-in-window.ts';

/** Where a decision stands between being taken and being implemented. */
export interface Standing {
  /** When its call-in window closes or closed, UTC; null where it has none, or is not published yet. */
  closesAt: string | null;
  /** Can it still be called in? Not once it has been, however long its window would have been open. */
  open: boolean;
  /** From which day on it can be implemented; null where that is not known yet, or never will be. */
  from: CivilDate | null;
  /** In a sentence. */
  why: string;
}

/**
 * Can a decision be implemented, and from when? Not before its record is published and its window closed, nor while a
 * call-in is undecided; an urgent one at once.
 *
 * @param now an instant, UTC
 */
export function decisionStanding(decision: Decision, facts: Facts, calendar: WorkingCalendar, now: string): Standing {
  if (decision.urgent)
    return { closesAt: null, open: false, from: decision.takenOn, why: 'It is urgent, and exempt from call-in.' };
  const { publishedOn } = decision;
  if (publishedOn === undefined)
    return {
      closesAt: null,
      open: false,
      from: null,
      why: 'Its record has not been published, so its call-in window has not begun.',
    };
  const window = callInWindow
    .milestones(facts, calendar, { cycles: { today: localDate(now), ahead: 0 } })
    .find((each) => each.id === windowId(decision.id));
  if (window === undefined)
    return {
      closesAt: null,
      open: false,
      from: null,
      why: 'No constitution is on file, so its call-in window is not known.',
    };
  const { dueAt: closesAt, due } = window;
  const called = facts.inspection.callIns.find((each) => each.decision === decision.id);
  if (called === undefined) {
    const from = calendar.addWorkingDays(due, 1);
    const open = closesAt > now;
    return {
      closesAt,
      open,
      from: open ? null : from,
      why: open
        ? `Its call-in window is open until ${formatInstant(closesAt)}; with no call-in it can be implemented from ${formatDate(from)} on.`
        : `Its call-in window closed on ${formatDate(due)} with no call-in.`,
    };
  }
  const { resolution, reconsidered } = called;
  if (resolution === undefined)
    return {
      closesAt,
      open: false,
      from: null,
      why: `It was called in on ${formatDate(called.receivedOn)}, and scrutiny has not considered it yet.`,
    };
  if (resolution.outcome === 'no-further-action')
    return {
      closesAt,
      open: false,
      from: resolution.on,
      why: `Scrutiny resolved on ${formatDate(resolution.on)} that no further action is needed.`,
    };
  const whom = resolution.outcome === 'refer-back' ? 'the decision maker' : 'full Council';
  if (reconsidered === undefined)
    return {
      closesAt,
      open: false,
      from: null,
      why: `It was referred to ${whom} on ${formatDate(resolution.on)}, and has not been dealt with yet.`,
    };
  return reconsidered.outcome === 'withdrawn'
    ? { closesAt, open: false, from: null, why: `It was withdrawn on ${formatDate(reconsidered.on)}.` }
    : {
        closesAt,
        open: false,
        from: reconsidered.on,
        why: `${whom === 'full Council' ? 'Full Council' : 'The decision maker'} ${reconsidered.outcome} it on ${formatDate(reconsidered.on)}.`,
      };
}
