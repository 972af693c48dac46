import { mapTable, namesOf } from '../domain/closed-table.ts';
import { UNLISTED } from '../domain/lifecycle/inspection-status.ts';
import {
  type Column,
  type ColumnKind,
  MILESTONE_COLUMNS,
  type MilestoneRow,
  type PlacedRow,
} from '../domain/milestone/columns.ts';
import type { MilestoneStatus } from '../domain/milestone/milestone.ts';
import { statusesThat } from '../domain/milestone/statuses.ts';
import { FIXED_STRENGTHS } from '../domain/milestone/strengths.ts';

/** What PostgreSQL keeps of each kind, as information_schema calls it. */
const SQL_TYPES: Record<ColumnKind, 'text' | 'integer' | 'boolean' | 'jsonb'> = {
  text: 'text',
  id: 'text',
  ids: 'jsonb',
  date: 'text',
  instant: 'text',
  count: 'integer',
  flag: 'boolean',
  sentences: 'jsonb',
  strand: 'text',
  status: 'text',
  standing: 'text',
  strength: 'text',
  slippage: 'text',
  byDates: 'text',
};

export const sqlTypeOf = ({ kind }: Column) => SQL_TYPES[kind];

const NAMES = namesOf(MILESTONE_COLUMNS);
const sqlOf = (name: keyof MilestoneRow): string => MILESTONE_COLUMNS[name].sql;
const each = (write: (name: keyof MilestoneRow) => string): string => NAMES.map(write).join(', ');

/** What a query of `milestone m` selects for a MilestoneRow. */
export const ROW_COLUMNS = each((name) => `m.${sqlOf(name)} AS "${name}"`);

/** Where the columns of a PlacedRow that are not the milestone's own are read. */
const PLACE: Record<Exclude<keyof PlacedRow, keyof MilestoneRow>, string> = {
  authority: 'm.authority',
  reference: 'm.reference',
  inspectionTitle: 'i.title',
  division: 'i.division',
  inspectionOpen: 'm.inspection_open',
};

/** What a query of `milestone m` and `inspection i` selects for a PlacedRow. */
export const PLACED_COLUMNS = [
  ROW_COLUMNS,
  ...Object.values(mapTable(PLACE, (sql, name) => `${sql} AS "${name}"`)),
].join(', ');

/**
 * Writes rows ($3: a JSON array of rows, each with the `seq` of its entry) of one inspection ($1, $2): of each milestone
 * its newest.
 */
export const WRITE_ROWS = `INSERT INTO milestone (authority, reference, seq, ${each(sqlOf)}, inspection_open)
  SELECT $1, $2, r.seq, ${each((name) => `r."${name}"`)},
    EXISTS (SELECT 1 FROM inspection i WHERE i.authority = $1 AND i.reference = $2 AND i.status = 'open')
  FROM json_to_recordset($3::json) AS r(seq bigint, ${each((name) => `"${name}" ${sqlTypeOf(MILESTONE_COLUMNS[name])}`)})
  ON CONFLICT (authority, reference, milestone) DO UPDATE SET
    seq = excluded.seq, ${each((name) => `${sqlOf(name)} = excluded.${sqlOf(name)}`)}, inspection_open = excluded.inspection_open
  WHERE milestone.seq < excluded.seq`;

/** Only what the table holds of a row, whatever else an entry may say of it: its columns in their order, as JSON. */
export const storedColumns = (row: Readonly<Record<keyof MilestoneRow, unknown>>): string =>
  JSON.stringify(NAMES.map((name) => row[name]));

const among = (statuses: readonly MilestoneStatus[]): string =>
  `m.status IN (${statuses.map((status) => `'${status}'`).join(', ')})`;

/** As isPending of domain/milestone/milestone-state.ts. */
export const PENDING = among(statusesThat(({ group }) => group === 'to-do'));

/** Whether its clock runs, as isOverdue there has it: a hold stops the council's own clocks only. */
export const RUNNING = `(${among(statusesThat(({ clock }) => clock === 'runs'))} OR (${among(
  statusesThat(({ clock }) => clock === 'runs where fixed'),
)} AND m.strength IN (${FIXED_STRENGTHS.map((name) => `'${name}'`).join(', ')})))`;

/** Overdue at $1. */
export const OVERDUE = `m.due_at <= $1 AND ${RUNNING}`;

/** Where a row stands, in a word: what is late stands alike, whether it is to do or held while the law does not wait. */
export const STANDS = `CASE WHEN ${OVERDUE} THEN 'overdue' ELSE m.status END`;

/** What still is to be done, or was submitted and awaits its completion. */
export const UNENDED = among(statusesThat(({ group }) => group !== 'ended'));

/** Inspections that are on lists, of `inspection i`. */
export const IS_LISTED = `i.status NOT IN (${UNLISTED.map((status) => `'${status}'`).join(', ')})`;

/** Mail about inspections that are on lists, of `mail`. */
export const IS_ABOUT_LISTED = `NOT EXISTS (SELECT 1 FROM inspection i WHERE i.authority = mail.authority AND i.reference = mail.reference AND NOT (${IS_LISTED}))`;

/** In the order of lists: by due instant. */
export const IN_ORDER = 'm.due_at, m.authority, m.reference, m.milestone';

/**
 * Reads whole the rows whose keys a query has found, as `milestone m` and `inspection i`: each by its key. OFFSET 0 keeps the
 * database from reading every inspection, or all duties of one, to join them with fifty.
 *
 * @param keys what has found them: a relation of authority, reference and milestone
 */
export const wholeRowsOf = (keys: string): string => `${keys}
  CROSS JOIN LATERAL (SELECT * FROM milestone whole WHERE whole.authority = ${keys}.authority
    AND whole.reference = ${keys}.reference AND whole.milestone = ${keys}.milestone OFFSET 0) m
  CROSS JOIN LATERAL (SELECT * FROM inspection whole WHERE whole.authority = ${keys}.authority
    AND whole.reference = ${keys}.reference OFFSET 0) i`;
