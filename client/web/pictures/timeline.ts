import { marksAfter } from '../../../domain/milestone/due-marks.ts';
import { scaleLinear } from 'd3-scale';
import {
  addDays,
  type CivilDate,
  compareDates,
  formatShortDate,
  formatShortMonth,
  toEpochDay,
} from '../../../domain/calendar/civil-date.ts';
import { addMonths, lastOfMonth, monthsFrom } from '../../../domain/calendar/months.ts';
import { renderTemplate } from '../render.ts';
import { MILESTONE_STANDINGS, STANDINGS } from '../../../domain/milestone/statuses.ts';
import { STRANDS, STRANDS_BY_LANE } from '../../../domain/strands/strands.ts';
import { type DayOff, hrefOf, type PicturedMilestone } from './picture.ts';

export interface TimelineInput {
  title: string;
  today: CivilDate;
  milestones: readonly PicturedMilestone[];
  daysOff: readonly DayOff[];
}

/** In user units of the picture; text is 13 units high, so that it can be read where 1000 units are 1000 pixels. */
const WIDTH = 1000;
const LEFT = 170;
const RIGHT = 20;
const TOP = 58;
const ROW = 24;
const MARK = 18;
const LANE_PADDING = 8;
const LEGEND = 44;
/** Months between ticks are chosen so that there are no more than this many. */
const MAX_TICKS = 13;
const EVERY = [1, 2, 3, 6, 12, 24, 60];
/** What lapsed has the shape of what no longer applies. */
const MARKS = STANDINGS.filter((each) => each !== 'lapsed');

/**
 * An inspection's timeline as SVG: a lane a strand, a mark a milestone. Civil dates are placed by their day number: no
 * zone can move them. Where marks would lie on each other, the lane grows by a row.
 */
export function timelineSvg({ title, today, milestones, daysOff }: TimelineInput): string {
  const { first, last } = span(milestones, today);
  const scale = scaleLinear([toEpochDay(first), toEpochDay(last) + 1], [LEFT, WIDTH - RIGHT]);
  const x = (date: CivilDate): number => round(scale(toEpochDay(date) + 0.5));
  const edge = (date: CivilDate): number => round(scale(toEpochDay(date)));
  const within = (date: CivilDate): boolean => date >= first && date <= last;
  let y = TOP;
  const lanes = STRANDS_BY_LANE.flatMap(({ name, title: label }) => {
    const own = milestones.filter((each) => each.strand === name).toSorted((a, b) => compareDates(a.due, b.due));
    if (own.length === 0) return [];
    const rows: number[] = [];
    const marks = own.map((each) => {
      const at = x(each.due);
      const held = each.hold;
      const from = held === undefined ? at : Math.min(at, edge(clamp(held.since, first, last)));
      const free = rows.findIndex((end) => from - MARK / 2 >= end);
      const row = free === -1 ? rows.length : free;
      const until = held === undefined ? at : Math.max(at, edge(addDays(clamp(held.until, first, last), 1)));
      rows[row] = until + MARK / 2 + 3;
      return { each, at, row };
    });
    const lane = { y, height: rows.length * ROW + 2 * LANE_PADDING, label };
    y += lane.height;
    return [
      {
        ...lane,
        marks: marks.map(({ each, at, row }) =>
          mark(each, at, lane.y + LANE_PADDING + row * ROW + ROW / 2, { edge, first, last }),
        ),
      },
    ];
  });
  return renderTemplate('timeline.svg', {
    title,
    description: `${milestones.length} duties from ${formatShortDate(first)} to ${formatShortDate(last)}. The same is in the table below.`,
    width: WIDTH,
    height: y + LEGEND,
    left: LEFT,
    right: WIDTH - RIGHT,
    top: TOP,
    bottom: y,
    lanes,
    ticks: ticks(first, last).map((date, index, all) => ({
      x: edge(date),
      // The year is said where it begins: months alone leave room for one another.
      text: tickText(date, all[index - 1]?.slice(0, 4) !== date.slice(0, 4)),
    })),
    daysOff: daysOff
      .filter(({ date }) => within(date))
      .map((day) => ({
        x: edge(day.date),
        width: Math.max(1.5, round(edge(addDays(day.date, 1)) - edge(day.date))),
        title: `${formatShortDate(day.date)}: ${day.title}`,
      })),
    today: within(today) ? { x: x(today), text: `Today, ${formatShortDate(today)}`, end: x(today) > WIDTH / 2 } : null,
    legend: MARKS.map((each, index) => ({
      mark: each,
      x: LEFT + index * 115,
      y: y + LEGEND / 2,
      words: MILESTONE_STANDINGS[each].words,
    })),
  });
}

/** The timeline's rows for a table: its text alternative, by date. */
export function timelineTable({ milestones }: Pick<TimelineInput, 'milestones'>) {
  return milestones
    .toSorted((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : a.milestone < b.milestone ? -1 : 1))
    .map((each) => ({
      ...each,
      words: MILESTONE_STANDINGS[each.standing].words,
      strandTitle: STRANDS[each.strand].title,
    }));
}

function mark(
  each: PicturedMilestone,
  x: number,
  y: number,
  { edge, first, last }: { edge: (date: CivilDate) => number; first: CivilDate; last: CivilDate },
) {
  const { hold } = each;
  const [from, until] =
    hold === undefined
      ? [0, 0]
      : [edge(clamp(hold.since, first, last)), edge(addDays(clamp(hold.until, first, last), 1))];
  const words = `${each.title}, due ${formatShortDate(each.due)}${marksAfter(each)}, ${MILESTONE_STANDINGS[each.standing].words.toLowerCase()}, ${each.ownerTitle}`;
  return {
    x,
    y,
    kind: each.standing,
    href: hrefOf(each),
    words,
    provisional: each.provisional,
    hold: hold === undefined ? null : { x: from, width: Math.max(2, round(until - from)) },
  };
}

const round = (n: number): number => Math.round(n * 10) / 10;
const clamp = (date: CivilDate, first: CivilDate, last: CivilDate): CivilDate =>
  date < first ? first : date > last ? last : date;

/** Whole months around everything that is shown; today is in it where it lies within a year of that. */
function span(milestones: readonly PicturedMilestone[], today: CivilDate): { first: CivilDate; last: CivilDate } {
  const dates = milestones.map((each) => each.due);
  const earliest = dates.reduce((a, b) => (b < a ? b : a), dates[0] ?? today);
  const latest = dates.reduce((a, b) => (b > a ? b : a), dates[0] ?? today);
  const near = today > addMonths(earliest, -12) && today < addMonths(latest, 12);
  const from = near && today < earliest ? today : earliest;
  const until = near && today > latest ? today : latest;
  return { first: `${from.slice(0, 8)}01`, last: lastOfMonth(until) };
}

/** The first days of months, at even distances. */
function ticks(first: CivilDate, last: CivilDate): CivilDate[] {
  const months = monthsFrom(first, last) + 1;
  const every = EVERY.find((n) => months / n <= MAX_TICKS) ?? months;
  const found: CivilDate[] = [];
  for (let n = 0; ; n += every) {
    const date = addMonths(first, n);
    if (date > last) return found;
    found.push(date);
  }
}

function tickText(date: CivilDate, withYear: boolean): string {
  const name = formatShortMonth(date);
  return withYear ? `${name} ${date.slice(0, 4)}` : name;
}
