import { type CivilDate, formatDate, formatShortDate } from '../calendar/civil-date.ts';
import { formatInstant, instantAt } from '../calendar/london.ts';
import type { Holiday } from '../calendar/calendar-data.ts';
import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import type { Period } from '../schemas/common.ts';
import type { Rule } from '../schemas/rule-pack.ts';
import type { Meeting } from '../meetings/meetings.ts';
import { EVENTS } from '../facts/events.ts';
import type { Trigger } from '../facts/facts.ts';
import { unstopped } from '../unstopped.ts';
import { citedInFull } from './citation.ts';
import type { Occurrence } from './cycles.ts';
import { amountInWords, CONVENTIONS, lastDayOf, UNITS } from './counting.ts';

/** What a due date is worked out from. */
export interface DueQuestion {
  period: Period;
  trigger: Trigger;
  /** It is a round of a cycle: counted from the trigger by so many periods, or on the day that the cycle itself says. */
  round?: Occurrence;
  roll: Rule['roll'];
  cutOff: string;
  receiptCutOff?: string;
  /** What the date is of: by default a duty, which is late after its last instant. */
  nature?: Rule['nature'];
  /** Moved to the first of these on or after the date, where there is one. */
  meetings?: MeetingQuestion;
}

/** What becomes of it at its last instant, by what the date is of. */
const ENDINGS: Record<Rule['nature'], (instant: string) => string> = {
  duty: (instant) => `It is late after ${instant}.`,
  right: (instant) => `It closes at ${instant}.`,
  'of-others': () => 'It is not the council’s own act: the date is for being ready.',
};

/** Which body it goes to. */
export interface MeetingQuestion {
  body: string;
  /** By date, those that do not take place too. */
  meetings: Meeting[];
  /** It may be done before: where the body meets between the event and the counted day, the last of these meetings is meant. */
  orBefore?: true;
  /** The written route, by its title, takes over where a meeting was cancelled and none is left before this day. */
  written?: { title: string; before?: CivilDate };
}

export interface DueAnswer {
  due: CivilDate;
  /** The instant at which it is late, UTC. */
  dueAt: string;
  provisional: boolean;
  explanation: string[];
  /** The written route takes the meeting's place. */
  written?: boolean;
}

/**
 * Works out a due date and says why, step by step.
 *
 * Whether the trigger's own day counts is the period's convention: `after` leaves it out, `beginning-with` makes it
 * day 1, `clear-before` counts back and leaves out both ends. The last day counts to the cut-off in Europe/London.
 * A cycle is always counted from the trigger, never from an already clamped or rolled date.
 *
 * @throws CalendarError 'out-of-range' where no holidays are known, not even projected ones
 */
export function dueDate(question: DueQuestion, calendar: WorkingCalendar): DueAnswer {
  const explanation: string[] = [];
  const counted = countedDay(question, calendar, explanation);
  const { due, written } = place(counted, question, calendar, explanation);
  const dueAt = instantAt(due, question.cutOff);
  explanation.push(ENDINGS[question.nature ?? 'duty'](formatInstant(dueAt)));
  const provisional = calendar.isProvisional(due);
  if (provisional)
    explanation.push(
      `Provisional: the bank holidays are published up to ${formatDate(calendar.publishedUntil)}; later ones are projected and may change.`,
    );
  return { due, dueAt, provisional, explanation, ...(written ? { written } : {}) };
}

/** The day on which its period runs out, or on which its cycle comes round, before any move; why goes to the explanation. */
function countedDay(question: DueQuestion, calendar: WorkingCalendar, explanation: string[]): CivilDate {
  const { period, trigger, round } = question;
  if (round !== undefined && round.times === undefined) {
    explanation.push(...round.why);
    return round.on;
  }
  explanation.push(triggerSentence(trigger));
  const start = receiptDay(question, calendar, explanation);
  const whole = { ...period, n: period.n * (round?.times ?? 1) };
  const counted = lastDayOf(whole, start, calendar);
  // A date that somebody set has been said.
  if (trigger.event !== 'action-date' || trigger.words !== undefined)
    explanation.push(
      countSentence(whole, question, counted, !UNITS[period.unit].working || calendar.isWorkingDay(start)),
    );
  explanation.push(...skippedSentences(start, counted, period, calendar));
  return counted;
}

