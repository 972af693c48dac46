import { CalendarError, shown } from './calendar-error.ts';
import type { CivilDate } from './civil-date.ts';
import { formatDate, fromEpochDay, isCivilDate, toEpochDay } from './civil-date.ts';
import { epochDayOf, FIRST_DAY, LAST_DAY } from './epoch-day.ts';

/** An instant: ISO 8601 with its zone ('2016-06-30T23:00:00.000Z', '…+01:00'), or milliseconds since 1970 UTC. */
export type Instant = string | number;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * Civil time in Europe/London, by name. `Intl` with a named zone is the one way to it that doesn't depend on the process's
 * zone and stays itself in Temporal's workflow sandbox. Making a formatter is slow, so there is one, made when first needed.
 */
let london: Intl.DateTimeFormat | undefined;

function londonFormat(): Intl.DateTimeFormat {
  return (london ??= new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Europe/London',
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }));
}

/** How far London's clocks are ahead of UTC at an instant, in milliseconds. */
function askOffset(ms: number): number {
  const second = Math.floor(ms / 1000) * 1000;
  const field: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
  for (const part of londonFormat().formatToParts(second)) field[part.type] = Number(part.value);
  const { year = 0, month = 0, day = 0, hour = 0, minute = 0, second: seconds = 0 } = field;
  const clock = hour * HOUR + minute * MINUTE + seconds * 1000;
  return epochDayOf(year, month, day) * DAY + clock - second;
}

/**
 * Asking takes microseconds and a plan has thousands of instants, so the offset is kept for the ends of blocks of 16 days.
 * Clocks have never changed twice in one: where both ends agree, so does what lies between.
 */
const BLOCK = 16 * DAY;
const offsetAtBlock = new Map<number, number>();

function blockOffset(block: number): number {
  const known = offsetAtBlock.get(block);
  if (known !== undefined) return known;
  const offset = askOffset(block * BLOCK);
  offsetAtBlock.set(block, offset);
  return offset;
}

function offsetAt(ms: number): number {
  const block = Math.floor(ms / BLOCK);
  const offset = blockOffset(block);
  const next = blockOffset(block + 1);
  return offset === next || ms < changeIn(block, offset) ? offset : next;
}

const changeInBlock = new Map<number, number>();

/** The instant at which the clocks change in a block whose ends differ, to the second: asked for once. */
function changeIn(block: number, before: number): number {
  const known = changeInBlock.get(block);
  if (known !== undefined) return known;
  let early = (block * BLOCK) / 1000;
  let late = ((block + 1) * BLOCK) / 1000;
  while (late - early > 1) {
    const middle = Math.floor((early + late) / 2);
    if (askOffset(middle * 1000) === before) early = middle;
    else late = middle;
  }
  changeInBlock.set(block, late * 1000);
  return late * 1000;
}

/** London's clock at an instant, as the milliseconds since 1970 that the same reading would be in UTC. */
function londonClock(ms: number): number {
  return ms + offsetAt(ms);
}

/** Minutes after midnight of 'HH:MM', 00:00 to 24:00. */
function minutesOf(time: string): number {
  const match = /^([01]\d|2[0-3]):([0-5]\d)$|^24:00$/.exec(time);
  if (match === null) {
    throw new CalendarError(
      'invalid-time',
      `${shown(time)} is not a time of day; write times as HH:MM from 00:00 to 24:00, for example 17:00`,
    );
  }
  return match[1] === undefined ? 24 * 60 : Number(match[1]) * 60 + Number(match[2]);
}

const ISO_INSTANT =
  /^(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.(\d{1,9}))?)?(?:Z|([+-])([01]\d|2[0-3]):([0-5]\d))$/;

/** Milliseconds since 1970 of an instant. A text without a zone is refused: it would mean another instant on another machine. */
function millisecondsOf(instant: Instant): number {
  if (typeof instant === 'number') {
    if (instant > FIRST_DAY * DAY && instant < LAST_DAY * DAY) return Math.floor(instant);
    throw invalidInstant(instant);
  }
  const match = ISO_INSTANT.exec(instant);
  const date = match?.[1];
  if (match === null || date === undefined || !isCivilDate(date)) throw invalidInstant(instant);
  const [, , hour, minute, second = 0, fraction = '', sign, offsetHour = 0, offsetMinute = 0] = match;
  const offset = (Number(offsetHour) * 60 + Number(offsetMinute)) * MINUTE * (sign === '-' ? -1 : 1);
  const clock = Number(hour) * HOUR + Number(minute) * MINUTE + Number(second) * 1000;
  const thousandths = Number(fraction.slice(0, 3).padEnd(3, '0'));
  return toEpochDay(date) * DAY + clock + thousandths - offset;
}

function invalidInstant(instant: Instant): CalendarError {
  return new CalendarError(
    'invalid-time',
    `${shown(instant)} is not an instant; write instants as ISO 8601 with a zone, for example 2016-06-30T23:00:00.000Z`,
  );
}

