import type { CivilDate } from '../domain/calendar/civil-date.ts';
import type { RegisterEntry } from '../domain/lifecycle/entry.ts';
import type { EntryKind } from '../domain/lifecycle/entry-kinds.ts';
import { type Digest, namedIn } from '../domain/lifecycle/digest.ts';
import type { InspectionStatus } from '../domain/lifecycle/inspection-status.ts';
import type { PlacedRow } from '../domain/milestone/columns.ts';
import type { Finding } from '../domain/doctor/finding.ts';
import type { MorningFacts, SummaryMail } from '../domain/summary/morning-summary.ts';
import { keptFeed } from './bank-holiday-feed.ts';
import type { Database } from './database.ts';
import { IN_ORDER, IS_ABOUT_LISTED, OVERDUE, PENDING, PLACED_COLUMNS } from './milestone-sql.ts';
import { ENTRIES, ENTRY_COLUMNS, type EntryRow, opened, entriesIn } from './sealed.ts';
import { inspectionRef, type InspectionRef, partsOf } from '../domain/inspection-ref.ts';

export interface InspectionSummary {
  authority: string;
  reference: string;
  title: string;
  division: string;
  status: InspectionStatus;
  startedAt: string;
  endedAt: string | null;
  /** Milestones still to be done. */
  open: number;
  overdue: number;
  /** The next due day; null where nothing is to come. */
  nextDue: CivilDate | null;
}

export interface UndeliverableMail {
  digest: string;
  authority: string;
  reference: string;
  recipient: string;
  /** The roles it went to, and the milestones it spoke of. */
  roles: string[];
  milestones: string[];
  messageId: string;
  day: string;
  reason: string | null;
  settledAt: string;
}

/** What a query of `inspection i` joined with `milestone m` selects for an InspectionSummary; `now` is its parameter. */
export const summaryColumns = (
  now: string,
): string => `i.authority, i.reference, i.title, i.division, i.status, i.started_at AS "startedAt", i.ended_at AS "endedAt",
  count(m.milestone) FILTER (WHERE i.status = 'open' AND ${PENDING}) AS open,
  count(m.milestone) FILTER (WHERE i.status = 'open' AND ${OVERDUE.replaceAll('$1', now)}) AS overdue,
  min(m.due) FILTER (WHERE i.status = 'open' AND ${PENDING} AND m.due_at > ${now}) AS "nextDue"`;

/** An InspectionSummary as PostgreSQL answers it: it counts in bigint, which comes as text. */
export type CountedSummary = InspectionSummary & { open: string; overdue: string };

export const counted = (row: CountedSummary): InspectionSummary => ({
  ...row,
  open: Number(row.open),
  overdue: Number(row.overdue),
});

/** All inspections, those too that are on no list, with what is open and overdue at an instant (UTC). */
export async function list({ query }: Database, now: string): Promise<InspectionSummary[]> {
  const rows = await query<CountedSummary>(
    `SELECT ${summaryColumns('$1')}
     FROM inspection i LEFT JOIN milestone m USING (authority, reference)
     GROUP BY i.authority, i.reference ORDER BY i.authority, i.reference`,
    [now],
  );
  return rows.map(counted);
}

/** Every overdue milestone of the open inspections, the longest overdue first. */
export async function overdue({ query }: Database, now: string, filter: { authority?: string }): Promise<PlacedRow[]> {
  return query<PlacedRow>(
    `SELECT ${PLACED_COLUMNS} FROM milestone m JOIN inspection i USING (authority, reference)
     WHERE m.inspection_open AND ${OVERDUE} AND ($2::text IS NULL OR m.authority = $2) ORDER BY ${IN_ORDER}`,
    [now, filter.authority ?? null],
  );
}

/** All milestones of one inspection, ended ones too, by due instant. */
export async function milestones(
  { query }: Database,
  authority: string,
  reference: string,
  milestone?: string,
): Promise<PlacedRow[]> {
  return query<PlacedRow>(
    `SELECT ${PLACED_COLUMNS} FROM milestone m JOIN inspection i USING (authority, reference)
     WHERE m.authority = $1 AND m.reference = $2 AND ($3::text IS NULL OR m.milestone = $3) ORDER BY ${IN_ORDER}`,
    [authority, reference, milestone ?? null],
  );
}

/** What happened in one inspection, in order. */
export async function history({ query }: Database, authority: string, reference: string): Promise<RegisterEntry[]> {
  const rows = await query<EntryRow>(
    `SELECT ${ENTRY_COLUMNS} FROM ${ENTRIES} WHERE e.authority = $1 AND e.reference = $2 ORDER BY e.number`,
    [authority, reference],
  );
  return rows.map(opened);
}

/**
 * What an audit of an instant is made of, in order: all that happened in one inspection before it, and of what came later
 * what each duty ended with.
 *
 * @param until an instant, UTC
 */
