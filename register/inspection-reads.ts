import type { CivilDate } from '../domain/calendar/civil-date.ts';
import type { PlacedRow } from '../domain/milestone/columns.ts';
import type { MilestoneStatus } from '../domain/milestone/milestone.ts';
import type { Counted, MilestoneStanding } from '../domain/milestone/statuses.ts';
import type { StrandName } from '../domain/schemas/rule-pack.ts';
import { standingIs } from './board-reads.ts';
import type { Database } from './database.ts';
import { IN_ORDER, OVERDUE, PLACED_COLUMNS } from './milestone-sql.ts';

interface Place {
  authority: string;
  reference: string;
}

/** Which of an inspection's duties are meant; both days count. */
export interface DutiesAsked {
  strand?: StrandName | undefined;
  standing?: Counted | undefined;
  dueFrom?: CivilDate | undefined;
  dueUntil?: CivilDate | undefined;
}

/** How many duties of one kind stand in one way. */
export interface StrandCount {
  strand: StrandName;
  standing: MilestoneStanding;
  n: number;
}

/** One inspection's own duties, whether it is open or has ended: in one that has ended nothing is late. `now` is UTC. */
export interface InspectionReads {
  /** Of those due until a day, which counts; of all where none is named. */
  counts(place: Place, now: string, dueUntil?: CivilDate): Promise<StrandCount[]>;
  /** By due instant. */
  duties(place: Place, now: string, asked: DutiesAsked, page: { offset: number; limit: number }): Promise<PlacedRow[]>;
  /** The duties of these ids, in no order; whichever there is none of is left out. */
  named(place: Place, milestones: readonly string[]): Promise<PlacedRow[]>;
  /** The first and the last day on which anything is, or was, due or expected; null where there is no duty. */
  span(place: Place): Promise<{ first: CivilDate; last: CivilDate } | null>;
}

const LATE = `(m.inspection_open AND ${OVERDUE})`;
const FROM = 'FROM milestone m JOIN inspection i USING (authority, reference)';
const OF = 'm.authority = $2 AND m.reference = $3 AND $1::text IS NOT NULL';

export function inspectionReadsOf({ query }: Pick<Database, 'query'>): InspectionReads {
  return {
    async counts({ authority, reference }, now, dueUntil) {
      const rows = await query<{ strand: StrandName; status: MilestoneStatus; late: boolean; n: string }>(
        `SELECT m.strand, m.status, ${LATE} AS late, count(*) AS n FROM milestone m
         WHERE ${OF} AND ($4::text IS NULL OR m.due <= $4) GROUP BY 1, 2, 3`,
        [now, authority, reference, dueUntil ?? null],
      );
      return rows.map(({ strand, status, late, n }) => ({
        strand,
        standing: late ? ('overdue' as const) : status,
        n: Number(n),
      }));
    },
    duties: ({ authority, reference }, now, { strand, standing, dueFrom, dueUntil }, { offset, limit }) =>
      query<PlacedRow>(
        `SELECT ${PLACED_COLUMNS} ${FROM}
         WHERE ${OF} AND ($4::text IS NULL OR m.strand = $4) AND ${standingIs(standing, LATE)}
           AND ($5::text IS NULL OR m.due >= $5) AND ($6::text IS NULL OR m.due <= $6)
         ORDER BY ${IN_ORDER} OFFSET $7 LIMIT $8`,
        [now, authority, reference, strand ?? null, dueFrom ?? null, dueUntil ?? null, offset, limit],
      ),
    named: ({ authority, reference }, milestones) =>
      query<PlacedRow>(
        `SELECT ${PLACED_COLUMNS} ${FROM} WHERE m.authority = $1 AND m.reference = $2 AND m.milestone = ANY($3)`,
        [authority, reference, milestones],
      ),
    async span({ authority, reference }) {
      const [row] = await query<{ first: CivilDate | null; last: CivilDate | null }>(
        `SELECT min(m.due) AS first, max(greatest(m.due, m.forecast)) AS last FROM milestone m
         WHERE m.authority = $1 AND m.reference = $2`,
        [authority, reference],
      );
      if (row === undefined || row.first === null || row.last === null) return null;
      return { first: row.first, last: row.last };
    },
  };
}
