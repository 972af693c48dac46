/** The checker's own working days and local times: a loop over days, and the platform's time zones. */

const DAY_MS = 86_400_000;

/** The working day n working days after a day; before it where n is negative. */
export function workingDaysFrom(day: string, n: number, holidays: ReadonlySet<string>): string {
  const step = n < 0 ? -1 : 1;
  let at = day;
  for (let left = Math.abs(n); left > 0;) {
    at = nextDay(at, step);
    if (isWorkingDay(at, holidays)) left--;
  }
  return at;
}

/** The day itself, or the working day before it. */
export function onOrBefore(day: string, holidays: ReadonlySet<string>): string {
  return isWorkingDay(day, holidays) ? day : workingDaysFrom(day, -1, holidays);
}

export function isWorkingDay(day: string, holidays: ReadonlySet<string>): boolean {
  const weekday = new Date(`${day}T12:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !holidays.has(day);
}

function nextDay(day: string, step: number): string {
  return onTheWall(new Date(Date.parse(`${day}T12:00:00Z`) + step * DAY_MS).toISOString()).slice(0, 10);
}

const LONDON = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/London',
  dateStyle: 'short',
  timeStyle: 'medium',
});

/** An instant as a clock on a wall in London shows it, `YYYY-MM-DD HH:MM:SS`: sorts as text. */
export function onTheWall(instant: string): string {
  return LONDON.format(new Date(instant));
}

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** The first date that a sentence names in UK form, `Friday 6 March 2030`; undefined where it names none. */
export function dateIn(sentence: string): string | undefined {
  const [, day, month = '', year] = /(\d{1,2}) ([A-Z][a-z]+) (\d{4})/.exec(sentence) ?? [];
  const number = MONTHS.indexOf(month) + 1;
  if (day === undefined || year === undefined || number === 0) return undefined;
  return `${year}-${String(number).padStart(2, '0')}-${day.padStart(2, '0')}`;
}