function toIso(ms: number): string {
  const epochDay = Math.floor(ms / DAY);
  const rest = ms - epochDay * DAY;
  const two = (n: number) => String(n).padStart(2, '0');
  const clock = `${two(Math.floor(rest / HOUR))}:${two(Math.floor(rest / MINUTE) % 60)}:${two(Math.floor(rest / 1000) % 60)}`;
  return `${fromEpochDay(epochDay)}T${clock}.${String(rest % 1000).padStart(3, '0')}Z`;
}

/**
 * The instant at which clocks in London show this time on this date, in UTC. '24:00' is the end of the date, the same
 * instant as '00:00' of the next one.
 *
 * On the spring change day the times 01:00 to 01:59 don't exist and move forward by the gap: 01:30 is the instant
 * clocks show 02:30. On the autumn change day they come twice, and the first is taken.
 *
 * @param date a civil date in London
 * @param time local time of day, 'HH:MM' from '00:00' to '24:00'
 * @throws CalendarError `invalid-date`; `invalid-time`
 * @example
 * instantAt('2016-06-30', '24:00') // '2016-06-30T23:00:00.000Z'
 */
export function instantAt(date: CivilDate, time: string): string {
  const clock = toEpochDay(date) * DAY + minutesOf(time) * MINUTE;
  const before = offsetAt(clock - DAY);
  const after = offsetAt(clock + DAY);
  if (before === after || offsetAt(clock - before) === before) return toIso(clock - before);
  if (offsetAt(clock - after) === after) return toIso(clock - after);
  return toIso(clock - before);
}

/**
 * Whose today a sentence speaks of: the council's, at the instant of what was asked, wherever it was asked from.
 *
 * @example
 * todayInWords('2016-06-30T23:00:00.000Z') // 'today is Friday 1 July 2016'
 */
export const todayInWords = (now: Instant): string => `today is ${formatDate(localDate(now))}`;

/**
 * The date clocks in London show at an instant. (`toISOString().slice(0, 10)` would be a day early all summer.)
 *
 * @throws CalendarError `invalid-time` where it is not an instant
 * @example
 * localDate('2016-06-30T23:00:00.000Z') // '2016-07-01'
 */
export function localDate(instant: Instant): CivilDate {
  if (last?.instant === instant) return last.date;
  const date = fromEpochDay(Math.floor(londonClock(millisecondsOf(instant)) / DAY));
  last = { instant, date };
  return date;
}

/** The last answer: a plan of thousands of duties is looked at by one and the same instant. */
let last: { instant: Instant; date: CivilDate } | undefined;

/**
 * The time of day clocks in London show at an instant, 'HH:MM' from '00:00' to '23:59'; seconds are dropped.
 *
 * @throws CalendarError `invalid-time` where it is not an instant
 * @example
 * localTime('2016-06-30T16:00:00.000Z') // '17:00'
 */
export function localTime(instant: Instant): string {
  const clock = londonClock(millisecondsOf(instant));
  return toIso(clock).slice(11, 16);
}

/**
 * A local time of day in words. Midday and midnight are named, because nobody agrees on 12:00am; '00:00' and '24:00' say
 * which end of the day they are.
 *
 * @throws CalendarError `invalid-time`
 * @example
 * formatTime('16:00') // '4:00pm'
 * formatTime('12:00') // 'midday'
 * formatTime('24:00') // 'midnight at the end of the day'
 */
export function formatTime(time: string): string {
  const minutes = minutesOf(time);
  if (minutes === 0) return 'midnight at the start of the day';
  if (minutes === 12 * 60) return 'midday';
  if (minutes === 24 * 60) return 'midnight at the end of the day';
  const hour = Math.floor(minutes / 60);
  return `${hour % 12 === 0 ? 12 : hour % 12}:${time.slice(3)}${hour < 12 ? 'am' : 'pm'}`;
}

/**
 * An instant in words, by clocks in London; seconds are dropped. Midnight belongs to the day that ends with it: a
 * "midnight on Friday" deadline is the end of Friday.
 *
 * @throws CalendarError `invalid-time` where it is not an instant
 * @example
 * formatInstant('2016-06-30T16:00:00.000Z') // '5:00pm on Thursday 30 June 2016'
 * formatInstant('2016-06-30T23:00:00.000Z') // 'midnight at the end of Thursday 30 June 2016'
 */
export function formatInstant(instant: Instant): string {
  const clock = londonClock(millisecondsOf(instant));
  const epochDay = Math.floor(clock / DAY);
  const time = toIso(clock).slice(11, 16);
  if (time === '00:00') return `midnight at the end of ${formatDate(fromEpochDay(epochDay - 1))}`;
  return `${formatTime(time)} on ${formatDate(fromEpochDay(epochDay))}`;
}
