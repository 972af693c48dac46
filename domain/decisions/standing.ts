import { type CivilDate, formatDate } from '../calendar/civil-date.ts';
import { formatInstant, instantAt } from '../calendar/london.ts';
import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import { NO_CONSTITUTION } from './no-constitution.ts';
import { callInOf } from './counted.ts';
import type { Facts } from '../facts/facts.ts';
import type { PlannedMilestone } from '../milestone/milestone.ts';
import type { Decision } from '../schemas/inspection.ts';
import { exemptionOf } from './exemption.ts';
import { callInWindow, freeFrom, otherwiseOf, windowId } from '../strands/call-in-window.ts';

/** Where a decision stands between being taken and being implemented. */
export interface Standing {
  /** When its call-in window closes or closed, UTC; null where it has none, or is not published yet. */
  closesAt: string | null;
  /** Can it still be called in? Not once it has been, however long its window would have been open. */
  open: boolean;
  /** Was it called in, and has scrutiny still to consider it? */
  calledIn?: true;
  /** From which day on it can be implemented; null where that is not known yet, or never will be. */
  from: CivilDate | null;
  /** In a sentence. */
  why: string;
}

/**
 * Can a decision be implemented, and from when? Not before its record is published and its window closed, nor while a
 * call-in is undecided; what is exempt at once. Nor before the day from which its record says that it takes effect.
 *
 * @param now an instant, UTC
 */
export function decisionStanding(decision: Decision, facts: Facts, calendar: WorkingCalendar, now: string): Standing {
  if (decision.withdrawn !== undefined)
    return {
      closesAt: null,
      open: false,
      from: null,
      why: `It does not count: it was withdrawn (${decision.withdrawn}).`,
    };
  const exempt = exemptionOf(decision, facts);
  if (exempt !== undefined)
    return { closesAt: null, open: false, from: later(decision.takenOn, decision), why: exempt };
  const { publishedOn } = decision;
  if (publishedOn === undefined)
    return {
      closesAt: null,
      open: false,
      from: null,
      why: 'Its record has not been published, so its call-in window has not begun.',
    };
  const window = windowOf(decision, facts, calendar);
  if (window === undefined)
    return {
      closesAt: null,
      open: false,
      from: null,
      why: `Its call-in window is not known. ${NO_CONSTITUTION}`,
    };
  const { dueAt: closesAt, due } = window;
  const called = callInOf(facts.inspection, decision.id);
  if (called === undefined) {
    const from = freeFrom(window, facts.constitution, calendar);
    const open = closesAt > now;
    return {
      closesAt,
      open,
      from: open ? null : later(from, decision),
      why: `${
        open
          ? `Its call-in window is open until ${formatInstant(closesAt)}; with no call-in it can be implemented from ${formatDate(from)} on.`
          : `Its call-in window closed on ${formatDate(due)} with no call-in.`
      }${effectSentence(decision, window, from)}`,
    };
  }
  const { resolution, reconsidered } = called;
  if (resolution === undefined)
    return {
      closesAt,
      open: false,
      calledIn: true,
      from: null,
      why: `It was called in on ${formatDate(called.receivedOn)}, and scrutiny has not considered it yet.${facts.constitution === null ? '' : otherwiseOf(facts.constitution)}`,
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

function windowOf({ id }: Decision, facts: Facts, calendar: WorkingCalendar): PlannedMilestone | undefined {
  // Windows are no cycle: how far ahead is planned is nothing to them.
  return callInWindow.milestones(facts, calendar, { cycles: { until: '' } }).find((each) => each.id === windowId(id));
}

/** A day, or the one from which the record says that the decision takes effect where that is later. */
const later = (day: CivilDate, { effectiveFrom = '' }: Decision): CivilDate =>
  effectiveFrom > day ? effectiveFrom : day;

/** That a decision takes effect, by its record, before its window has closed; empty where it does not. */
function effectSentence({ effectiveFrom }: Decision, { due, dueAt }: PlannedMilestone, free: CivilDate): string {
  // A day off after the window's last day is not early: nobody can call in any more.
  if (effectiveFrom === undefined || effectiveFrom >= free || effectiveFrom > due) return '';
  return ` Its record says that it takes effect on ${formatDate(effectiveFrom)}, but its call-in window closes at ${formatInstant(dueAt)}: it can be carried out from ${formatDate(free)} on.`;
}

/** The same for whoever looks at a file before the start; undefined where nothing is early. */
export function earlyEffect(decision: Decision, facts: Facts, calendar: WorkingCalendar): string | undefined {
  const window = windowOf(decision, facts, calendar);
  const sentence =
    window === undefined ? '' : effectSentence(decision, window, freeFrom(window, facts.constitution, calendar));
  return sentence === '' ? undefined : `"${decision.title}":${sentence}`;
}

/** That a decision was carried out, by the file, before it could be; undefined where it was not. */
export function earlyImplementation(decision: Decision, facts: Facts, calendar: WorkingCalendar): string | undefined {
  const { title, implementedOn } = decision;
  // Without a constitution nothing is known of its window, and that is said by itself.
  if (implementedOn === undefined || facts.constitution === null) return undefined;
  const { from, why } = decisionStanding(decision, facts, calendar, instantAt(implementedOn, '24:00'));
  if (from !== null && implementedOn >= from) return undefined;
  const free = from === null ? 'before it could be' : `before ${formatDate(from)}, from which on it could be`;
  return `"${title}" was carried out on ${formatDate(implementedOn)}, ${free}: ${why}`;
}
