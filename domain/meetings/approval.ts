import { addDays, type CivilDate, formatDate } from '../calendar/civil-date.ts';
import { addMonths } from '../calendar/months.ts';
import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import type { Period } from '../schemas/common.ts';
import type { Constitution } from '../schemas/constitution.ts';
import { type Body, meetingDates } from './meetings.ts';

/** Clear days that the notice of a key decision needs (SI 2012/2089 reg 9), counted on the calendar. */
const FORWARD_PLAN_CLEAR_DAYS = 28;
/** Clear days that an agenda needs (SI 2012/2089 reg 6; LGA 1972 s.100B), and a notice under general exception (reg 10). */
const AGENDA_CLEAR_DAYS = 5;

/** The last dates by which each step must be taken, so that a decision is in force on a day. */
export interface LatestSteps {
  /** Publish the record of the decision. */
  publish: CivilDate;
  /** Take the decision. */
  decide: CivilDate;
  /** Publish the agenda: 5 clear working days before. */
  agenda: CivilDate;
  /** Publish the notice of a key decision: 28 clear days before, or the working day before that; null where it is not key. */
  forwardPlan: CivilDate | null;
}

/**
 * Works back from the day on which a decision must be in force: its window closed by the working day before, or, where
 * `calledIn`, scrutiny heard and the decision reconsidered in the time that the constitution allows for each.
 */
export function latestSteps(
  inForceOn: CivilDate,
  { callIn }: Constitution,
  calendar: WorkingCalendar,
  options: { key: boolean; calledIn?: boolean },
): LatestSteps {
  let day = inForceOn;
  if (options.calledIn === true) {
    if (callIn.reconsiderWithin !== undefined) day = before(day, callIn.reconsiderWithin, calendar);
    if (callIn.scrutinyWithin !== undefined) day = before(day, callIn.scrutinyWithin, calendar);
  } else day = calendar.addWorkingDays(day, -1);
  const publish = before(day, callIn.window, calendar);
  const decide = callIn.publishWithin === undefined ? publish : before(publish, callIn.publishWithin, calendar);
  return {
    publish,
    decide,
    agenda: calendar.clearDaysBefore(decide, AGENDA_CLEAR_DAYS),
    forwardPlan: options.key ? calendar.previousWorkingDay(noticeBy(decide)) : null,
  };
}

/** So long before a day, whichever unit it is counted in. */
function before(day: CivilDate, { n, unit }: Period, calendar: WorkingCalendar): CivilDate {
  if (unit === 'working-day') return calendar.addWorkingDays(day, -n);
  return unit === 'month' ? addMonths(day, -n) : addDays(day, -n);
}

/** How a duty's approval by a body fits before its date. */
export interface ApprovalAnswer {
  /** The last meeting from which the decision is still in force in time; null where none is. */
  meeting: CivilDate | null;
  /** That meeting leaves time even for a call-in that is heard and referred back. */
  survivesCallIn: boolean;
  latest: LatestSteps;
  /** What somebody should know months ahead; empty where all is well. */
  warnings: string[];
}

/**
 * Does any meeting of a body leave time for agenda, notice, publication and the call-in window before a duty's date?
 * Where none does, the warnings say what would.
 *
 * @param today meetings whose agenda or notice should have been out by now no longer count
 */
export function approvalBefore(
  duty: { title: string; due: CivilDate; key: boolean },
  body: Body,
  constitution: Constitution,
  calendar: WorkingCalendar,
  today: CivilDate,
): ApprovalAnswer {
  const latest = latestSteps(duty.due, constitution, calendar, duty);
  const called = latestSteps(duty.due, constitution, calendar, { ...duty, calledIn: true });
  const inTime = meetingDates(body).filter((date) => date >= today && date <= latest.decide);
  const fits = inTime.filter((date) => agendaBy(date, calendar) >= today && (!duty.key || noticeBy(date) >= today));
  const meeting = fits.at(-1) ?? null;
  const survivesCallIn = meeting !== null && fits.some((date) => date <= called.decide);
  const warnings: string[] = [];
  if (meeting === null) {
    warnings.push(noneFits(duty, body, latest, calendar));
    const urgent = inTime.filter((date) => agendaBy(date, calendar) >= today).at(-1);
    if (duty.key && urgent !== undefined)
      warnings.push(
        `The meeting on ${formatDate(urgent)} is too soon for the ${FORWARD_PLAN_CLEAR_DAYS} clear days' notice of a key decision; it can be used by general exception (the chair of scrutiny told, ${AGENDA_CLEAR_DAYS} clear days' notice), or by special urgency with the chair's agreement.`,
      );
  } else if (!survivesCallIn)
    warnings.push(
      `${duty.title}: the last meeting of ${body.name} that leaves time is on ${formatDate(meeting)}; if its decision were called in and referred back, the date of ${formatDate(duty.due)} would be missed. A decision by ${formatDate(called.decide)} would survive a call-in.`,
    );
  return { meeting, survivesCallIn, latest, warnings };
}

function noneFits(
  { title, due }: { title: string; due: CivilDate },
  body: Body,
  latest: LatestSteps,
  calendar: WorkingCalendar,
): string {
  const notice =
    latest.forwardPlan === null ? '' : `, with notice of the key decision by ${formatDate(latest.forwardPlan)}`;
  const extra = `an extra meeting by ${formatDate(calendar.previousWorkingDay(latest.decide))} would (agenda by ${formatDate(latest.agenda)}${notice})`;
  return `${title}, due ${formatDate(due)}: no meeting of ${body.name} on file leaves time for agenda, publication and the call-in window; ${extra}, or a decision under the urgency procedure, which is exempt from call-in.`;
}

const agendaBy = (meeting: CivilDate, calendar: WorkingCalendar): CivilDate =>
  calendar.clearDaysBefore(meeting, AGENDA_CLEAR_DAYS);
const noticeBy = (meeting: CivilDate): CivilDate => addDays(meeting, -FORWARD_PLAN_CLEAR_DAYS - 1);
