import { scaleLinear } from 'd3-scale';
import { addDays, type CivilDate, compareDates, mondayOf, toEpochDay } from '../../../domain/calendar/civil-date.ts';
import { addMonths } from '../../../domain/calendar/months.ts';
import { isPending } from '../../../domain/milestone/milestone-state.ts';
import { type MilestoneStanding, STANDINGS } from '../../../domain/milestone/statuses.ts';
import type { StrandName } from '../../../domain/schemas/rule-pack.ts';
import { STRANDS, STRANDS_BY_LANE } from '../../../domain/strands/strands.ts';
import type { PicturedMilestone } from './picture.ts';
import { fitted, textWidth } from './text-width.ts';
import type { TimelineWindow } from './zoom.ts';

/** All in user units of the picture; text is 13 units high, so that it can be read where 1000 units are 1000 pixels. */
export const SHEET = { width: 1000, left: 240, right: 12, top: 58, row: 24, heading: 26, mark: 18, text: 13 } as const;
/** A longer name than this is cut. */
const MAX_LABEL = 260;
const GAP = 6;
/** Of one kind of duty so many are drawn one by one; more are counted by month, or by week. */
export const MAX_NAMED = 30;

/** A line of text and where it is: `x` is its left end. */
export interface PlacedText {
  text: string;
  x: number;
  y: number;
  width: number;
}

/** One duty, or several of one month or week that are drawn as one. */
export interface PlacedMark {
  x: number;
  y: number;
  standing: MilestoneStanding;
  duties: readonly PicturedMilestone[];
  /** Its name, or how many it stands for; null in a row whose name stands before it. */
  label: PlacedText | null;
  hold: { x: number; width: number } | null;
  /** Where its owner expects it to be done. */
  forecast: { x: number; late: boolean; beyond: boolean } | null;
}

interface PlacedRow {
  y: number;
  /** What all of its marks have in common. */
  label: PlacedText | null;
  marks: PlacedMark[];
}

interface Lane {
  y: number;
  height: number;
  label: PlacedText;
  rows: PlacedRow[];
}

export interface TimelineLayout {
  lanes: Lane[];
  ticks: (PlacedText & { line: number })[];
  /** Null where today is not in the part that is looked at. */
  today: { x: number; at: CivilDate } | null;
  bottom: number;
  /** Where a day begins. */
  edge(date: CivilDate): number;
}

type Shown = Pick<TimelineWindow, 'zoom' | 'first' | 'last'>;

/**
 * Where everything stands on the timeline: a lane for each kind of duty, in it a row for each cycle and as many as the others
 * need so that no two names lie on each other. Civil dates are placed by their day number: no zone can move them.
 */
export function timelineLayout(
  milestones: readonly PicturedMilestone[],
  shown: Shown,
  today: CivilDate,
  titleOf: (strand: StrandName) => string = (strand) => STRANDS[strand].title,
): TimelineLayout {
  const { first, last } = shown;
  const scale = scaleLinear([toEpochDay(first), toEpochDay(last) + 1], [SHEET.left, SHEET.width - SHEET.right]);
  const edge = (date: CivilDate): number => round(scale(toEpochDay(clamp(date, first, addDays(last, 1)))));
  const sheet: Sheet = { shown, edge, x: (date) => round(scale(toEpochDay(clamp(date, first, last)) + 0.5)) };
  let y: number = SHEET.top;
  const lanes = STRANDS_BY_LANE.flatMap(({ name }): Lane[] => {
    const own = milestones.filter((each) => each.strand === name).toSorted((a, b) => compareDates(a.due, b.due));
    if (own.length === 0) return [];
    const label = textAt(titleOf(name), 8, y + 18, SHEET.left + 300, true);
    const rows = rowsOf(own, sheet).map((row, index) => moved(row, y + SHEET.heading + (index + 0.5) * SHEET.row));
    const height = SHEET.heading + rows.length * SHEET.row + GAP;
    const lane = { y, height, label, rows };
    y += height;
    return [lane];
  });
  return {
    lanes,
    ticks: ticksOf(shown, edge),
    today: today >= first && today <= last ? { x: sheet.x(today), at: today } : null,
    bottom: y,
    edge,
  };
}

interface Sheet {
  shown: Shown;
  /** Where a day begins. */
  edge(date: CivilDate): number;
  /** The middle of a day. */
  x(date: CivilDate): number;
}