export async function historyTo(
  { query }: Pick<Database, 'query'>,
  { authority, reference }: { authority: string; reference: string },
  until: string,
): Promise<RegisterEntry[]> {
  const rows = await query<EntryRow>(
    `WITH later AS MATERIALIZED (
       SELECT number, milestone, body::json AS said FROM entry WHERE authority = $1 AND reference = $2 AND at >= $3
     ), ends AS (
       SELECT max(number) AS number FROM later WHERE milestone IS NOT NULL GROUP BY milestone
       UNION SELECT number FROM (
         SELECT DISTINCT ON (said #>> '{row,milestone}') number FROM later WHERE said #>> '{row,milestone}' IS NOT NULL
         ORDER BY said #>> '{row,milestone}', (said ->> 'seq')::bigint DESC, number DESC) rows
     )
     SELECT ${ENTRY_COLUMNS} FROM ${entriesIn(
       `(SELECT * FROM entry WHERE authority = $1 AND reference = $2
          AND (at < $3 OR kind = 'inspection-started' OR number IN (SELECT number FROM ends)))`,
     )} ORDER BY e.number`,
    [authority, reference, until],
  );
  return rows.map(opened);
}

/** What happened to one of its duties, in order. */
export async function historyOf(
  { query }: Pick<Database, 'query'>,
  { authority, reference, milestone }: { authority: string; reference: string; milestone: string },
): Promise<RegisterEntry[]> {
  const rows = await query<EntryRow>(
    `SELECT ${ENTRY_COLUMNS} FROM ${ENTRIES}
     WHERE e.authority = $1 AND e.reference = $2 AND e.milestone = $3 ORDER BY e.number`,
    [authority, reference, milestone],
  );
  return rows.map(opened);
}

/** What happened after an entry's number in the chain, in order, with the number of each. */
export async function historyAfter(
  { query }: Pick<Database, 'query'>,
  { authority, reference }: { authority: string; reference: string },
  after: number,
  limit: number,
): Promise<{ number: number; entry: RegisterEntry }[]> {
  const rows = await query<EntryRow & { number: string }>(
    `SELECT e.number, ${ENTRY_COLUMNS} FROM ${entriesIn(
      '(SELECT * FROM entry WHERE authority = $1 AND reference = $2 AND number > $3 ORDER BY number LIMIT $4)',
    )} ORDER BY e.number`,
    [authority, reference, after, limit],
  );
  return rows.map((row) => ({ number: Number(row.number), entry: opened(row) }));
}

/** Which entries of an inspection are wanted. */
export interface HistoryPage {
  from: 'the oldest' | 'the newest';
  offset: number;
  limit: number;
}

const ORDER: Record<HistoryPage['from'], string> = { 'the oldest': 'ASC', 'the newest': 'DESC' };

/** Some of an inspection's entries, and how many there are in all. */
export async function historyPage(
  { query }: Pick<Database, 'query'>,
  { authority, reference }: { authority: string; reference: string },
  { from, offset, limit }: HistoryPage,
): Promise<{ entries: RegisterEntry[]; total: number }> {
  const rows = await query<EntryRow>(
    `SELECT ${ENTRY_COLUMNS} FROM ${ENTRIES} WHERE e.authority = $1 AND e.reference = $2
     ORDER BY e.number ${ORDER[from]} OFFSET $3 LIMIT $4`,
    [authority, reference, offset, limit],
  );
  const [count] = await query<{ total: string }>(
    'SELECT count(*) AS total FROM entry WHERE authority = $1 AND reference = $2',
    [authority, reference],
  );
  return { entries: rows.map(opened), total: Number(count?.total ?? 0) };
}

/** Which entries of an inspection's are meant: of one kind, and of one duty where it is named. */
export interface EntriesOfKind {
  authority: string;
  reference: string;
  kind: EntryKind;
  milestone?: string | undefined;
}

/** Entries of one kind, the oldest first, and how many there are in all. */
export async function entriesOfKind(
  { query }: Pick<Database, 'query'>,
  { authority, reference, kind, milestone }: EntriesOfKind,
  { offset, limit }: { offset: number; limit: number },
): Promise<{ entries: RegisterEntry[]; total: number }> {
  const meant = 'authority = $1 AND reference = $2 AND kind = $3 AND ($4::text IS NULL OR milestone = $4)';
  const of = [authority, reference, kind, milestone ?? null];
  const rows = await query<EntryRow>(
    `SELECT ${ENTRY_COLUMNS} FROM ${entriesIn(`(SELECT * FROM entry WHERE ${meant} ORDER BY number OFFSET $5 LIMIT $6)`)} ORDER BY e.number`,
    [...of, offset, limit],
  );
  const [count] = await query<{ total: string }>(`SELECT count(*) AS total FROM entry WHERE ${meant}`, of);
  return { entries: rows.map(opened), total: Number(count?.total ?? 0) };
}

/** The number in the chain after which an inspection's last `count` entries stand; 0 where it has no more than these. */
export async function numberBeforeLast(
  { query }: Pick<Database, 'query'>,
  { authority, reference }: { authority: string; reference: string },
  count: number,
): Promise<number> {
  const rows = await query<{ number: string }>(
    'SELECT number FROM entry WHERE authority = $1 AND reference = $2 ORDER BY number DESC OFFSET $3 LIMIT 1',
    [authority, reference, count],
  );
  return Number(rows[0]?.number ?? 0);
}

