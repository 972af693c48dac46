import { roleTitle } from '../../domain/authority/roles.ts';
import { happened, questionsOf } from '../../domain/briefing/briefing-document.ts';
import { formatShortDate } from '../../domain/calendar/civil-date.ts';
import { instantAt } from '../../domain/calendar/london.ts';
import { namesOf } from '../../domain/closed-table.ts';
import {
  type Block,
  type Cell,
  type Document,
  heading,
  list,
  paragraph,
  table,
} from '../../domain/documents/document.ts';
import { FIGURES_RULE, ofDay } from '../../domain/figures/figures.ts';
import { dueIn, ON_TIME_RULE } from '../../domain/figures/on-time.ts';
import { stoodInWords, THEMES_RULE } from '../../domain/figures/themes.ts';
import { WEEKS_RULE } from '../../domain/figures/weeks.ts';
import type { RegisterEntry } from '../../domain/lifecycle/entry.ts';
import { dutyOfAction } from '../../domain/plan/action-duty.ts';
import { ACTION_HEADS, actionLines } from '../../domain/progress/action-lines.ts';
import { RAGS } from '../../domain/progress/progress.ts';
import type { ProgressReport } from '../../domain/progress/report.ts';
import { comingOf, slippedOf, themesOf } from '../../domain/progress/report-document.ts';
import { seriesIn } from '../../domain/progress/series.ts';
import { IMPLICATIONS, writtenBlocks } from '../../domain/progress/written-parts.ts';
import { namedMoves } from '../../domain/rounds/moved.ts';
import type { ShownFigures } from '../web/figures.ts';
import { onTimeSvg, ratesOf } from '../web/pictures/on-time.ts';
import { ratingsSvg } from '../web/pictures/ratings.ts';
import { weeksSvg } from '../web/pictures/weeks.ts';
import type { QuestionText } from '../question-texts.ts';
import type { ReportedInspection } from './reported-inspection.ts';
import { pictureOf } from './picture.ts';

/** What a pack is made of beside the inspection. */
export interface PackParts {
  report: ProgressReport;
  history: readonly RegisterEntry[];
  questions: readonly QuestionText[];
  figures: ShownFigures;
  /** The day of the last pack. */
  since: string;
}

/** The pack for an improvement board: summary, dashboard, plan by theme, what moved, slippage, questions. */
export function boardPack(inspection: ReportedInspection, parts: PackParts): Document {
  const { report, questions, figures, since } = parts;
  const { view } = inspection;
  return {
    title: `Pack for the improvement board: ${view.title}`,
    under: `${report.authority}, ${report.date}`,
    on: report.on,
    contents: true,
    blocks: [
      ...writtenBlocks(report.written, ['summary']),
      heading(2, 'Where the plan stands'),
      list(report.standing, 'There is no plan yet.'),
      ...themesOf(report),
      heading(2, 'Dashboard'),
      ...dashboardOf(figures),
      heading(2, 'Plan by theme'),
      ...planByTheme(inspection, parts),
      heading(2, 'What moved'),
      ...whatMoved(inspection, parts),
      heading(2, 'Slippage'),
      slippedOf(report),
      slippingOf(inspection),
      ...questionsOf(questions, view, since),
      heading(2, 'The next three months'),
      comingOf(report),
      ...writtenBlocks(report.written, IMPLICATIONS),
    ],
  };
}

/** A picture, where there is something to be seen. */
const picture = (svg: string): Block[] => (svg === '' ? [] : [pictureOf(svg)]);