function triggerSentence({ event, date, standsInFor, decision, under, setBy }: Trigger): string {
  const { happened: usual, dateAlone = false } = EVENTS[event];
  if (event === 'action-date' && setBy !== undefined) return `The date was set by ${setBy}: ${formatDate(date)}.`;
  const happened = decision === undefined ? usual : usual.replace('The decision', `The decision "${decision}"`);
  const of = under === undefined ? '' : ` (${under})`;
  const sentence = `${happened} ${dateAlone ? '' : 'on '}${formatDate(date)}${of}`;
  if (standsInFor === undefined) return `${sentence}.`;
  return `${sentence}; ${EVENTS[standsInFor].whenItWas ?? 'when the event itself was'} is not on file, so this date stands in for it.`;
}

/** The day from which an event counts: one after the rule's receipt cut-off counts from the next working day. */
export function startDay(
  { date, time }: Trigger,
  receiptCutOff: string | undefined,
  calendar: WorkingCalendar,
): CivilDate {
  const isLate = receiptCutOff !== undefined && time !== undefined && time > receiptCutOff;
  return isLate ? calendar.addWorkingDays(date, 1) : date;
}

/** 'It came at 16:40', 'It was published at 17:30'. */
const cameAt = ({ event, time = '' }: Trigger): string =>
  `It ${event === 'decision-published' ? 'was published' : 'came'} at ${time}`;

/** The same, with the reason where it is another day than the event's. */
function receiptDay(question: DueQuestion, calendar: WorkingCalendar, explanation: string[]): CivilDate {
  const { trigger, receiptCutOff = '' } = question;
  const start = startDay(trigger, question.receiptCutOff, calendar);
  if (start !== trigger.date)
    explanation.push(
      `${cameAt(trigger)}, after ${receiptCutOff}, so it counts from the next working day, ${formatDate(start)}.`,
    );
  else if (trigger.time === undefined && question.receiptCutOff !== undefined)
    explanation.push(
      `At what time it ${trigger.event === 'decision-published' ? 'was published' : 'came'} is not on file: after ${receiptCutOff} it would count from the next working day, and it is taken to have been before.`,
    );
  else if (trigger.time !== undefined && question.receiptCutOff === undefined)
    explanation.push(`${cameAt(trigger)}, which makes no difference: this rule counts from its day at any hour.`);
  return start;
}

function countSentence(
  whole: Period,
  { period, round, trigger }: DueQuestion,
  counted: CivilDate,
  isDayOne: boolean,
): string {
  const end = formatDate(counted);
  if (trigger.words !== undefined)
    return `The words are "${trigger.words}": ${end} is the latest day that they can mean.`;
  const turn =
    round === undefined
      ? ''
      : ` (round ${round.number} of a cycle of ${amountInWords(period)}, always counted from that day)`;
  return CONVENTIONS[period.convention].sentence(amountInWords(whole), turn, end, isDayOne);
}

const names = new WeakMap<Holiday, string>();

/** Holidays of a fixed day: on another one it is the substitute for one that fell on a weekend. */
const FIXED_DAYS: ReadonlyMap<string, string> = new Map([
  ['New Year’s Day', '01-01'],
  ['2nd January', '01-02'],
  ['St Patrick’s Day', '03-17'],
  ['St Andrew’s Day', '11-30'],
  ['Christmas Day', '12-25'],
  ['Boxing Day', '12-26'],
]);

/**
 * 'Good Friday (Fri 25 March 2016)', 'the substitute day for Christmas Day (Mon 27 December 2010)': kept, because a plan says the
 * same few of them again and again.
 */
function named(day: Holiday): string {
  const { title, date } = day;
  const fixed = FIXED_DAYS.get(title);
  const substitute = fixed === undefined || date.endsWith(fixed) ? '' : 'the substitute day for ';
  const known = names.get(day) ?? `${substitute}${title} (${formatShortDate(date)})`;
  names.set(day, known);
  return known;
}

