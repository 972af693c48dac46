import { namesOf } from '../domain/closed-table.ts';
import type { CivilDate } from '../domain/calendar/civil-date.ts';
import type { PlacedRow } from '../domain/milestone/columns.ts';
import { type Counted, MILESTONE_STATUSES } from '../domain/milestone/statuses.ts';
import { STRENGTHS } from '../domain/milestone/strengths.ts';
import { conditions, type MilestoneFilter, standingIs } from './board-reads.ts';
import type { Queries } from './database.ts';
import { IN_ORDER, OVERDUE, PLACED_COLUMNS, STANDS, wholeRowsOf } from './milestone-sql.ts';

/** What a row stands for beside itself. */
export interface FoldedRow extends PlacedRow {
  /** So many rounds of its cycle stand where it does and are on the list, itself among them; the first of them is due then. */
  rounds: number;
  roundsSince: CivilDate;
  /** So many earlier ones have ended as missed, whatever the list is filtered by. */
  missed: number;
  missedSince: CivilDate | null;
}

const among = (names: readonly string[]): string => `ARRAY[${names.map((name) => `'${name}'`).join(', ')}]`;
const STANDING = `CASE WHEN ${OVERDUE} THEN 0 ELSE array_position(${among(namesOf(MILESTONE_STATUSES))}, m.status) END`;

/** What a list can be sorted by; after it comes the due instant, then the row's own name. How late a duty is goes against its date. */
const SORTS = {
  due: ['m.due_at'],
  title: ['lower(m.title)'],
  workingDaysLate: ['m.due_at DESC'],
  standing: [STANDING],
  strength: [`array_position(${among(namesOf(STRENGTHS))}, m.strength)`],
  ownerTitle: ['lower(m.owner_title)'],
  inspectionTitle: ['lower(i.title)', 'm.authority', 'm.reference'],
} as const satisfies Record<string, readonly string[]>;

export type SortColumn = keyof typeof SORTS;
export const SORT_COLUMNS: readonly SortColumn[] = namesOf(SORTS);

export interface Sort {
  by: SortColumn;
  order: 'ascending' | 'descending';
}

/** @returns what stands after ORDER BY: the same rows in the same order, however often it is asked */
function orderOf({ by, order }: Sort): string {
  const turned = (key: string): string => (key.endsWith(' DESC') ? key.slice(0, -' DESC'.length) : `${key} DESC`);
  const keys: readonly string[] = SORTS[by];
  return [...(order === 'ascending' ? keys : keys.map(turned)), IN_ORDER].join(', ');
}

/** The same that is said of a row `m`, said of another. */
const ofAnother = (sql: string): string => sql.replaceAll(/\bm\./g, 'other.');

const LATER = '(other.due_at, other.milestone) > (m.due_at, m.milestone)';
const EARLIER = '(other.due_at, other.milestone) < (m.due_at, m.milestone)';

/** Of what is still to come the next one stands for the others; of all else the newest, as it does for what was missed. */
function isBefore(standing: Counted | undefined): string {
  if (standing === undefined || standing === 'to-do')
    return `CASE WHEN m.status = 'open' AND NOT (${OVERDUE}) THEN ${EARLIER} ELSE ${LATER} END`;
  return standing === 'open' ? EARLIER : LATER;
}

/**
 * Another round of the row's cycle that is on the list under the same filters, and stands where it does. That it is one of the
 * reader's councils is not asked again: it is looked up thousands of times.
 */
function isTwin(own: readonly string[], standing: Counted | undefined): string {
  const same = ['authority', 'reference', 'cycle'].map((name) => `other.${name} = m.${name}`);
  const alike =
    standing === undefined || standing === 'to-do'
      ? `${ofAnother(STANDS)} = ${STANDS}`
      : ofAnother(standingIs(standing));
  return [...same, 'other.inspection_open', alike, ...own.map(ofAnother)].join(' AND ');
}

/**
 * A page of milestones of open inspections in which the rounds of a cycle that stand alike are one row.
 *
 * @param now an instant, UTC
 * @param each each round on a row of its own
 */
export async function foldedMilestones(
  { query }: Queries,
  now: string,
  filter: MilestoneFilter,
  { sort, each, offset, limit }: { sort: Sort; each: boolean; offset: number; limit: number },
): Promise<FoldedRow[]> {
  const { from, where, own, values } = conditions(filter, now);
  const titles = sort.by === 'inspectionTitle' ? ' JOIN inspection i USING (authority, reference)' : '';
  const twin = isTwin(own, filter.status);
  const alone = `(m.cycle IS NULL OR NOT EXISTS (SELECT 1 FROM milestone other WHERE ${twin} AND ${isBefore(filter.status)}))`;
  const order = orderOf(sort);
  const rows = await query<FoldedRow & { rounds: string; missed: string }>(
    `WITH shown AS MATERIALIZED (
       SELECT m.authority, m.reference, m.milestone FROM ${from}${titles}
       WHERE ${where} AND ${standingIs(filter.status)} AND ${each ? 'true' : alone}
       ORDER BY ${order} OFFSET $${values.length + 1} LIMIT $${values.length + 2})
     SELECT ${PLACED_COLUMNS}, coalesce(twins.n, 1) AS rounds, coalesce(twins.since, m.due) AS "roundsSince",
       coalesce(gone.n, 0) AS missed, gone.since AS "missedSince"
     FROM ${wholeRowsOf('shown')}
     LEFT JOIN LATERAL (SELECT count(*) AS n, min(other.due) AS since FROM milestone other
       WHERE m.cycle IS NOT NULL AND ${each ? 'false' : twin} HAVING count(*) > 0) twins ON true
     LEFT JOIN LATERAL (SELECT count(*) AS n, min(other.due) AS since FROM milestone other
       WHERE m.cycle IS NOT NULL AND other.authority = m.authority AND other.reference = m.reference
         AND other.cycle = m.cycle AND other.status = 'missed' AND other.inspection_open HAVING count(*) > 0) gone ON true
     ORDER BY ${order}`,
    [...values, offset, limit],
  );
  return rows.map((row) => ({ ...row, rounds: Number(row.rounds), missed: Number(row.missed) }));
}
