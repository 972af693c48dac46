import type { PlacedRow } from '../domain/milestone/columns.ts';
import type { Database } from './database.ts';
import { IN_ORDER, OVERDUE, PENDING, PLACED_COLUMNS, UNENDED } from './milestone-sql.ts';

/** How much a role has to do in open inspections. */
export interface Load {
  authority: string;
  owner: string;
  ownerTitle: string;
  /** To do, what is late among it. */
  open: number;
  late: number;
  /** Waiting for a decision: not among what is to do. */
  submitted: number;
}

type Figure = 'open' | 'late' | 'submitted';

/** Of an inspection, how many dates to come rest on something that is not certain yet. */
export interface DoubtfulDates {
  authority: string;
  reference: string;
  title: string;
  /** On bank holidays that are not published yet. */
  provisional: number;
  /** On another day than the one from which they should count, which is not on file. */
  standIns: number;
}

/** What the first pages of those read who look after others' work; all of the authorities that are named. `now` is UTC. */
export interface WaitingReads {
  /** Duties for which a later date has been asked, and neither granted nor declined since. */
  laterDatesAsked(authorities: readonly string[]): Promise<PlacedRow[]>;
  loads(now: string, authorities: readonly string[]): Promise<Load[]>;
  doubtfulDates(authorities: readonly string[]): Promise<DoubtfulDates[]>;
}

export function waitingReadsOf({ query }: Pick<Database, 'query'>): WaitingReads {
  return {
    laterDatesAsked: (authorities) =>
      query<PlacedRow>(
        `WITH newest AS (
           SELECT DISTINCT ON (authority, reference, milestone) authority, reference, milestone, kind FROM entry
           WHERE kind IN ('extension-requested', 'extension-declined', 'milestone-extended') AND authority = ANY($1)
           ORDER BY authority, reference, milestone, number DESC)
         SELECT ${PLACED_COLUMNS} FROM newest JOIN milestone m USING (authority, reference, milestone)
           JOIN inspection i USING (authority, reference)
         WHERE newest.kind = 'extension-requested' AND m.inspection_open AND ${PENDING} ORDER BY ${IN_ORDER}`,
        [authorities],
      ),
    async loads(now, authorities) {
      const rows = await query<Omit<Load, Figure> & Record<Figure, string>>(
        `SELECT m.authority, m.owner, max(m.owner_title) AS "ownerTitle", count(*) FILTER (WHERE ${PENDING}) AS open,
           count(*) FILTER (WHERE ${OVERDUE}) AS late, count(*) FILTER (WHERE NOT ${PENDING}) AS submitted
         FROM milestone m WHERE m.inspection_open AND ${UNENDED} AND m.authority = ANY($2)
         GROUP BY m.authority, m.owner ORDER BY late DESC, open DESC, m.authority, m.owner`,
        [now, authorities],
      );
      return rows.map((row) => ({
        ...row,
        ...{ open: Number(row.open), late: Number(row.late), submitted: Number(row.submitted) },
      }));
    },
    async doubtfulDates(authorities) {
      const rows = await query<
        Omit<DoubtfulDates, 'provisional' | 'standIns'> & { provisional: string; stand: string }
      >(
        `SELECT m.authority, m.reference, i.title, count(*) FILTER (WHERE m.provisional) AS provisional,
           count(*) FILTER (WHERE m.stand_in IS NOT NULL) AS stand
         FROM milestone m JOIN inspection i USING (authority, reference)
         WHERE m.inspection_open AND ${PENDING} AND m.authority = ANY($1) AND (m.provisional OR m.stand_in IS NOT NULL)
         GROUP BY m.authority, m.reference, i.title ORDER BY m.authority, m.reference`,
        [authorities],
      );
      return rows.map(({ stand, ...row }) => ({
        ...row,
        provisional: Number(row.provisional),
        standIns: Number(stand),
      }));
    },
  };
}
