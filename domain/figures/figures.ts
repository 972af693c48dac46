import { type CivilDate, formatDate } from '../calendar/civil-date.ts';
import { localDate } from '../calendar/london.ts';
import { endOfDay } from '../audit/audit.ts';
import { loadByOfficer, type OfficerLoad } from './load.ts';
import { type MovedDates, movedDates } from './moved-dates.ts';
import { type OnTime, onTimeByQuarter } from './on-time.ts';
import { dutiesBefore, type InspectionPast, type Moment } from './past.ts';
import { endsOfQuarters, endsOfWeeks, type Quarter, quartersTo } from './periods.ts';
import { type ThemeFigures, themesOverTime } from './themes.ts';
import { byWeek, fromFirst, type WeekFigures } from './weeks.ts';

/** All figures of a day, over some years up to it. */
export interface DayFigures extends Moment {
  quarters: OnTime[];
  weeks: WeekFigures[];
  /** The days at which themes are rated: ends of quarters, and the day itself. */
  ratedOn: Moment[];
  themes: ThemeFigures[];
  moved: MovedDates;
  load: OfficerLoad[];
}

/** The rule by which all of them hold, in words. */
export const FIGURES_RULE =
  'All figures come from the record alone, as it stood at the end of the day that they are of. What was recorded later, of whatever day it speaks, counts from the day on which it was recorded: so the figures of a day that is over are the same whenever they are asked for. Entries that had to be made up again after a backup was restored count from when they happened.';

/** The years that figures may be asked for. */
export const YEARS = [1, 2, 3] as const;

const QUARTERS_A_YEAR = 4;
const FARTHEST = 20;

/**
 * The moment whose figures are those of a day: its end in London, or now where it is today.
 *
 * @param now an instant, UTC
 */
export const momentOf = (on: CivilDate, now: string): Moment => ({
  on,
  until: on < localDate(now) ? endOfDay(on) : now,
});

/** @param pasts as the register has them, of whatever is known: what lies after the moment counts for nothing */
export function figuresOf(pasts: readonly InspectionPast[], moment: Moment, years: number): DayFigures {
  const duties = dutiesBefore(pasts, moment.until);
  const quarters = onRecord(quartersTo(moment.on, years * QUARTERS_A_YEAR), pasts);
  const [{ from } = { from: moment.on }] = quarters;
  const ratedOn = endsOfQuarters(moment, quarters.length);
  return {
    ...moment,
    quarters: onTimeByQuarter(duties, quarters, moment.until),
    weeks: fromFirst(byWeek(duties, endsOfWeeks(from, moment))),
    ratedOn,
    themes: themesOverTime(duties, ratedOn),
    moved: movedDates(duties, from, FARTHEST),
    load: loadByOfficer(duties, moment),
  };
}

/** Without the quarters that were over before anything was on record; the last is there in any case. */
function onRecord(quarters: readonly Quarter[], pasts: readonly InspectionPast[]): Quarter[] {
  const first = pasts.reduce((earliest, { startedAt }) => (startedAt < earliest ? startedAt : earliest), '9999');
  const from = quarters.findIndex(({ until }) => endOfDay(until) > first);
  return quarters.slice(from === -1 ? quarters.length - 1 : from);
}

/** The entries from which titles are read. */
export const entriesNamed = ({ themes, moved, load }: DayFigures): number[] =>
  [...themes, ...moved.farthest, ...load].map(({ number }) => number);

/** Of which day figures are, in words. */
export const ofDay = ({ on, until }: Moment): string =>
  until === endOfDay(on) ? `at the end of ${formatDate(on)}` : `on ${formatDate(on)}, a day that is not over`;