/** Every authority of which anything is known here, by id. */
export async function authorities({ query }: Pick<Database, 'query'>): Promise<string[]> {
  const rows = await query<{ authority: string }>(
    'SELECT authority FROM (SELECT authority FROM authority_chain UNION SELECT authority FROM inspection UNION SELECT authority FROM authority_file) a ORDER BY 1',
  );
  return rows.map(({ authority }) => authority);
}

/** Mail that can't be delivered, newest first; not what was asked to be sent again since. */
export async function undeliverable(
  { query }: Database,
  inspection?: { authority: string; reference: string },
): Promise<UndeliverableMail[]> {
  const rows = await query<UndeliverableMail & { content: Partial<Digest> }>(
    `SELECT digest, authority, reference, recipient, message_id AS "messageId", day, reason, settled_at AS "settledAt", content FROM mail
     WHERE state = 'undeliverable' AND resent_at IS NULL AND ($1::text IS NULL AND ${IS_ABOUT_LISTED} OR authority = $1 AND reference = $2) ORDER BY settled_at DESC, digest`,
    [inspection?.authority ?? null, inspection?.reference ?? null],
  );
  return rows.map(({ content, ...row }) => ({
    ...row,
    roles: content.recipient?.roles.map((role) => role.id) ?? [],
    milestones: namedIn(content).map((notice) => notice.milestone),
  }));
}

const WEEK_MS = 7 * 24 * 3_600_000;

/**
 * What an authority's morning summary is made of: its open inspections' pending milestones, and in the last week
 * lost mail and what has grown large.
 */
export async function morning(
  { query }: Pick<Database, 'query'>,
  authority: string,
  now: string,
): Promise<MorningFacts> {
  const milestones = await query<PlacedRow>(
    `SELECT ${PLACED_COLUMNS} FROM milestone m JOIN inspection i USING (authority, reference)
     WHERE m.authority = $1 AND m.inspection_open AND ${PENDING}`,
    [authority],
  );
  const lost = await query<SummaryMail>(
    `SELECT reference, recipient, day, reason FROM mail
     WHERE authority = $1 AND state = 'undeliverable' AND resent_at IS NULL AND settled_at >= $2 AND ${IS_ABOUT_LISTED} ORDER BY settled_at`,
    [authority, new Date(Date.parse(now) - WEEK_MS).toISOString()],
  );
  const near = await query<EntryRow & { reference: string }>(
    `SELECT e.reference, ${ENTRY_COLUMNS} FROM ${ENTRIES} JOIN inspection i ON i.authority = e.authority AND i.reference = e.reference
     WHERE e.authority = $1 AND e.kind = 'limit-near' AND e.at >= $2 AND i.status = 'open' ORDER BY e.number`,
    [authority, new Date(Date.parse(now) - WEEK_MS).toISOString()],
  );
  const large = near.map((row) => ({ reference: row.reference, text: opened(row).text }));
  const feed = await keptFeed({ query });
  return { milestones, findings: await findingsOf({ query }, authority, now), undeliverable: lost, large, feed };
}

/** An older look says nothing of this morning. */
const LOOK_LASTS_MS = 2 * 3_600_000;

/** What the newest look has found in an authority's inspections. */
async function findingsOf({ query }: Pick<Database, 'query'>, authority: string, now: string): Promise<Finding[]> {
  const [row] = await query<{ findings: Finding[] }>('SELECT findings FROM doctor_report WHERE at >= $1', [
    new Date(Date.parse(now) - LOOK_LASTS_MS).toISOString(),
  ]);
  return (row?.findings ?? []).filter(
    ({ inspection }) => inspection !== undefined && partsOf(inspection).authority === authority,
  );
}

/** The open inspections of an authority after a reference, in order. */
export async function openReferences(
  { query }: Database,
  authority: string,
  after: string,
  limit: number,
): Promise<InspectionRef[]> {
  const rows = await query<{ reference: string }>(
    `SELECT reference FROM inspection WHERE authority = $1 AND status = 'open' AND reference > $2 ORDER BY reference LIMIT $3`,
    [authority, after.slice(after.indexOf('/') + 1), limit],
  );
  return rows.map(({ reference }) => inspectionRef(authority, reference));
}

/** Has a lifecycle's entry of this number been recorded? */
export async function has({ query }: Database, authority: string, reference: string, seq: number): Promise<boolean> {
  return (
    (
      await query('SELECT 1 FROM entry WHERE authority = $1 AND reference = $2 AND key = $3', [
        authority,
        reference,
        `lifecycle/${seq}`,
      ])
    ).length > 0
  );
}

/** The database's own clock, not that of the transaction: milliseconds since 1970. */
export async function clock(database: Database): Promise<number> {
  const [row] = await database.query<{ ms: string }>('SELECT extract(epoch FROM clock_timestamp()) * 1000 AS ms');
  return Number(row?.ms);
}
