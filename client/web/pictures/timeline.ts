import { standingInWords } from '../../../domain/strands/call-in-window.ts';
import { addDays, type CivilDate, formatShortDate } from '../../../domain/calendar/civil-date.ts';
import { marksAfter } from '../../../domain/milestone/due-marks.ts';
import { MILESTONE_STANDINGS, STANDINGS } from '../../../domain/milestone/statuses.ts';
import type { StrandName } from '../../../domain/schemas/rule-pack.ts';
import { STRANDS } from '../../../domain/strands/strands.ts';
import { renderTemplate } from '../render.ts';
import type { DayOff, PicturedMilestone } from './picture.ts';
import { type PlacedMark, type PlacedText, SHEET, timelineLayout } from './timeline-layout.ts';
import { textWidth } from './text-width.ts';
import type { TimelineWindow } from './zoom.ts';
import { pathOfRow } from '../milestone-path.ts';

export interface TimelineInput {
  title: string;
  today: CivilDate;
  /** The part that is looked at. */
  shown: Pick<TimelineWindow, 'zoom' | 'first' | 'last' | 'title'>;
  /** What falls due in that part. */
  milestones: readonly PicturedMilestone[];
  daysOff: readonly DayOff[];
  /** What the council calls each kind of duty. */
  titleOf?: (strand: StrandName) => string;
  /** Where those lead that are drawn as one: `from` is the first due day of them. */
  hrefOfSeveral(from: CivilDate): string;
}

const LEGEND_LINE = 24;
/** As `.timeline` says in pictures.css: a narrower page moves the picture. */
const LEAST_WIDTH_REM = 50;

/** What lapsed has the shape of what no longer applies. */
const MARKS = STANDINGS.filter((each) => each !== 'lapsed' && each !== 'unfinished');

/** A quarter or a year of an inspection's timeline as SVG: every status has a shape, so that it reads without colour. */
export function timelineSvg(input: TimelineInput): string {
  const { title, today, shown, milestones, daysOff, titleOf } = input;
  const layout = timelineLayout(milestones, shown, today, titleOf);
  const legend = legendBelow(layout.bottom);
  return renderTemplate('timeline.svg', {
    title: `${title}, ${shown.title}`,
    description: `${milestones.length} duties from ${formatShortDate(shown.first)} to ${formatShortDate(shown.last)}. The same is in the table below.`,
    width: SHEET.width,
    height: (legend.at(-1)?.y ?? layout.bottom) + 12,
    left: SHEET.left,
    right: SHEET.width - SHEET.right,
    top: SHEET.top,
    bottom: layout.bottom,
    lanes: layout.lanes.map((lane) => ({
      ...lane,
      rows: lane.rows.map((row) => ({ ...row, marks: row.marks.map((each) => drawn(each, input)) })),
    })),
    ticks: layout.ticks,
    daysOff: daysOff
      .filter(({ date }) => date >= shown.first && date <= shown.last)
      .map((day) => ({
        x: layout.edge(day.date),
        width: Math.max(1.5, Math.round(10 * (layout.edge(addDays(day.date, 1)) - layout.edge(day.date))) / 10),
        title: `${formatShortDate(day.date)}: ${day.title}`,
      })),
    today:
      layout.today === null
        ? null
        : {
            x: layout.today.x,
            // On a page narrower than the picture it is opened there.
            inRem: (layout.today.x * LEAST_WIDTH_REM) / SHEET.width,
            text: `Today, ${formatShortDate(layout.today.at)}`,
            end: layout.today.x > SHEET.width / 2,
          },
    legend,
  });
}

/** The timeline's rows for a table: its text alternative, by date. */
export function timelineTable({
  milestones,
  titleOf = (strand) => STRANDS[strand].title,
}: Pick<TimelineInput, 'milestones' | 'titleOf'>) {
  return milestones
    .toSorted((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : a.milestone < b.milestone ? -1 : 1))
    .map((each) => ({
      ...each,
      words: standingInWords(each),
      strandTitle: titleOf(each.strand),
    }));
}

/** A mark with its words, and where it leads. */
function drawn(mark: PlacedMark, { hrefOfSeveral }: TimelineInput) {
  const [one] = mark.duties;
  if (one === undefined) throw new Error('a mark stands for one duty at least');
  if (mark.duties.length > 1) {
    const words = `${mark.duties.length} duties from ${formatShortDate(one.due)}: ${countsInWords(mark.duties)}`;
    return { ...mark, href: hrefOfSeveral(one.due), words, provisional: false };
  }
  const expected =
    mark.forecast === null || one.forecast === undefined || one.forecast === null
      ? ''
      : `, expected by ${formatShortDate(one.forecast)}`;
  const words = `${one.title}, due ${formatShortDate(one.due)}${marksAfter(one)}, ${wordsOf(one)}${expected}, ${one.ownerTitle}`;
  return { ...mark, href: pathOfRow(one), words, provisional: one.provisional };
}

const wordsOf = (one: PicturedMilestone): string => standingInWords(one).toLowerCase();

const countsInWords = (duties: readonly PicturedMilestone[]): string =>
  STANDINGS.flatMap((standing) => {
    const n = duties.filter((each) => each.standing === standing).length;
    return n === 0 ? [] : [`${n} ${MILESTONE_STANDINGS[standing].words.toLowerCase()}`];
  }).join(', ');

/** What each shape means, in as many lines as that takes. */
function legendBelow(bottom: number): (PlacedText & { mx: number; mark: string | null })[] {
  const entries: [mark: string | null, text: string][] = [
    ...MARKS.map((each): [string, string] => [each, MILESTONE_STANDINGS[each].words]),
    [null, 'When its owner expects it to be done'],
  ];
  let [x, y] = [20, bottom + LEGEND_LINE];
  return entries.map(([mark, text]) => {
    const width = textWidth(text, SHEET.text);
    if (x + 16 + width > SHEET.width - SHEET.right) [x, y] = [20, y + LEGEND_LINE];
    const placed = { mark, text, mx: x, x: x + 16, y, width };
    x += 16 + width + 24;
    return placed;
  });
}
