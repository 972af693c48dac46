import { Command, Option } from 'commander';
import { formatDate, formatShortDate } from '../../../domain/calendar/civil-date.ts';
import { divisions, type WorkingCalendar } from '../../../domain/calendar/working-calendar.ts';
import { calendarOfDivision, MONTHS } from '../division-calendars.ts';
import { bankHolidayCommands } from './bank-holidays.ts';
import { UsageError } from '../usage-error.ts';
import { print, type PrintOptions } from '../terminal.ts';

interface CalendarOptions extends PrintOptions {
  division: string;
}

interface DateAnswer {
  result: string;
  division: string;
  /** Bank holidays that were not counted. */
  skipped: { date: string; title: string }[];
  provisional: boolean;
  calendar: string;
}

/** `duecourse calendar`: working-day arithmetic, with the holidays it left out. */
export function calendarCommand(): Command {
  const calendar = new Command('calendar').description(
    'working-day arithmetic with the UK bank holidays, and what to do when they change',
  );
  sub(
    calendar,
    'add <date> <n>',
    'the nth working day after DATE, which is not counted itself; N may be negative or 0',
  ).action((date: string, n: string, options: CalendarOptions) => {
    const days = calendarOfDivision(options.division);
    const result = days.addWorkingDays(date, wholeNumber(n));
    printDate(answer(result, date <= result ? [date, result] : [result, date], days), options);
  });
  sub(
    calendar,
    'clear-before <date> <n>',
    'the latest working day such that N working days lie strictly between it and DATE',
  ).action((date: string, n: string, options: CalendarOptions) => {
    const days = calendarOfDivision(options.division);
    const result = days.clearDaysBefore(date, wholeNumber(n));
    printDate(answer(result, [result, date], days), options);
  });
  sub(calendar, 'count <from> <to>', 'the working days after FROM up to and including TO').action(
    (from: string, to: string, options: CalendarOptions) => {
      const days = calendarOfDivision(options.division);
      const result = days.countWorkingDays(from, to);
      print({ result, division: days.division, calendar: days.version }, options, (data) => String(data.result));
    },
  );
  calendar
    .command('add-months <date> <n>')
    .description(
      'the same day N months after DATE, or the last of a shorter month; N may be negative or 0. With --beginning-with the last day of N months of which DATE is the first day',
    )
    .option('--beginning-with', 'DATE is itself the first day: 3 months beginning with 1 March end on 31 May')
    .option('--json', 'print JSON')
    .action((date: string, n: string, options: PrintOptions & { beginningWith?: true }) => {
      const op = options.beginningWith === true ? 'months-beginning-with' : 'months-after';
      const result = MONTHS[op](date, wholeNumber(n, 'months'));
      print({ result, op }, options, () => `${result}  ${formatDate(result)}`);
    });
  calendar
    .command('batch <file>')
    .description(
      'a JSON array of {"op","division","start","n"|"end"}, op being add, clear-before, count, months-after or months-beginning-with; prints an array of results in the same order ("-" reads standard input)',
    )
    .option('--json', 'print JSON (it always does)')
    .action(async (file: string) => {
      const { answerBatch } = await import('../calendar-batch.ts');
      process.stdout.write(`${JSON.stringify(answerBatch(file))}\n`);
    });
  for (const command of bankHolidayCommands()) calendar.addCommand(command);
  return calendar;
}

function sub(parent: Command, usage: string, description: string): Command {
  return parent
    .command(usage)
    .description(description)
    .addOption(
      new Option('-d, --division <division>', 'whose bank holidays')
        .choices([...divisions])
        .default('england-and-wales'),
    )
    .option('--json', 'print JSON');
}

function wholeNumber(text: string, of = 'working days'): number {
  if (!/^[-+]?\d{1,6}$/.test(text)) throw new UsageError(`"${text}" is not a whole number of ${of}`);
  return Number(text);
}

function answer(result: string, [from, to]: [string, string], days: WorkingCalendar): DateAnswer {
  return {
    result,
    division: days.division,
    skipped: days.skippedHolidays(from, to).map(({ date, title }) => ({ date, title })),
    provisional: days.isProvisional(result),
    calendar: days.version,
  };
}

function printDate(data: DateAnswer, options: PrintOptions): void {
  print(data, options, ({ result, skipped, provisional }) =>
    [
      `${result}  ${formatDate(result)}`,
      ...skipped.map((day) => `  not counted: ${formatShortDate(day.date)}, ${day.title}`),
      ...(provisional ? ['  provisional: bank holidays of that year are projected, not yet published'] : []),
    ].join('\n'),
  );
}
