import type { CellProblem } from '../plan-book/book-read.ts';
import { textOf } from '../plan-book/choices.ts';
import { peopleIn } from '../plan-book/names.ts';
import type { BookRow } from '../plan-book/read-rows.ts';
import type { Sent } from '../plan-book/sent.ts';
import type { SheetKind } from '../plan-book/sheet-kind.ts';
import { columnsOf } from './our-columns.ts';
import { type OwnCells, type TakenRow, textContent } from './own-cells.ts';

/** What a workbook names that was not in the plan. */
export interface Added {
  rows: BookRow[];
  problems: CellProblem[];
  /** What follows that it does not say: a sentence each. */
  notes: string[];
}

/**
 * Themes and recommendations that are new, as rows of their own.
 *
 * @param officer accountable for each new theme, a role; where it is not said, whoever leads its first action
 */
export function addedBy(
  { themes, recommendations }: Pick<OwnCells, 'themes' | 'recommendations'>,
  taken: readonly TakenRow[],
  { sent, officer: chosen }: { sent: Sent; officer: string | undefined },
): Added {
  const added: Added = { rows: [], problems: [], notes: [] };
  const named = taken.flatMap((each) => each.recommendations ?? []);
  for (const item of recommendations.added) {
    const at = named.find((each) => each.item === item)?.at ?? '';
    added.rows.push(rowOf('recommendation', item.id, at, { text: item.text }));
  }
  for (const item of themes.added) {
    const own = taken.filter(({ theme }) => theme?.item === item);
    const at = own[0]?.theme?.at ?? '';
    const officer = chosen ?? own.find(({ owner }) => owner !== undefined)?.owner;
    if (officer === undefined) {
      added.problems.push({
        at,
        problem: `the theme “${item.text}” is new, and nobody is said to be accountable for it`,
      });
      continue;
    }
    const who = textOf(peopleIn(sent), officer);
    added.notes.push(
      `The theme “${item.text}” is new; accountable for it would be ${who}${chosen === undefined ? ', who leads its first action' : ''}.`,
    );
    added.rows.push(rowOf('theme', item.id, at, { title: item.text, officer: who }));
  }
  return added;
}

function rowOf(what: SheetKind, id: string, at: string, values: Readonly<Record<string, string>>): BookRow {
  const columns = columnsOf(what);
  return {
    ...{ what, id, before: undefined, at, withdraw: { content: undefined, at } },
    cells: Object.entries(values).flatMap(([field, value]) => {
      const column = columns.get(field);
      return column === undefined ? [] : [{ column, content: textContent(value), at }];
    }),
  };
}
