import type { CivilDate } from '../../domain/calendar/civil-date.ts';
import type { SheetKind } from './sheet-kind.ts';
import type { PlanItems } from '../../domain/revisions/plan-items.ts';
import type { Sent } from './sent.ts';
import type { Shown } from './source.ts';

/** What stands in a cell: words, a number, a day, nothing. */
export type Out = string | number | { date: CivilDate } | undefined;

/** What a cell that somebody may change holds. */
export type Kind =
  | 'line'
  /** Several lines. */
  | 'words'
  | 'date'
  | 'percent'
  | 'amount'
  | 'owner'
  | 'officer'
  | 'people'
  | 'theme'
  | 'themes'
  | 'recommendations'
  | 'actions'
  | 'rating'
  | 'direction';

interface Heading {
  head: string | ((sent: Sent) => string);
  /** In letters. */
  width: number;
}

/** A field of the plan. */
export interface PlanColumn<Item> extends Heading {
  of: 'plan';
  /** As the plan calls it, and what is wrong with it names it. */
  field: string;
  kind: Kind;
  out(item: Item, sent: Sent): Out;
  /** The thing with another value of it; undefined: with none. */
  put(item: Item, value: unknown): Item;
  /** What a reader is told of the cell, as its note. */
  note?(item: Item, shown: Shown): string | undefined;
}

/** What is reported of it. */
export interface ReportColumn<Item> extends Heading {
  of: 'report';
  field: 'rating' | 'percent' | 'text' | 'forecast' | 'value' | 'on' | 'source';
  kind: Kind;
  out(item: Item, sent: Sent): Out;
}

/** What is shown, and changed elsewhere. */
export interface ShownColumn<Item> extends Heading {
  of: 'shown';
  kind: 'line' | 'date' | 'amount';
  out(item: Item, shown: Shown): Out;
}

export type Column<Item> = PlanColumn<Item> | ReportColumn<Item> | ShownColumn<Item>;

/** A sheet of the plan: its first column is the name of each thing, its last whether that is withdrawn. */
export interface BookSheet<Item> {
  name: string;
  columns: readonly Column<Item>[];
  /** Empty rows below what is there, to be filled in. */
  spare: number;
  /** So many of them stand on paper, from the first on; all where it is not said: more could not be read there. */
  printed?: number;
  /** What somebody begins with who adds one. */
  blank(id: string): Item;
}

export type BookSheets = { [K in SheetKind]: BookSheet<PlanItems[K]> };

/** What stands above a column. */
export const headOf = ({ head }: Pick<Heading, 'head'>, sent: Sent): string =>
  typeof head === 'string' ? head : head(sent);

/** The first column and the last of every sheet of the plan. */
export const REF = { head: 'Ref', width: 14 };
export const WITHDRAW = { head: 'Withdraw?', width: 11 };
/** What is written there; anything else is told. */
export const YES = 'yes';

type Said<Made> = Omit<Made, 'of' | 'put'>;

/** Makes the columns of one kind of thing. */
interface Makers<Item> {
  /** @param column with what its field holds where its cell is empty: nothing, unless it is said */
  plan(column: Said<PlanColumn<Item>> & { empty?: unknown }): PlanColumn<Item>;
  report(column: Said<ReportColumn<Item>>): ReportColumn<Item>;
  shown(column: Said<ShownColumn<Item>>): ShownColumn<Item>;
}

export const columnsFor = <Item extends object>(
  make: (makers: Makers<Item>) => readonly Column<Item>[],
): readonly Column<Item>[] =>
  make({
    plan: ({ empty, ...column }) => ({
      ...column,
      of: 'plan',
      put: (item, value) => havingAt(item, column.field, value ?? empty),
    }),
    report: (column) => ({ ...column, of: 'report' }),
    shown: (column) => ({ ...column, of: 'shown' }),
  });

/** With another value of one of its fields, or of a part of one; without it where there is none. */
function havingAt<Item extends object>(item: Item, at: string, value: unknown): Item {
  const [field = '', part] = at.split('.');
  if (part === undefined) return having(item, field, value);
  const before: Partial<Record<string, unknown>> = { ...item };
  const whole = having({ ...(before[field] as object | undefined) }, part, value);
  return having(item, field, Object.keys(whole).length === 0 ? undefined : whole);
}

function having<Item extends object>(item: Item, field: string, value: unknown): Item {
  const { [field]: _before, ...rest }: Partial<Record<string, unknown>> = { ...item };
  return (value === undefined ? rest : { ...item, [field]: value }) as Item;
}

/** Behind the officer of an action that names no owner of its own. */
export const BY_THEME = ' (as its theme says)';

export const day = (date: CivilDate | undefined): Out => (date === undefined ? undefined : { date });
/** Names in one cell. */
export const listed = (ids: readonly string[]): Out => (ids.length === 0 ? undefined : ids.join(', '));