function dashboardOf(figures: ShownFigures): Block[] {
  if (figures.inspections === 0) return [paragraph(`Nothing was on record ${ofDay(figures)}.`)];
  const { quarters, weeks, themes, ratedOn } = figures;
  return [
    paragraph(FIGURES_RULE),
    heading(3, 'Done on time, by quarter'),
    paragraph(ON_TIME_RULE),
    ...picture(onTimeSvg(quarters)),
    table(
      'Duties due in each quarter',
      ['Quarter', 'Due', 'On time', 'Done late', 'Not done', 'On-time rate', 'Rate by first date'],
      quarters.map((each) => {
        const { rate, firstRate } = ratesOf(each);
        return [each.title, ...[dueIn(each), each.onTime, each.late, each.notDone].map(String), rate, firstRate];
      }),
      'Nothing was due.',
    ),
    heading(3, 'Open and overdue, by week'),
    paragraph(WEEKS_RULE),
    ...picture(weeksSvg(weeks, 'weeks')),
    table(
      'Open and overdue by week, the newest first',
      ['End of', 'Open', 'Of these overdue'],
      weeks.toReversed().map(({ on, open, overdue }) => [formatShortDate(on), String(open), String(overdue)]),
      'Nothing was open.',
    ),
    heading(3, 'Rating of each theme'),
    paragraph(THEMES_RULE),
    ...picture(
      ratingsSvg(
        themes.map(({ title, stood }) => ({ title, rags: stood.map((each) => each?.rag ?? null) })),
        ratedOn,
        'ratings',
      ),
    ),
    table(
      'How each theme was rated',
      ['Theme', ...ratedOn.map(({ on }) => formatShortDate(on))],
      themes.map(({ title, stood }): Cell[] => [
        title,
        ...stood.map((each): Cell => {
          if (each === null) return '–';
          return { text: `${RAGS[each.rag].words}, ${stoodInWords(each)}`, rag: each.rag };
        }),
      ]),
      'The plan has no themes.',
    ),
  ];
}

/** Every theme with its actions. */
function planByTheme({ view, facts, calendar }: ReportedInspection, { report, history }: PackParts): Block[] {
  const { themes, actions } = view.improvement;
  const series = seriesIn(history);
  const title = (role: string) => roleTitle(facts.authority, role);
  const loose = actions.filter(({ theme }) => !themes.some(({ id }) => id === theme));
  const groups = [
    ...themes.map(({ id, title: text, officer }) => ({
      text,
      said: `${title(officer)}: ${ratingOf(report, text)}`,
      own: actions.filter(({ theme }) => theme === id),
    })),
    ...(loose.length === 0 ? [] : [{ text: 'Actions of no theme', said: '', own: loose }]),
  ];
  return groups.flatMap(({ text, said, own }): Block[] => {
    const lines = actionLines({ ...view, improvement: { ...view.improvement, actions: own } }, series, calendar, title);
    const names = namesOf(ACTION_HEADS);
    return [
      heading(3, text),
      ...(said === '' ? [] : [paragraph(said)]),
      table(
        'Its actions',
        names.map((name) => ACTION_HEADS[name]),
        lines.map((line) => names.map((name) => line[name])),
        'It has no actions.',
      ),
    ];
  });
}

function ratingOf({ themes }: ProgressReport, theme: string): string {
  const found = themes.find(({ title }) => title === theme);
  return found === undefined ? 'not rated.' : `${found.rag}, ${found.done} done, left: ${found.left}.`;
}

/** What owners say otherwise than before, and what was recorded. */
function whatMoved({ view, facts }: ReportedInspection, { report, history, since }: PackParts): Block[] {
  const moved = namedMoves(history, instantAt(since, '00:00'), view, facts.authority);
  return [
    table(
      `What owners say otherwise than before ${report.since}`,
      ['Action', 'Owner', 'Before', 'Now', 'What was said'],
      moved.map(({ title, owner, before, now, text }) => [
        ...[title, owner, before.join('; ') || 'nothing said'],
        ...[now.join('; '), text ?? ''],
      ]),
      `No owner says otherwise than before ${report.since}.`,
    ),
    ...happened(report),
  ];
}

/** The actions that are late, or expected after their date. */
function slippingOf({ view, facts }: ReportedInspection): Block {
  const own = new Set(view.improvement.actions.map(({ id }) => dutyOfAction(id)));
  const slipping = view.milestones.filter(
    ({ id, byDates }) => own.has(id) && ['late', 'will-be-late', 'forecast-passed'].includes(byDates),
  );
  return table(
    'Actions that are late, or expected after their date',
    ['Action', 'Owner', 'Due', 'Expected by'],
    slipping.map(({ title, owner, due, progress }) => [
      title,
      roleTitle(facts.authority, owner),
      formatShortDate(due),
      progress?.forecast === undefined ? 'nobody has said' : formatShortDate(progress.forecast),
    ]),
    'No open action is late, or expected after its date.',
  );
}
