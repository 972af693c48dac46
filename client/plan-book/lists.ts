import type { Cell, WriteSheet } from 'hucre/xlsx';
import { colToLetter } from 'hucre/xlsx';
import { namesOf } from '../../domain/closed-table.ts';
import { cellOf } from './cell-of.ts';
import * as looks from './looks.ts';
import { DIRECTION_CHOICES, peopleIn, themesIn } from './names.ts';
import type { Choice } from './choices.ts';
import type { BookSource } from './source.ts';

/** The lists that cells are chosen from, each a column of one sheet. */
const LISTS = {
  people: { head: 'Owners', of: ({ sent }: BookSource): readonly Choice[] => peopleIn(sent) },
  themes: { head: 'Themes', of: ({ sent }: BookSource): readonly Choice[] => themesIn(sent.plan) },
  ratings: { head: 'Ratings', of: ({ sent }: BookSource): readonly Choice[] => sent.ratings },
  directions: { head: 'Which way is better', of: (): readonly Choice[] => DIRECTION_CHOICES },
};

export type ListName = keyof typeof LISTS;

const NAME = 'Lists';
const all = namesOf(LISTS);

/** Where a list stands: 'Lists!$A$2:$A$9'. */
export function listRange(list: ListName, source: BookSource): string {
  const letter = colToLetter(all.indexOf(list));
  return `${NAME}!$${letter}$2:$${letter}$${Math.max(2, LISTS[list].of(source).length + 1)}`;
}

export function listsSheet(source: BookSource): WriteSheet {
  const lists = all.map((name) => [LISTS[name].head, ...LISTS[name].of(source).map(({ text }) => text)]);
  const cells = new Map<string, Partial<Cell>>();
  lists.forEach((list, column) =>
    list.forEach((value, row) =>
      cells.set(`${row},${column}`, { ...cellOf(value), style: row === 0 ? looks.HEAD : TEXT }),
    ),
  );
  return {
    name: NAME,
    columns: all.map(() => ({ width: 40 })),
    rows: Array.from({ length: Math.max(...lists.map(({ length }) => length)) }, () => all.map(() => null)),
    cells,
    freezePane: { rows: 1 },
    protection: looks.PROTECTION,
    pageSetup: looks.pageSetup(true),
  };
}

const TEXT = looks.formatted(looks.LOCKED, looks.TEXT_FORMAT);