/** A lane's rows, as if each were at the top. */
function rowsOf(duties: readonly PicturedMilestone[], sheet: Sheet): PlacedRow[] {
  const cycles = new Map<string, PicturedMilestone[]>();
  const single: PicturedMilestone[] = [];
  for (const each of duties) {
    if (each.cycle === undefined || each.cycle === null) single.push(each);
    else cycles.set(each.cycle, [...(cycles.get(each.cycle) ?? []), each]);
  }
  for (const [cycle, rounds] of cycles) {
    if (rounds.length > 1) continue;
    cycles.delete(cycle);
    single.push(...rounds);
  }
  const folded = [...cycles.values()].map((rounds) => foldedRow(cycleTitle(rounds), rounds, sheet));
  if (single.length > MAX_NAMED) return [...folded, groupedRow(`${single.length} duties`, single, sheet)];
  return [
    ...folded,
    ...packed(single.toSorted((a, b) => compareDates(a.due, b.due)).map((each) => named(each, sheet))),
  ];
}

/** A cycle's name: how many rounds there are, and what they are called without their numbers. */
function cycleTitle(rounds: readonly PicturedMilestone[]): string {
  const [one] = rounds;
  return `${rounds.length} × ${(one?.title ?? '').replace(/,? no\. \d+.*$/, '')}`;
}

/** All rounds of a cycle in one row, whose name stands before it. */
function foldedRow(title: string, rounds: readonly PicturedMilestone[], sheet: Sheet): PlacedRow {
  const places = rounds.map((each) => sheet.x(each.due));
  const crowded = places.some((x, index) => index > 0 && x - (places[index - 1] ?? 0) < SHEET.mark + 2);
  if (crowded) return groupedRow(title, rounds, sheet);
  const marks = rounds.map((each) => ({ ...named(each, sheet), label: null, forecast: null }));
  return { y: 0, label: rowLabel(title), marks };
}

/** Counted by the months of a year, or the weeks of a quarter: each stands for all that fall due in it. */
function groupedRow(title: string, duties: readonly PicturedMilestone[], { shown, edge }: Sheet): PlacedRow {
  const pieces = new Map<CivilDate, PicturedMilestone[]>();
  for (const each of duties) {
    const from = pieceOf(shown, each.due);
    const own = pieces.get(from);
    if (own === undefined) pieces.set(from, [each]);
    else own.push(each);
  }
  const marks = [...pieces].map(([from, own]): PlacedMark => {
    const x = round(edge(from) + SHEET.mark / 2 + 2);
    const label = textAt(String(own.length), x + SHEET.mark / 2 + 2, 4, MAX_LABEL);
    return { x, y: 0, standing: worst(own), duties: own, label, hold: null, forecast: null };
  });
  return { y: 0, label: rowLabel(title), marks };
}

const rowLabel = (title: string): PlacedText => textAt(title, 16, 4, SHEET.left - 30);

/** What is most urgent among several. */
const worst = (duties: readonly PicturedMilestone[]): MilestoneStanding =>
  STANDINGS.find((standing) => duties.some((each) => each.standing === standing)) ?? 'open';

/** The first day of the month or week that holds a day, as far as that is shown. */
function pieceOf({ zoom, first }: Shown, day: CivilDate): CivilDate {
  const piece = zoom === 'year' ? `${day.slice(0, 8)}01` : mondayOf(day);
  return piece < first ? first : piece;
}

/** One duty with its name: to the right of it, or to the left where there is no room. */
function named(each: PicturedMilestone, sheet: Sheet): PlacedMark {
  const x = sheet.x(each.due);
  const hold = holdOf(each, sheet);
  const forecast = forecastOf(each, sheet);
  const half = SHEET.mark / 2;
  const from = Math.min(x - half, hold?.x ?? x, (forecast?.x ?? x) - half);
  const until = Math.max(x + half, (hold?.x ?? x) + (hold?.width ?? 0), (forecast?.x ?? x) + half);
  const right = SHEET.width - SHEET.right - until - 3;
  const left = from - SHEET.left - 3;
  const toTheRight = right >= Math.min(MAX_LABEL, textWidth(each.title, SHEET.text)) || right >= left;
  const room = Math.min(MAX_LABEL, toTheRight ? right : left);
  const text = fitted(each.title, room, SHEET.text);
  const width = textWidth(text, SHEET.text);
  const label = { text, x: round(toTheRight ? until + 3 : from - 3 - width), y: 4, width };
  return { x, y: 0, standing: each.standing, duties: [each], label, hold, forecast };
}

