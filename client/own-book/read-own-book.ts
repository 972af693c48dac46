import { freshId, nameOfNumber } from '../../domain/revisions/fresh-id.ts';
import { itemsById, type PlanItem } from '../../domain/revisions/plan-items.ts';
import { wholeFile } from '../files/file-problems.ts';
import type { BookRead, OwnReading } from '../plan-book/book-read.ts';
import { peopleIn, themesIn } from '../plan-book/names.ts';
import { type Known, wordsIn } from '../plan-book/read-cell.ts';
import { editIn } from '../plan-book/read-item.ts';
import { reportIn } from '../plan-book/read-report.ts';
import { type BookRow, planOf } from '../plan-book/read-rows.ts';
import type { BookSource } from '../plan-book/source.ts';
import type { ReadWorkbook } from '../workbook/cells.ts';
import { type ChosenColumns, isCalled, type OwnTable, tableOfActions } from './find-table.ts';
import { addedBy } from './own-added.ts';
import { OwnCells, type TakenRow } from './own-cells.ts';
import { plainWords } from './own-fields.ts';
import type { OwnChoices } from './own-choices.ts';
import { columnsInWords, type OwnRow, rowsIn } from './own-rows.ts';

/** A row of the table, as one of our own workbook. */
interface ReadRow {
  row: BookRow;
  taken: TakenRow;
}

/**
 * What a workbook that a council has made itself says otherwise than its plan does: the rows of its table of actions, each found by
 * its reference or its words, or new. What a cell leaves empty stays as it is, and nothing is withdrawn.
 *
 * @param source the plan as it stands
 * @throws FileProblems where it has no table of actions
 */
export function readOwnBook(workbook: ReadWorkbook, file: string, source: BookSource, chosen: OwnChoices): BookRead {
  const { sent } = source;
  const table = tableOfActions(workbook.sheets, chosen.columns, chosen.sheet);
  if (table === undefined) throw wholeFile(file, 'a workbook without a table of actions', EXPECTED);
  const { rows, notes } = rowsIn(table);
  const cells = new OwnCells(sent, chosen.people);
  const read = namedRows(rows, cells, source);
  const taken = read.map((each) => each.taken);
  const added = addedBy(cells, taken, { sent, officer: chosen.officer });
  const known: Known = {
    people: peopleIn(sent),
    themes: [...themesIn(sent.plan), ...cells.themes.added],
    recommendations: new Set([...sent.plan.recommendations, ...cells.recommendations.added].map(({ id }) => id)),
    actions: new Set([...sent.plan.actions.map(({ id }) => id), ...read.map(({ row }) => row.id)]),
    ratings: sent.ratings,
  };
  const found: BookRead = {
    ...{ sent, edits: [], reports: [], own: readingOf(table, cells, chosen) },
    problems: [...taken.flatMap(({ problems }) => problems), ...added.problems],
    notes: [
      ...columnsInWords(table),
      ...missingHeads(table, chosen.columns),
      ...[...cells.readAs].map((each) => `${each}.`),
      ...added.notes,
      ...notes,
    ],
  };
  const usable = read.filter((each) => each.taken.problems.length === 0).map(({ row }) => row);
  for (const row of [...added.rows, ...usable]) {
    const { edit, problems } = editIn(row, sent, known);
    found.problems.push(...problems);
    if (edit !== undefined) found.edits.push(edit);
  }
  for (const row of usable.filter(({ before }) => before !== undefined)) {
    const { report, problems } = reportIn({ ...row, cells: row.cells.filter(isNews(row.id, source)) }, sent, known);
    found.problems.push(...problems);
    if (report !== undefined) found.reports.push(report);
  }
  const early = usable.filter(({ before, cells: own }) => before === undefined && own.some(isReport)).length;
  if (early > 0) found.notes.push(EARLY(early));
  return found;
}

/** Heads that somebody has named, and this table has not. */
function missingHeads({ heads }: OwnTable, chosen: ChosenColumns): string[] {
  const named = Object.values(chosen).filter((head) => head !== null);
  const missing = named.filter((head) => !isCalled(heads, head));
  return missing.length === 0 ? [] : [`No column is called ${missing.map((each) => `“${each}”`).join(', ')}.`];
}

/** How it was read, for whoever says that it is otherwise. */
const readingOf = ({ sheet, heads, columns }: OwnTable, { unknown }: OwnCells, chosen: OwnChoices): OwnReading => ({
  sheet: sheet.name,
  heads: heads.filter((head) => head !== ''),
  columns: Object.fromEntries([...columns].map(([field, column]) => [field, heads[column] ?? ''])),
  unknown: [...unknown],
  chosen,
});

const EXPECTED =
  'expected a row of heads with a column of actions, called “Action”, “Actions required”, “What we will do” or the like, and one of something else, for example who leads or by when';
const EARLY = (n: number): string =>
  n === 1
    ? 'What 1 row reports is left out, as its action is not in the plan yet: bring the workbook again once it is.'
    : `What ${n} rows report is left out, as their actions are not in the plan yet: bring the workbook again once they are.`;

type RowCell = BookRow['cells'][number];

const isReport = ({ column }: RowCell): boolean => column.of === 'report';

/** Words that were said of an action before stand in the workbook still, and are not said anew. */
function isNews(id: string, { shown }: BookSource): (cell: RowCell) => boolean {
  const said = plainWords(shown.actions[id]?.words ?? '');
  return ({ column, content }) =>
    column.of !== 'report' || column.field !== 'text' || content === undefined || plainWords(wordsIn(content)) !== said;
}

/** Each row with the name that its action has, or gets. */
function namedRows(rows: readonly OwnRow[], cells: OwnCells, { sent }: BookSource): ReadRow[] {
  const before = itemsById(planOf(sent), 'action');
  const byWords = idsByWords(before);
  const used = new Map<string, string>();
  return rows.map((row): ReadRow => {
    const taken = cells.take(row);
    const [ref, title] = [wordsOf(row, 'ref'), wordsOf(row, 'action')];
    const named = nameOfNumber(ref);
    const id = before.has(named)
      ? named
      : (byWords.get(plainWords(title)) ??
        (named === '' ? freshId(title, new Set([...before.keys(), ...used.keys()])) : named));
    const earlier = used.get(id);
    if (earlier === undefined) used.set(id, row.at);
    else taken.problems.push({ at: row.at, problem: `it is the same action as in ${earlier}: each may be there once` });
    const hasDate = taken.cells.some(({ column }) => column.of === 'plan' && column.field === 'due');
    if (!before.has(id) && !hasDate && taken.problems.length === 0)
      taken.problems.push({ at: row.at, problem: 'it is new, and no date says by when it is due' });
    const withdraw = { content: undefined, at: row.at };
    return { taken, row: { what: 'action', id, before: before.get(id), at: row.at, cells: taken.cells, withdraw } };
  });
}

function wordsOf({ cells }: OwnRow, field: 'ref' | 'action'): string {
  const cell = cells.get(field);
  return cell === undefined ? '' : wordsIn(cell.content);
}

/** Actions of the plan by their words, where those are of one alone. */
function idsByWords(items: ReadonlyMap<string, PlanItem>): ReadonlyMap<string, string> {
  const all = [...items].map(([id, item]) => ({ id, words: 'title' in item ? plainWords(item.title ?? '') : '' }));
  const times = new Map<string, number>();
  for (const { words } of all) times.set(words, (times.get(words) ?? 0) + 1);
  return new Map(all.flatMap(({ id, words }) => (times.get(words) === 1 ? [[words, id] as const] : [])));
}
