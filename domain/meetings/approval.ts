import { type CivilDate, formatDate } from '../calendar/civil-date.ts';
import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import { latestStartOf } from '../plan/counting.ts';
import type { Constitution } from '../schemas/constitution.ts';
import { agendaBy, generalExceptionBy, keyNoticeBy } from './clear-days.ts';
import { isExecutive } from './body-kind.ts';
import { type Body, meetingDates } from './meetings.ts';
import { GENERAL_EXCEPTION_CLEAR_DAYS, KEY_NOTICE_CLEAR_DAYS } from './statutory-days.ts';

/** The last dates by which each step must be taken, so that a decision is in force on a day. */
export interface LatestSteps {
  /** Publish the record of the decision. */
  publish: CivilDate;
  /** Take the decision. */
  decide: CivilDate;
  /** Publish the agenda: so many clear working days before as the body's file says, 5 where it says nothing. */
  agenda: CivilDate;
  /** Publish the notice of a key decision: 28 clear days before, or the working day before that; null where it is not key. */
  forwardPlan: CivilDate | null;
}

/**
 * Works back from the day on which a decision must be in force: its window closed by the working day before, or, where
 * `calledIn`, scrutiny heard and the decision reconsidered in the time that the constitution allows for each. What the
 * constitution allows no time for takes none: see {@link unknownOfCallIn}. What is not the executive's can't be called in, and
 * is in force at once.
 */
export function latestSteps(
  inForceOn: CivilDate,
  body: Pick<Body, 'papers' | 'kind'>,
  { callIn }: Constitution,
  calendar: WorkingCalendar,
  options: { key: boolean; calledIn?: boolean },
): LatestSteps {
  if (!isExecutive(body))
    return { publish: inForceOn, decide: inForceOn, agenda: agendaBy(inForceOn, body, calendar), forwardPlan: null };
  const counted = calendar.countingBy(callIn.closureDays);
  let day = inForceOn;
  if (options.calledIn === true) {
    if (callIn.reconsiderWithin !== undefined) day = latestStartOf(callIn.reconsiderWithin, day, counted);
    if (callIn.scrutinyWithin !== undefined) day = latestStartOf(callIn.scrutinyWithin, day, counted);
  } else day = calendar.addWorkingDays(day, -1);
  const publish = latestStartOf(callIn.window, day, counted);
  const decide = callIn.publishWithin === undefined ? publish : latestStartOf(callIn.publishWithin, publish, counted);
  return {
    publish,
    decide,
    agenda: agendaBy(decide, body, calendar),
    forwardPlan: options.key ? calendar.previousWorkingDay(keyNoticeBy(decide, calendar)) : null,
  };
}

/** What a call-in takes that the constitution names no number for, in words; empty where it names both. */
function unknownOfCallIn({ callIn }: Constitution): string {
  return [
    ...(callIn.scrutinyWithin === undefined ? ['scrutiny to meet'] : []),
    ...(callIn.reconsiderWithin === undefined ? ['the decision to be reconsidered'] : []),
  ].join(' or for ');
}

/** Whether a decision leaves time for a call-in that is heard and referred back; not known where no number is named for it. */
export type SurvivesCallIn = true | false | 'not-known';

/** How one date of a duty fits the meetings on file. */
export interface MeetingInTime {
  /** The last meeting from which the decision is still in force in time; null where none is. */
  meeting: CivilDate | null;
  survivesCallIn: SurvivesCallIn;
}

/** How a duty's approval by a body fits before its date. */
export interface ApprovalAnswer extends MeetingInTime {
  latest: LatestSteps;
  /** The same for the date by a stricter reading, where the duty has one. */
  stricter?: MeetingInTime & { due: CivilDate };
  /** What somebody should know months ahead; empty where all is well. */
  warnings: string[];
}

/** What is to be approved, with its date and the one by a stricter reading. */
export interface DutyToApprove {
  title: string;
  due: CivilDate;
  key: boolean;
  stricter?: { due: CivilDate } | undefined;
}

/**
 * Does any meeting of a body leave time for agenda, notice, publication and the call-in window before a duty's date, and
 * before the date of its stricter reading? Where none does, the warnings say what would.
 *
 * @param today meetings whose agenda or notice should have been out by now no longer count
 */
