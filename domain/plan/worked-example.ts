import { type CivilDate, formatDate } from '../calendar/civil-date.ts';
import { replaceClosureDays, type CalendarData, type Division } from '../calendar/calendar-data.ts';
import { createCalendar, type WorkingCalendar } from '../calendar/working-calendar.ts';
import { dated } from '../facts/facts.ts';
import type { ConstitutionFile } from '../schemas/constitution.ts';
import type { PackRule, WorkingDayDefinition } from '../schemas/rule-pack.ts';
import type { WindowExample, WorkedExample } from '../schemas/worked-example.ts';
import { freeFrom, windowOn } from '../strands/call-in-window.ts';
import { occurrenceNumbered } from './cycles.ts';
import { startDay } from './due-date.ts';
import { milestoneFromRule } from './from-rule.ts';
import { readBy } from './readings.ts';

/** What examples are worked out with: each division's bank holidays, and what instruments call a working day. */
export interface ExampleBooks {
  bankHolidays(division: Division): CalendarData;
  workingDays: Readonly<Record<string, WorkingDayDefinition>>;
}

/** That an example does not come out, in a sentence for whoever wrote it; undefined where it does. */
type Mistake = string | undefined;

function calendarFor(
  { division, closed }: Pick<WorkedExample, 'division' | 'closed'>,
  { bankHolidays }: ExampleBooks,
): WorkingCalendar {
  const days = closed.map((date) => ({ date, title: 'closed' }));
  return createCalendar(replaceClosureDays(bankHolidays(division), days));
}

/**
 * The date to which a rule comes by itself in one of its examples, by the engine's own counting: whether the trigger's day
 * counts is the rule's convention, and a cycle is counted from the trigger.
 *
 * @throws CalendarError `out-of-range` where no holidays are known for its years
 */
function dueInExample(rule: PackRule, example: WorkedExample, books: ExampleBooks): CivilDate {
  const { on, at, reading, round: number = 1 } = example;
  const calendar = calendarFor(example, books);
  const read = reading === undefined ? rule : readBy(rule, reading);
  const days = rule.workingDays === undefined ? undefined : books.workingDays[rule.workingDays];
  const trigger = dated(rule.trigger.event, on, at);
  const from = startDay(trigger, rule.receiptCutOff, calendar);
  const round = rule.repeats ? occurrenceNumbered({ every: read.period, from }, number, calendar) : undefined;
  const about = {
    ...{ id: rule.id, title: rule.title, owner: '', trigger },
    ...(days === undefined ? {} : { workingDays: days }),
    ...(round === undefined ? {} : { round }),
  };
  return milestoneFromRule(read, about, calendar).due;
}

/** Does a rule come to the date of its example? */
export function mistakeInExample(rule: PackRule, example: WorkedExample, books: ExampleBooks): Mistake {
  if (example.at !== undefined && rule.receiptCutOff === undefined)
    return 'it names a time, and the rule counts from the day at any hour: leave `at` out';
  const due = dueInExample(rule, example, books);
  return due === example.due
    ? undefined
    : `the rule comes to ${formatDate(due)}, and the example says ${formatDate(example.due)}: one of them is wrong`;
}

/** Does a constitution's call-in window come to the days of its example? */
export function mistakeInWindow(file: ConstitutionFile, example: WindowExample, books: ExampleBooks): Mistake {
  if (example.at !== undefined && file.callIn.publicationCutOff === undefined)
    return 'it names a time, and the constitution counts from the day at any hour: leave `at` out';
  const calendar = calendarFor(example, books);
  const window = windowOn({ on: example.published, at: example.at }, file, calendar);
  if (window.due !== example.closes)
    return `the window closes on ${formatDate(window.due)}, and the example says ${formatDate(example.closes)}: one of them is wrong`;
  const free = freeFrom(window, file, calendar);
  return example.effective === undefined || free === example.effective
    ? undefined
    : `the decision can be carried out from ${formatDate(free)} on, and the example says ${formatDate(example.effective)}: one of them is wrong`;
}