function skippedSentences(start: CivilDate, end: CivilDate, period: Period, calendar: WorkingCalendar): string[] {
  if (!UNITS[period.unit].working || period.n === 0) return [];
  const [from, to] = start <= end ? [CONVENTIONS[period.convention].dayZero(start), end] : [end, start];
  const skipped = calendar.skippedHolidays(from, to);
  const weekend = calendar.isWorkingDay(start)
    ? []
    : [`${formatDate(start)} is not a working day; counting starts with the next one.`];
  if (skipped.length === 0)
    return [...weekend, 'Saturdays and Sundays are not counted; no bank holiday falls in between.'];
  const skippedNames = skipped.map(named).join(', ');
  return [...weekend, `Saturdays and Sundays are not counted, nor ${skippedNames}.`];
}

/** Moves a counted date to the body's next meeting, to the written route in its place, or by the rule's roll. */
function place(
  counted: CivilDate,
  question: DueQuestion,
  calendar: WorkingCalendar,
  explanation: string[],
): { due: CivilDate; written: boolean } {
  if (question.meetings === undefined) return { due: rolled(counted, question, calendar, explanation), written: false };
  const { body, meetings, written, orBefore } = question.meetings;
  const before = meetings.findLast(
    (each) => each.on > question.trigger.date && each.on < counted && each.cancelled === undefined,
  )?.on;
  if (orBefore === true && before !== undefined && !meetings.some((each) => each.on === counted)) {
    explanation.push(`${body} meets before that, on ${formatDate(before)}.`);
    return { due: before, written: false };
  }
  const next = meetings.find((each) => each.on >= counted && each.cancelled === undefined)?.on;
  const until = [next, written?.before].filter((day) => day !== undefined).sort()[0];
  const cancelled = meetings.filter(
    (each) => each.cancelled !== undefined && each.on >= counted && (until === undefined || each.on < until),
  );
  for (const each of cancelled)
    explanation.push(`The meeting of ${body} on ${formatDate(each.on)} does not take place: ${each.cancelled ?? ''}.`);
  const tooLate = next === undefined || (written?.before !== undefined && next >= written.before);
  if (written !== undefined && cancelled.length > 0 && tooLate) {
    explanation.push(
      `No other meeting is left before the next round, so the written route takes over: ${written.title}.`,
    );
    return { due: rolled(counted, question, calendar, explanation), written: true };
  }
  if (next === undefined) {
    explanation.push(`No meeting of ${body} is on file on or after that day.`);
    return { due: rolled(counted, question, calendar, explanation), written: false };
  }
  explanation.push(
    next === counted ? `${body} meets that day.` : `Moved to the next meeting of ${body}, on ${formatDate(next)}.`,
  );
  return { due: next, written: false };
}

/** Moved by the rule's roll, where it is no working day. */
function rolled(
  counted: CivilDate,
  question: DueQuestion,
  calendar: WorkingCalendar,
  explanation: string[],
): CivilDate {
  if (question.roll === 'none' || calendar.isWorkingDay(counted)) return counted;
  const moved = question.roll === 'next' ? calendar.nextWorkingDay(counted) : calendar.previousWorkingDay(counted);
  explanation.push(
    `${formatDate(counted)} is not a working day; the rule moves it to the ${question.roll} one, ${formatDate(moved)}.`,
  );
  return moved;
}

/** The strictest other reading that falls before the due date, with its source. */
export function stricterReading(
  rule: Pick<Rule, 'readings' | 'roll' | 'cutOff'>,
  question: DueQuestion,
  answer: DueAnswer,
  calendar: WorkingCalendar,
): { due: CivilDate; dueAt: string; why: string } | undefined {
  let strictest: { due: CivilDate; dueAt: string; why: string } | undefined;
  for (const other of rule.readings) {
    const { due, dueAt } = dueDate({ ...question, period: other.period, roll: other.roll ?? question.roll }, calendar);
    if (due >= answer.due || (strictest !== undefined && due >= strictest.due)) continue;
    strictest = {
      due,
      dueAt,
      why: `${amountInWords(other.period)} by another reading: ${unstopped(citedInFull(other.citation))}`,
    };
  }
  return strictest;
}
