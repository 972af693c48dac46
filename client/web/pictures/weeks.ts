import { scaleLinear } from 'd3-scale';
import { formatShortDate, formatShortMonth, toEpochDay } from '../../../domain/calendar/civil-date.ts';
import type { WeekFigures } from '../../../domain/figures/weeks.ts';
import { renderTemplate } from '../render.ts';

/** In user units of the picture; text is 13 units high. */
const WIDTH = 760;
const LEFT = 46;
const RIGHT = 100;
const TOP = 16;
const BOTTOM = 190;
const HEIGHT = 216;
/** Labels of months that stand clear of each other. */
const MAX_LABELS = 9;
/** The two last numbers stand at least so far from each other. */
const APART = 16;

/** What was to do and what was overdue, week by week, as two lines in SVG: one whole, one of dashes, each with its last number. */
export function weeksSvg(weeks: readonly WeekFigures[], id: string): string {
  const [first, last] = [weeks[0], weeks.at(-1)];
  if (first === undefined || last === undefined) return '';
  const most = Math.max(1, ...weeks.map(({ open }) => open));
  const across = scaleLinear(
    [toEpochDay(first.on), Math.max(toEpochDay(last.on), toEpochDay(first.on) + 1)],
    [LEFT, WIDTH - RIGHT],
  );
  const up = scaleLinear([0, most], [BOTTOM, TOP]).nice(4);
  const x = (week: WeekFigures): number => Math.round(across(toEpochDay(week.on)));
  const line = (n: (week: WeekFigures) => number): string =>
    weeks.map((week) => `${x(week)},${Math.round(up(n(week)))}`).join(' ');
  const openAt = Math.round(up(last.open));
  return renderTemplate('weeks.svg', {
    ...{ id, width: WIDTH, height: HEIGHT, left: LEFT, right: WIDTH - RIGHT, bottom: BOTTOM },
    description: `From ${first.open} to do and ${first.overdue} overdue on ${formatShortDate(first.on)} to ${last.open} to do and ${last.overdue} overdue on ${formatShortDate(last.on)}. The same is in the table below.`,
    open: { points: line(({ open }) => open), n: last.open, y: openAt },
    overdue: {
      points: line(({ overdue }) => overdue),
      n: last.overdue,
      y: Math.max(Math.round(up(last.overdue)), openAt + APART),
    },
    lastX: x(last),
    steps: up
      .ticks(4)
      .filter(Number.isInteger)
      .map((n) => ({ n, y: Math.round(up(n)) })),
    months: monthsOf(weeks).map((week) => ({
      x: x(week),
      text: `${formatShortMonth(week.on)} ${week.on.slice(0, 4)}`,
    })),
  });
}

/** The first week of each month, or of every so many months. */
function monthsOf(weeks: readonly WeekFigures[]): WeekFigures[] {
  const firsts = weeks.filter((week, index) => index === 0 || week.on.slice(0, 7) !== weeks[index - 1]?.on.slice(0, 7));
  const every = Math.ceil(firsts.length / MAX_LABELS);
  return firsts.filter((_, index) => index % every === 0);
}
