import { entryOf } from '../domain/closed-table.ts';
import { type ColumnKind, type ColumnName, LISTED_COLUMNS, type ListedMilestone } from '../domain/milestone/columns.ts';
import { SLIPPAGES } from '../domain/milestone/slippage.ts';
import { BY_DATES } from '../domain/progress/by-dates.ts';
import { MILESTONE_STANDINGS } from '../domain/milestone/statuses.ts';
import { STRENGTHS } from '../domain/milestone/strengths.ts';
import { STRANDS } from '../domain/strands/strands.ts';

/** How a list writes what it does not write as it stands: by kind of column. */
export type CellWriters = Partial<Record<ColumnKind, (text: string) => string>>;

/** A row of which a list has left out what it does not show. */
type Shown<Name extends ColumnName> = { [Each in Name]: ListedMilestone[Each] | null };

/** Our own names in the words that people read. */
export const IN_WORDS: CellWriters = {
  strand: (name) => entryOf(STRANDS, name)?.title ?? name,
  status: (name) => entryOf(MILESTONE_STANDINGS, name)?.words ?? name,
  standing: (name) => entryOf(MILESTONE_STANDINGS, name)?.words ?? name,
  byDates: (name) => entryOf(BY_DATES, name)?.words ?? name,
  strength: (name) => entryOf(STRENGTHS, name)?.words ?? name,
  slippage: (name) => entryOf(SLIPPAGES, name)?.words ?? name,
};

/** One cell; what is null is empty, and a flag is yes or no. */
export function cellOf<Name extends ColumnName>(row: Shown<Name>, name: Name, writers: CellWriters): string {
  const value: string | number | boolean | readonly string[] | null = row[name];
  if (value === null) return '';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  const text = typeof value === 'object' ? value.join(' ') : String(value);
  return writers[LISTED_COLUMNS[name].kind]?.(text) ?? text;
}

/** The cells of a list's columns, under their heads. */
export function cellsOf<Name extends ColumnName>(
  row: Shown<Name>,
  names: readonly Name[],
  writers: CellWriters,
): Partial<Record<string, string>> {
  return Object.fromEntries(names.map((name) => [LISTED_COLUMNS[name].title, cellOf(row, name, writers)]));
}
