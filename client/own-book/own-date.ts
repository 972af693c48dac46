import { type CivilDate, formatDate, fromEpochDay, toEpochDay } from '../../domain/calendar/civil-date.ts';
import { lastOfMonth } from '../../domain/calendar/months.ts';
import { readDate } from '../../domain/schemas/date-mistake.ts';
import { oneLine } from '../plan-book/read-cell.ts';
import type { CellContent } from '../workbook/cells.ts';

/** A day as somebody wrote it; `read` where it is not said in so many words which day that is. */
export type OwnDate = { date: CivilDate; read?: string } | { wrong: string };

const MONTH =
  '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
/** 'Mar 2027', 'end of March 2027', 'Mar-27' as Excel shows a month. */
const OF_A_MONTH = new RegExp(`^(?:(?:by )?(?:the )?end (?:of )?|by )?${MONTH}\\.?(?: |-|, )(\\d{4}|\\d{2})$`, 'i');
const SHORT_YEAR = /^(\d{1,2})([/.\- ])(\d{1,2})\2(\d{2})$/;
/** What Excel counts days from, with the day in 1900 that there was not: days of 2009 to 2064 are seen as such. */
const SERIAL = { from: toEpochDay('1899-12-30'), first: 40_000, last: 60_000 };

/** The day that a cell of a plan means; what only a person can say is wrong: a clause, without a full stop. */
export function ownDate(content: CellContent): OwnDate {
  switch (content.is) {
    case 'date':
      return { date: content.date };
    case 'number':
      return serial(content.value) ?? { wrong: `${content.value} is not a date` };
    case 'unusable':
      return { wrong: content.why };
    case 'truth':
      return { wrong: 'it is not a date' };
    case 'text':
      return inWords(oneLine(content.text));
  }
}

function inWords(text: string): OwnDate {
  const said = written(text);
  if (said !== undefined) return { date: said };
  const [, day = '', , month = '', year = ''] = SHORT_YEAR.exec(text) ?? [];
  const whole = day === '' ? undefined : written(`${day}/${month}/20${year}`);
  if (whole !== undefined) return readAs(text, whole);
  const [, name = '', of = ''] = OF_A_MONTH.exec(text) ?? [];
  const first = name === '' ? undefined : written(`1 ${name} ${of.padStart(4, '20')}`);
  if (first !== undefined) return readAs(text, lastOfMonth(first));
  const count = /^\d{5}$/.test(text) ? serial(Number(text)) : undefined;
  return count ?? { wrong: `“${text.slice(0, 60)}” is not a date: write it as day/month/year` };
}

/** A day that is said in so many words. */
function written(text: string): CivilDate | undefined {
  const read = readDate(text);
  if ('date' in read) return read.date;
  return read.wrong === 'written' ? read.meant : undefined;
}

const readAs = (text: string, date: CivilDate): OwnDate => ({ date, read: `“${text}” is read as ${formatDate(date)}` });

/** A day of which the cell holds the number by which spreadsheets count it. */
function serial(value: number): OwnDate | undefined {
  if (!Number.isInteger(value) || value < SERIAL.first || value > SERIAL.last) return undefined;
  return readAs(String(value), fromEpochDay(SERIAL.from + value));
}
