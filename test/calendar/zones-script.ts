/**
 * Run by zones.test.ts as a process of its own, once for each zone: prints known answers and a digest of many more, which
 * must not depend on the process's zone, and what hour `Date` says it is, which must.
 */
import { createHash } from 'node:crypto';
import { addDays, formatDate, toEpochDay, weekday } from '../../domain/calendar/civil-date.ts';
import { formatInstant, instantAt, localDate, localTime } from '../../domain/calendar/london.ts';
import { addMonths, monthsBeginningWith } from '../../domain/calendar/months.ts';
import { createCalendar, divisions } from '../../domain/calendar/working-calendar.ts';
import { agreement } from './agreement.ts';
import { dataFor, england } from './calendars.ts';

const digest = createHash('sha256');
for (const division of divisions) {
  const calendar = createCalendar(dataFor(division));
  for (let date = '2010-01-01'; date < '2034-01-01'; date = addDays(date, 3)) {
    digest.update(
      JSON.stringify([
        toEpochDay(date),
        weekday(date),
        formatDate(date),
        calendar.isWorkingDay(date),
        calendar.addWorkingDays(date, 70),
        calendar.addWorkingDays(date, -30),
        calendar.countWorkingDays('2016-02-19', date),
        calendar.clearDaysBefore(date, 5),
        calendar.isProvisional(date),
        addMonths(date, 3),
        monthsBeginningWith(date, 3),
        instantAt(date, '01:30'),
        formatInstant(instantAt(date, '24:00')),
        localDate(instantAt(date, '09:00')),
        localTime(instantAt(date, '23:59')),
      ]),
    );
  }
}

console.log(
  JSON.stringify({
    hourHere: new Date(Date.UTC(2016, 5, 30, 12)).getHours(),
    digest: digest.digest('hex'),
    agreement: agreement(),
    known: {
      due: england.addWorkingDays('2016-02-19', 90),
      callInCloses: instantAt(england.addWorkingDays('2010-10-29', 5), '24:00'),
      agenda: england.clearDaysBefore('2016-05-10', 5),
      summerMidnight: localDate('2016-06-30T23:00:00.000Z'),
      spring: instantAt('2016-03-27', '24:00'),
      autumn: instantAt('2016-10-30', '24:00'),
      inTheGap: localTime(instantAt('2016-03-27', '01:30')),
      words: formatInstant('2016-06-30T23:00:00.000Z'),
    },
  }),
);
