import { addDays, format, isWeekend, parseISO } from 'date-fns';
import { calendar, calendarData } from '../test/support/facts.ts';
import { type Figure, nanosecondsEach, round } from './measure.ts';

const holidays = new Set(calendarData().holidays.map((day) => day.date));

/** Adding working days as most people would write it with date-fns: a day at a time. */
function dayByDay(start: string, n: number): string {
  let date = parseISO(start);
  for (let left = n; left > 0;) {
    date = addDays(date, 1);
    if (!isWeekend(date) && !holidays.has(format(date, 'yyyy-MM-dd'))) left--;
  }
  return format(date, 'yyyy-MM-dd');
}

/** 90 working days after each of a thousand dates, ours against a day-by-day loop. */
export function workingDays(): Figure[] {
  const starts = Array.from({ length: 1000 }, (_, index) =>
    format(addDays(parseISO('2010-01-01'), index * 5), 'yyyy-MM-dd'),
  );
  for (const start of starts)
    if (calendar.addWorkingDays(start, 90) !== dayByDay(start, 90)) throw new Error(`the two disagree on ${start}`);
  const ours = nanosecondsEach((turn) => calendar.addWorkingDays(starts[turn % 1000] ?? '', 90), 200_000);
  const loop = nanosecondsEach((turn) => dayByDay(starts[turn % 1000] ?? '', 90), 200);
  const ratio = loop.median / ours.median;
  return [
    {
      what: 'add 90 working days',
      value: `${round(ours.median)} ns (${ours.spread})`,
      goal: 'under 150 ns',
      met: ours.median < 150,
    },
    {
      what: 'the same against a date-fns day loop',
      value: `${round(ratio)} times faster`,
      against: `${round(loop.median)} ns (${loop.spread})`,
      goal: 'at least 300 times',
      met: ratio >= 300,
    },
  ];
}