function holdOf({ hold }: PicturedMilestone, { edge }: Sheet): PlacedMark['hold'] {
  if (hold === undefined) return null;
  const x = edge(hold.since);
  return { x, width: Math.max(2, round(edge(addDays(hold.until, 1)) - x)) };
}

/** A forecast is drawn beside a target that is still to be met. */
function forecastOf({ forecast, due, standing }: PicturedMilestone, { shown, x }: Sheet): PlacedMark['forecast'] {
  if (forecast === null || forecast === undefined || forecast === due) return null;
  if (standing !== 'overdue' && !isPending({ status: standing })) return null;
  return { x: x(forecast), late: forecast > due, beyond: forecast > shown.last };
}

/** In as few rows as there is room for: in none of them lie two on each other. */
function packed(marks: readonly PlacedMark[]): PlacedRow[] {
  const rows: { marks: PlacedMark[]; taken: [from: number, until: number][] }[] = [];
  for (const mark of marks) {
    const [from, until] = extentOf(mark);
    const fits = rows.find(({ taken }) => taken.every(([begin, end]) => until + GAP <= begin || from >= end + GAP));
    const row = fits ?? { marks: [], taken: [] };
    if (fits === undefined) rows.push(row);
    row.marks.push(mark);
    row.taken.push([from, until]);
  }
  return rows.map((row) => ({ y: 0, label: null, marks: row.marks }));
}

/** From where to where a mark reaches, with its name and all that belongs to it. */
export function extentOf({ x, label, hold, forecast }: PlacedMark): [from: number, until: number] {
  const half = SHEET.mark / 2;
  const places = [
    [x - half, x + half],
    ...(label === null || label.text === '' ? [] : [[label.x, label.x + label.width]]),
    ...(hold === null ? [] : [[hold.x, hold.x + hold.width]]),
    ...(forecast === null ? [] : [[forecast.x - half, forecast.x + half]]),
  ];
  return [Math.min(...places.map(([from = x]) => from)), Math.max(...places.map(([, until = x]) => until))];
}

function moved(row: PlacedRow, y: number): PlacedRow {
  const at = (text: PlacedText | null): PlacedText | null => (text === null ? null : { ...text, y: round(text.y + y) });
  const marks = row.marks.map((each) => ({ ...each, y: round(y), label: at(each.label) }));
  return { y: round(y), label: at(row.label), marks };
}

function textAt(text: string, x: number, y: number, room: number, bold = false): PlacedText {
  const fits = fitted(text, room, SHEET.text, bold);
  return { text: fits, x: round(x), y, width: textWidth(fits, SHEET.text, bold) };
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** The months of a year, with their year where it begins; the weeks of a quarter, by their Mondays. */
function ticksOf({ zoom, first, last }: Shown, edge: Sheet['edge']): TimelineLayout['ticks'] {
  const days: CivilDate[] = [];
  if (zoom === 'year') for (let day = first; day <= last; day = addMonths(day, 1)) days.push(day);
  else for (let day = mondayOf(addDays(first, 6)); day <= last; day = addDays(day, 7)) days.push(day);
  return days.map((day, index) => {
    const [year = '', month = '', date = ''] = day.split('-');
    const name = MONTHS[Number(month) - 1] ?? '';
    const begins = index === 0 || days[index - 1]?.slice(0, 4) !== year;
    const text = zoom === 'year' ? `${name}${begins ? ` ${year}` : ''}` : `${Number(date)} ${name}`;
    const x = edge(day) + 3;
    // At the very end there may be no room for one: its line alone says where the week begins.
    const fits = x + textWidth(text, SHEET.text) <= SHEET.width;
    return { ...textAt(fits ? text : '', x, SHEET.top - 10, MAX_LABEL), line: edge(day) };
  });
}

const round = (n: number): number => Math.round(n * 10) / 10;
const clamp = (date: CivilDate, first: CivilDate, last: CivilDate): CivilDate =>
  date < first ? first : date > last ? last : date;
