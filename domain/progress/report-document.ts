import { namesOf } from '../closed-table.ts';
import { type Block, type Document, heading, list, paragraph, table } from '../documents/document.ts';
import { MEASURE_HEADS } from '../measures/measure-lines.ts';
import { ACTION_HEADS } from './action-lines.ts';
import { type ProgressReport, REPORT_SECTIONS } from './report.ts';
import { IMPLICATIONS, writtenBlocks } from './written-parts.ts';

/** The quarterly update as a document. */
export function reportDocument(report: ProgressReport): Document {
  return {
    title: report.title,
    under: `${report.authority}, ${report.date}`,
    on: report.on,
    blocks: [
      heading(2, 'Purpose of the report'),
      paragraph(report.purpose),
      ...writtenBlocks(report.written, ['summary']),
      heading(2, 'Where the plan stands'),
      list([...report.standing, ...report.plans], 'There is no plan yet.'),
      heading(2, 'Progress by theme'),
      ...themesOf(report),
      ...laterDates(report),
      heading(2, 'Progress by action'),
      ...actionsOf(report),
      heading(3, 'Measures'),
      measuresOf(report),
      heading(3, 'Asked for progress'),
      list(report.unanswered, 'Nobody who was asked has left it unanswered.'),
      heading(3, `Not reported on since ${report.since}`),
      list(report.unreported, 'Every action still to be done was reported on.'),
      heading(2, `Since ${report.since}`),
      ...namesOf(REPORT_SECTIONS).flatMap((name) => {
        const { heading: text, otherwise } = REPORT_SECTIONS[name];
        if (otherwise === null && report[name].length === 0) return [];
        return [heading(3, text), list(report[name], otherwise ?? '')];
      }),
      heading(2, 'The next three months'),
      comingOf(report),
      heading(2, 'Recommendations'),
      list(report.coverage, 'There are none.'),
      ...writtenBlocks(report.written, IMPLICATIONS),
      heading(2, 'Appendices'),
      list(report.appendices, 'None.'),
    ],
  };
}

/** How each theme is rated, and by which rule. */
export function themesOf({ ragRule, themes }: Pick<ProgressReport, 'ragRule' | 'themes'>): Block[] {
  return [
    paragraph(ragRule),
    table(
      'How each theme stands',
      ['Theme', 'Accountable officer', 'Rating', 'Done', 'Left', 'Next due'],
      themes.map(({ title, officer, rag, rated, done, left, next }) => [
        ...[title, officer],
        { text: rag, rag: rated },
        ...[done, left, next],
      ]),
      'The plan has no actions.',
    ),
  ];
}

/** Nothing where no later date was granted. */
function laterDates({ slipped }: Pick<ProgressReport, 'slipped'>): Block[] {
  return slipped.length === 0 ? [] : [heading(2, 'Later dates'), slippedOf({ slipped })];
}

export const slippedOf = ({ slipped }: Pick<ProgressReport, 'slipped'>): Block =>
  table(
    'Actions for which a later date was granted',
    ['Action', 'First due', 'Now due', 'Slipped', 'Who asked, who agreed, and why'],
    slipped.map(({ title, first, due, stands, grants }) => [title, first, due, stands, grants.join(' ')]),
    'No later date was granted.',
  );

function actionsOf({ scheme, byDatesRule, actions }: ProgressReport): Block[] {
  const names = namesOf(ACTION_HEADS);
  return [
    paragraph('Its owner’s own rating, and how it stands by its dates, are two things. The owner’s ratings:'),
    list(scheme, 'None.'),
    paragraph(byDatesRule),
    table(
      'Every action',
      names.map((name) => ACTION_HEADS[name]),
      actions.map((line) => names.map((name) => line[name])),
      'There are no actions.',
    ),
  ];
}

function measuresOf({ measures }: ProgressReport): Block {
  const names = namesOf(MEASURE_HEADS);
  return table(
    'What shows that the outcomes are reached',
    names.map((name) => MEASURE_HEADS[name]),
    measures.map((line) => names.map((name) => line[name])),
    'The plan has no measures.',
  );
}

export const comingOf = ({ coming }: Pick<ProgressReport, 'coming'>): Block =>
  table(
    'What falls due',
    ['Due', 'Duty', 'Owner'],
    coming.map(({ due, title, owner }) => [due, title, owner]),
    'Nothing falls due.',
  );