export function approvalBefore(
  duty: DutyToApprove,
  body: Body,
  constitution: Constitution,
  calendar: WorkingCalendar,
  today: CivilDate,
): ApprovalAnswer {
  const about = { duty, body, constitution, calendar, today };
  const own = answerFor(duty.due, `due ${formatDate(duty.due)}`, about);
  if (duty.stricter === undefined) return own;
  const { due } = duty.stricter;
  const { meeting, survivesCallIn, warnings } = answerFor(due, `due ${formatDate(due)} by a stricter reading`, about);
  const same = meeting === own.meeting && survivesCallIn === own.survivesCallIn;
  return {
    ...own,
    stricter: { due, meeting, survivesCallIn },
    // What is wrong with both dates is said once.
    warnings: same ? own.warnings : [...own.warnings, ...warnings],
  };
}

interface Question {
  duty: DutyToApprove;
  body: Body;
  constitution: Constitution;
  calendar: WorkingCalendar;
  today: CivilDate;
}

function answerFor(due: CivilDate, dueInWords: string, question: Question): ApprovalAnswer {
  const { body, constitution, calendar, today } = question;
  const executive = isExecutive(body);
  const duty = { ...question.duty, key: question.duty.key && executive };
  const latest = latestSteps(due, body, constitution, calendar, { key: duty.key });
  const inTime = meetingDates(body).filter((date) => date >= today && date <= latest.decide);
  const withAgenda = inTime.filter((date) => agendaBy(date, body, calendar) >= today);
  const fits = withAgenda.filter((date) => !duty.key || keyNoticeBy(date, calendar) >= today);
  const meeting = fits.at(-1) ?? null;
  if (meeting === null) {
    const urgent = withAgenda.filter((date) => generalExceptionBy(date, calendar) >= today).at(-1);
    const warnings = [noneFits(dueInWords, latest, question), ...tooSoonForNotice(duty.key ? urgent : undefined)];
    return { meeting, survivesCallIn: false, latest, warnings };
  }
  const called = latestSteps(due, body, constitution, calendar, { key: duty.key, calledIn: true });
  const unknown = executive ? unknownOfCallIn(constitution) : '';
  const early = fits.some((date) => date <= called.decide);
  const survivesCallIn = early && unknown !== '' ? 'not-known' : early;
  const lastMeeting = `${duty.title}, ${dueInWords}: the last meeting of ${body.name} that leaves time is on ${formatDate(meeting)}`;
  const warnings: Record<`${SurvivesCallIn}`, string[]> = {
    true: [],
    false: [
      `${lastMeeting}; if its decision were called in and referred back, the date of ${formatDate(due)} would be missed. A decision by ${formatDate(called.decide)} would survive a call-in${unknown === '' ? '' : `, and perhaps only an earlier one: ${constitution.title} names no days for ${unknown}`}.`,
    ],
    'not-known': [
      `${lastMeeting}. Whether the date would be met after a call-in is not known: ${constitution.title} names no days for ${unknown}. Ask the officer who looks after the constitution how long that takes.`,
    ],
  };
  return { meeting, survivesCallIn, latest, warnings: warnings[`${survivesCallIn}`] };
}

function noneFits(dueInWords: string, latest: LatestSteps, { duty, body, calendar }: Question): string {
  const notice =
    latest.forwardPlan === null ? '' : `, with notice of the key decision by ${formatDate(latest.forwardPlan)}`;
  if (!isExecutive(body))
    return `${duty.title}, ${dueInWords}: no meeting of ${body.name} on file leaves time for its agenda; an extra meeting by ${formatDate(calendar.previousWorkingDay(latest.decide))} would (agenda by ${formatDate(latest.agenda)}).`;
  const extra = `an extra meeting by ${formatDate(calendar.previousWorkingDay(latest.decide))} would (agenda by ${formatDate(latest.agenda)}${notice})`;
  return `${duty.title}, ${dueInWords}: no meeting of ${body.name} on file leaves time for agenda, publication and the call-in window; ${extra}, or a decision under the urgency procedure, which is exempt from call-in.`;
}

function tooSoonForNotice(meeting: CivilDate | undefined): string[] {
  if (meeting === undefined) return [];
  return [
    `The meeting on ${formatDate(meeting)} is too soon for the ${KEY_NOTICE_CLEAR_DAYS} clear days' notice of a key decision; it can be used by general exception (the chair of scrutiny told, ${GENERAL_EXCEPTION_CLEAR_DAYS} clear days' notice), or by special urgency with the chair's agreement.`,
  ];
}
