import { type CivilDate, formatDate, isCivilDate } from '../calendar/civil-date.ts';
import { entryOf } from '../closed-table.ts';
import type { Cycle } from '../schemas/cycle.ts';
import { everyInWords } from './cycles.ts';

/** How a cycle is written by hand; shown where one can't be read. */
export const CYCLE_EXAMPLES =
  '“every 3 months”, “every six weeks”, “the first Tuesday of every month”, “the 15th of March and September”, “the last day of every month”, “each meeting”, “every second meeting”, or days: “15 September 2026, 8 December 2026”';

type Unit = NonNullable<Cycle['unit']>;
type Month = NonNullable<Cycle['months']>[number];

const UNITS = {
  'working day': 'working-day',
  day: 'calendar-day',
  'calendar day': 'calendar-day',
  week: 'week',
  month: 'month',
} satisfies Record<string, Unit>;
/** What is one word for so many of a unit. */
const AT_ONCE = {
  daily: { n: 1, unit: 'calendar-day' },
  weekly: { n: 1, unit: 'week' },
  fortnightly: { n: 2, unit: 'week' },
  'every fortnight': { n: 2, unit: 'week' },
  monthly: { n: 1, unit: 'month' },
  'two-monthly': { n: 2, unit: 'month' },
  quarterly: { n: 3, unit: 'month' },
  'every quarter': { n: 3, unit: 'month' },
  'six-monthly': { n: 6, unit: 'month' },
  'half-yearly': { n: 6, unit: 'month' },
  'twice a year': { n: 6, unit: 'month' },
  yearly: { n: 12, unit: 'month' },
  annually: { n: 12, unit: 'month' },
  'every year': { n: 12, unit: 'month' },
} satisfies Record<string, { n: number; unit: Unit }>;
/** As the schema of a cycle has it. */
const MAX_MEETINGS = 50;
const MAX_TIMES = 3650;
const NUMBERS = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'];
const PLACES = {
  ...{ first: 'first', second: 'second', third: 'third', fourth: 'fourth', last: 'last' },
  ...{ '1st': 'first', '2nd': 'second', '3rd': 'third', '4th': 'fourth' },
} satisfies Record<string, NonNullable<Cycle['which']>>;
const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth'];
const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'] as const;
const MONTHS = [
  ...(['january', 'february', 'march', 'april', 'may', 'june'] as const),
  ...(['july', 'august', 'september', 'october', 'november', 'december'] as const),
] as const;

/**
 * How often something comes round, as somebody writes it; undefined where it can't be read.
 *
 * @example
 * cycleIn('the third Tuesday of every month') // { weekday: 'tuesday', which: 'third', convention: 'after' }
 */
export function cycleIn(text: string): Cycle | undefined {
  const said = text
    .toLowerCase()
    .replaceAll(/[\s,;]+/g, ' ')
    .replace(/\.$/, '')
    .trim();
  const plain = said.replace(/^(?:on|at) /, '');
  const read = countedIn(plain) ?? meetingsIn(plain) ?? daysIn(plain) ?? datesIn(plain);
  return read === undefined ? undefined : { ...read, convention: 'after' };
}

type Read = Omit<Cycle, 'convention'> | undefined;

/** After so many days, weeks or months. */
function countedIn(said: string): Read {
  const one = entryOf<{ n: number; unit: Unit }>(AT_ONCE, said);
  if (one !== undefined) return one;
  const [, often, word = ''] =
    /^(?:every|each) (?:(\S+) )?(working days?|calendar days?|days?|weeks?|months?|years?)$/.exec(said) ?? [];
  const singular = word.replace(/s$/, '');
  const n = often === undefined ? 1 : numberIn(often);
  if (word === '' || n === undefined || n < 1 || n > MAX_TIMES) return undefined;
  if (singular === 'year') return n > MAX_TIMES / 12 ? undefined : { n: n * 12, unit: 'month' };
  const unit = entryOf<Unit>(UNITS, singular);
  return unit === undefined ? undefined : { n, unit };
}

function meetingsIn(said: string): Read {
  const found = /^(?:each|every) (?:(\S+) )?meeting(?: of .+)?$/.exec(said);
  if (found === null) return undefined;
  const meetings = found[1] === undefined ? 1 : numberIn(found[1]);
  return meetings === undefined || meetings < 1 || meetings > MAX_MEETINGS ? undefined : { meetings };
}

/** On a day, or a weekday, of months. */
function daysIn(said: string): Read {
  const [, place = '', what = '', of = ''] = /^(?:the )?(\S+)(?: (day|\S+day))? (?:of|in) (.+)$/.exec(said) ?? [];
  const months = monthsIn(of);
  if (months === undefined) return undefined;
  const which = entryOf<NonNullable<Cycle['which']>>(PLACES, place);
  const weekday = WEEKDAYS.find((each) => each === what);
  if (weekday !== undefined)
    return which === undefined ? undefined : { weekday, which, ...(months.length === MONTHS.length ? {} : { months }) };
  if (what !== '' && what !== 'day') return undefined;
  const [, figures] = /^(\d{1,2})(?:st|nd|rd|th)?$/.exec(place) ?? [];
  const day =
    figures === undefined ? (what === 'day' && place !== 'last' ? ORDINALS.indexOf(place) + 1 : 0) : Number(figures);
  if (place === 'last' && what === 'day') return { months, day: 'last' };
  return day >= 1 && day <= 31 ? { months, day } : undefined;
}

/** 'every month', 'the month', or months by name; undefined where something else is said too. */
function monthsIn(said: string): Month[] | undefined {
  if (/^(?:every|each|the|a) month$/.test(said)) return [...MONTHS];
  const words = said.split(' ').filter((each) => each !== 'and' && each !== 'every' && each !== 'each');
  const months = words.map((word) => MONTHS.find((month) => word.length >= 3 && month.startsWith(word)));
  return months.length === 0 || months.includes(undefined) ? undefined : months.flatMap((each) => each ?? []);
}

/** On days by their dates. */
function datesIn(said: string): Read {
  const dates: CivilDate[] = [];
  const rest = said.replaceAll(
    /(?:[a-z]+day )?(\d{1,2}) ([a-z]+) (\d{4})/g,
    (_all, day: string, name: string, year: string) => {
      const month = MONTHS.findIndex((each) => name.length >= 3 && each.startsWith(name)) + 1;
      dates.push(`${year}-${String(month).padStart(2, '0')}-${day.padStart(2, '0')}`);
      return '';
    },
  );
  return dates.length === 0 || !dates.every(isCivilDate) || /[^\s]/.test(rest.replaceAll(/\band\b/g, ''))
    ? undefined
    : { dates };
}

/** A number in figures, in words, or as the how manyth: '3', 'three', 'third', '3rd'; 'other' is the second. */
function numberIn(said: string): number | undefined {
  if (said === 'other') return 2;
  const [, figures] = /^(\d{1,4})(?:st|nd|rd|th)?$/.exec(said) ?? [];
  if (figures !== undefined) return Number(figures);
  const at = Math.max(NUMBERS.indexOf(said), ORDINALS.indexOf(said));
  return at === -1 ? undefined : at + 1;
}

/** A cycle as {@link cycleIn} reads it. */
export function cycleTyped(every: Cycle): string {
  if (every.dates !== undefined) return every.dates.map((date) => formatDate(date).replace(/^\S+ /, '')).join(', ');
  const words = everyInWords(every);
  return words.replace(/^(?:on|at) /, '').replace(/ of the body$/, '');
}
