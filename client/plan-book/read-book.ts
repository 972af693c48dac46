import { namesOf } from '../../domain/closed-table.ts';
import { wholeFile } from '../files/file-problems.ts';
import type { SheetKind } from './sheet-kind.ts';
import type { ReadSheet, ReadWorkbook } from '../workbook/cells.ts';
import type { BookRead } from './book-read.ts';
import { distinct } from './choices.ts';
import { HIDDEN, sentIn } from './hidden.ts';
import { peopleIn, themesIn } from './names.ts';
import type { Known } from './read-cell.ts';
import { editIn } from './read-item.ts';
import { reportIn } from './read-report.ts';
import { type BookRow, rowsOf } from './read-rows.ts';
import { wordsIn } from './read-cell.ts';
import type { Sent } from './sent.ts';
import { BOOK_SHEETS } from './sheets.ts';

/**
 * What a workbook of a plan says that was not in it when it went out.
 *
 * @param file its name, for what is said of it
 * @throws FileProblems where it is no workbook of a plan, or can't be told by what it was made from
 */
export function readBook({ sheets }: ReadWorkbook, file: string): BookRead {
  const sent = sentOf(sheets, file);
  const found: BookRead = { sent, edits: [], reports: [], problems: [], notes: [] };
  const rows = namesOf(BOOK_SHEETS).flatMap((what) => {
    const { name } = BOOK_SHEETS[what];
    const sheet = sheets.find((each) => each.name.trim().toLowerCase() === name.toLowerCase());
    if (sheet === undefined) {
      found.problems.push({ at: name, problem: 'the sheet is not there any more, so that nothing of it was read' });
      return [];
    }
    const read = rowsOf(what, sheet, sent);
    found.problems.push(...read.problems);
    found.notes.push(...read.notes);
    return read.rows;
  });
  const known = knownIn(rows, sent);
  for (const row of rows) {
    const { edit, problems } = editIn(row, sent, known);
    const report = reportIn(row, sent, known);
    found.problems.push(...problems, ...report.problems);
    if (edit !== undefined) found.edits.push(edit);
    if (report.report !== undefined) found.reports.push(report.report);
  }
  return found;
}

/** Was it made here? A council's own has no sheet that says from what it was made. */
export const isOurs = ({ sheets }: ReadWorkbook): boolean => sheets.some(({ name }) => name === HIDDEN);

function sentOf(sheets: readonly ReadSheet[], file: string): Sent {
  const hidden = sheets.find(({ name }) => name === HIDDEN);
  const sent = sentIn((hidden?.rows ?? []).map(([cell]) => (cell === undefined ? '' : wordsIn(cell))));
  if (sent === 'other')
    throw wholeFile(
      file,
      'a workbook that was not made here, or whose hidden sheet is gone',
      'expected one that was downloaded from the plan, or written by "duecourse plan export": bring your changes into a new one',
    );
  if (sent === 'damaged')
    throw wholeFile(
      file,
      'a hidden sheet that was changed, so that it can’t be told what you changed',
      'expected it as it went out: bring your changes into a new workbook of the plan',
    );
  return sent;
}

/** What may be named in it: as it went out, with what was added in it. */
function knownIn(rows: readonly BookRow[], sent: Sent): Known {
  const added = (what: SheetKind) => rows.filter((row) => row.what === what && row.before === undefined);
  const ids = (what: 'recommendation' | 'action', items: readonly { id: string }[]) =>
    new Set([...items.map(({ id }) => id), ...added(what).map(({ id }) => id)]);
  const renamed = rows.filter(({ what }) => what === 'theme').flatMap((row) => titled(row));
  const themes = [...sent.plan.themes.map(({ id, title }) => ({ id, text: title })), ...renamed];
  return {
    people: peopleIn(sent),
    // By what it was called and by what it is called now: either may stand at an action.
    themes: [...themesIn(sent.plan), ...distinct(unique(themes))],
    recommendations: ids('recommendation', sent.plan.recommendations),
    actions: ids('action', sent.plan.actions),
    ratings: sent.ratings,
  };
}

function titled({ id, cells }: BookRow): { id: string; text: string }[] {
  const cell = cells.find(({ column }) => column.of === 'plan' && column.field === 'title');
  return cell?.content === undefined ? [] : [{ id, text: wordsIn(cell.content) }];
}

const unique = (all: readonly { id: string; text: string }[]) => [
  ...new Map(all.map((each) => [`${each.id} ${each.text}`, each])).values(),
];
