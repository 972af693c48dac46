import { LISTED_COLUMNS } from '../../domain/milestone/columns.ts';
import { SORT_COLUMNS, type Sort, type SortColumn } from '../../register/folded-milestones.ts';

/** A sort as an address has it: `title`, or `-title` the other way round. */
export type SortName = SortColumn | `-${SortColumn}`;

export const SORT_NAMES: readonly SortName[] = SORT_COLUMNS.flatMap((column): SortName[] => [column, `-${column}`]);

/** What comes first, in words. */
const IN_WORDS: Record<SortColumn, Record<Sort['order'], string>> = {
  due: { ascending: 'the earliest due first', descending: 'the last due first' },
  title: { ascending: 'by duty, A to Z', descending: 'by duty, Z to A' },
  workingDaysLate: { ascending: 'the least late first', descending: 'the latest first' },
  standing: { ascending: 'by status, overdue first', descending: 'by status, overdue last' },
  strength: { ascending: 'dates set by law first', descending: 'the council’s own promises first' },
  ownerTitle: { ascending: 'by owner, A to Z', descending: 'by owner, Z to A' },
  inspectionTitle: { ascending: 'by inspection, A to Z', descending: 'by inspection, Z to A' },
};

/** How a list is sorted whose address says nothing of it. */
const USUAL: SortName = 'due';

export function sortOf(name: SortName = USUAL): Sort {
  return name.startsWith('-')
    ? { by: name.slice(1) as SortColumn, order: 'descending' }
    : { by: name as SortColumn, order: 'ascending' };
}

export const sortInWords = ({ by, order }: Sort): string => IN_WORDS[by][order];

const isSortColumn = (name: string): name is SortColumn => (SORT_COLUMNS as readonly string[]).includes(name);

/** The head of a column that sorts its list: where it leads, and how the list is sorted by it now. */
export interface SortHead {
  href: string;
  now?: Sort['order'];
}

/** @param hrefOf the address of the same list, sorted so */
export function sortHeads(
  columns: readonly string[],
  sort: Sort,
  hrefOf: (name: SortName) => string,
): Partial<Record<string, SortHead>> {
  return Object.fromEntries(
    columns.filter(isSortColumn).map((column): [string, SortHead] => {
      const now = sort.by === column ? sort.order : undefined;
      const href = hrefOf(now === 'ascending' ? `-${column}` : column);
      return [column, now === undefined ? { href } : { href, now }];
    }),
  );
}

/** The same to choose from, where a list has no heads: on a phone. */
export function sortChoices(columns: readonly string[], name: SortName = USUAL) {
  return columns.filter(isSortColumn).flatMap((column) =>
    ([column, `-${column}`] as const).map((value) => ({
      value,
      text: `${LISTED_COLUMNS[column].title}: ${sortInWords(sortOf(value))}`,
      selected: value === name,
    })),
  );
}
