import type { Database } from './database.ts';
import { mapTable, namesOf } from '../domain/closed-table.ts';
import { MAIL_STATES, type MailState } from '../domain/lifecycle/mail-states.ts';
import { OVERDUE, PENDING, RUNNING } from './milestone-sql.ts';

/** Counts over all authorities: numbers alone, nobody's name. */
export interface Figures {
  openInspections: number;
  /** Milestones of open inspections. What is due soon is due within the next seven days; a hold may be overdue as well. */
  overdue: number;
  dueSoon: number;
  held: number;
  /** Mails by what became of them. */
  mails: Record<MailState, number>;
  /** Seconds since the oldest mail was claimed that is not settled; 0 where there is none. */
  oldestClaimSeconds: number;
}

const WEEK_MS = 7 * 24 * 3_600_000;

/** @param now the instant that is now, UTC */
export async function figures({ query }: Pick<Database, 'query'>, now: string): Promise<Figures> {
  const [row] = await query<Counts>(
    `SELECT (SELECT count(*) FROM inspection WHERE status = 'open') AS inspections, milestones.*, mails.*
     FROM (
       SELECT count(*) FILTER (WHERE ${OVERDUE}) AS overdue,
         count(*) FILTER (WHERE m.due_at > $1 AND m.due_at <= $2 AND ${RUNNING}) AS soon,
         count(*) FILTER (WHERE m.status = 'held') AS held
       FROM milestone m WHERE m.inspection_open AND ${PENDING}
     ) milestones, (
       SELECT ${namesOf(MAIL_STATES)
         .map((state) => `count(*) FILTER (WHERE state = '${state}') AS ${state}`)
         .join(', ')},
         min(claimed_at) FILTER (WHERE state = 'claimed') AS oldest
       FROM mail
     ) mails`,
    [now, new Date(Date.parse(now) + WEEK_MS).toISOString()],
  );
  if (row === undefined) throw new Error('the register counted nothing');
  const { oldest } = row;
  return {
    openInspections: Number(row.inspections),
    overdue: Number(row.overdue),
    dueSoon: Number(row.soon),
    held: Number(row.held),
    mails: mapTable(MAIL_STATES, (_state, name) => Number(row[name])),
    oldestClaimSeconds: oldest === null ? 0 : Math.max(0, (Date.parse(now) - Date.parse(oldest)) / 1000),
  };
}

/** PostgreSQL counts in bigint, which comes as text. */
type Counts = Record<'inspections' | 'overdue' | 'soon' | 'held' | MailState, string> & { oldest: string | null };
