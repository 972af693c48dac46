import { mapTable } from '../domain/closed-table.ts';
import { type Digest, namedIn } from '../domain/lifecycle/digest.ts';
import type { MailState } from '../domain/lifecycle/mail-states.ts';
import type { PlacedRow } from '../domain/milestone/columns.ts';
import type { MilestoneStatus, NoticeKind } from '../domain/milestone/milestone.ts';
import { MILESTONE_STANDINGS, MILESTONE_STATUSES, type MilestoneStanding } from '../domain/milestone/statuses.ts';
import type { Database } from './database.ts';
import { IN_ORDER, IS_LISTED, OVERDUE, PLACED_COLUMNS, UNENDED } from './milestone-sql.ts';
import { counted, type CountedSummary, type InspectionSummary, summaryColumns } from './reads.ts';

/** What a list of milestones is filtered by; `status` is where it stands, `overdue` and `open` told apart. */
export interface MilestoneFilter {
  /** Only these authorities: those that the reader belongs to. */
  authorities: readonly string[];
  strand?: string | undefined;
  owner?: string | undefined;
  status?: MilestoneStanding | undefined;
  /** Words in the title, the inspection's title or reference, or the owner's title. */
  search?: string | undefined;
  /** The whole reference of one inspection. */
  reference?: string | undefined;
  /** Due instants, UTC: from (inclusive) and before. */
  dueFrom?: string | undefined;
  dueBefore?: string | undefined;
  /** What goes to one body. */
  body?: string | undefined;
}

/** How many there are of each standing. */
export type StandingCounts = Record<MilestoneStanding, number>;

/**
 * How many milestones of open inspections there are of each standing, under all filters but that of standing.
 *
 * @param now an instant, UTC
 */
export async function milestoneCounts(
  { query }: Database,
  now: string,
  filter: MilestoneFilter,
): Promise<StandingCounts> {
  const { from, where, values } = conditions(filter, now);
  const counted = await query<{ status: MilestoneStatus; n: string; late: string }>(
    `SELECT m.status, count(*) AS n, count(*) FILTER (WHERE ${OVERDUE}) AS late FROM ${from} WHERE ${where} GROUP BY 1`,
    values,
  );
  const counts: StandingCounts = mapTable(MILESTONE_STANDINGS, () => 0);
  for (const { status, n, late } of counted) {
    counts[status] = Number(n) - Number(late);
    counts.overdue += Number(late);
  }
  return counts;
}

/**
 * A page of milestones of open inspections, by due instant. Which rows are on it is found in an index alone; then those
 * few are read whole.
 *
 * @param now an instant, UTC
 */
export async function milestonesOf(
  { query }: Database,
  now: string,
  filter: MilestoneFilter,
  { offset, limit }: { offset: number; limit: number },
): Promise<PlacedRow[]> {
  const { from, where, values } = conditions(filter, now);
  return query<PlacedRow>(
    `WITH shown AS MATERIALIZED (
       SELECT m.authority, m.reference, m.milestone FROM ${from} WHERE ${where} AND ${standingIs(filter.status)}
       ORDER BY ${IN_ORDER} OFFSET $${values.length + 1} LIMIT $${values.length + 2})
     SELECT ${PLACED_COLUMNS}
     FROM shown JOIN milestone m USING (authority, reference, milestone) JOIN inspection i USING (authority, reference)
     ORDER BY ${IN_ORDER}`,
    [...values, offset, limit],
  );
}

/** A fixed word of ours, never what somebody typed: a plan that the database can use its indexes for. */
function standingIs(standing: MilestoneStanding | undefined): string {
  if (standing === undefined) return 'true';
  if (standing === 'overdue') return OVERDUE;
  const late = MILESTONE_STATUSES[standing].clock === 'stands still' ? '' : ` AND NOT (${OVERDUE})`;
  return `m.status = '${standing}'${late}`;
}

function conditions(filter: MilestoneFilter, now: string): { from: string; where: string; values: unknown[] } {
  const values: unknown[] = [now, filter.authorities];
  const parts = ['m.inspection_open', 'm.authority = ANY($2)', '$1::text IS NOT NULL'];
  const add = (value: unknown, sql: (parameter: string) => string): void => {
    if (value === undefined) return;
    values.push(value);
    parts.push(sql(`$${values.length}`));
  };
  add(filter.strand, (p) => `m.strand = ${p}`);
  add(filter.owner, (p) => `m.owner = ${p}`);
  add(filter.body, (p) => `m.body = ${p}`);
  add(filter.reference, (p) => `m.reference = ${p}`);
  add(filter.dueFrom, (p) => `m.due_at >= ${p}`);
  add(filter.dueBefore, (p) => `m.due_at < ${p}`);
  add(
    filter.search === undefined ? undefined : `%${filter.search.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`,
    (p) => `(m.title ILIKE ${p} OR i.title ILIKE ${p} OR m.owner_title ILIKE ${p} OR m.reference ILIKE ${p})`,
  );
  const titles = filter.search === undefined ? '' : ' JOIN inspection i USING (authority, reference)';
  return { from: `milestone m${titles}`, where: parts.join(' AND '), values };
}

const MINE = 'json_to_recordset($1::json) AS mine(authority text, role text)';

/** Milestones of somebody's own, as owner or beside them: by authority and role, still to be done or just handed in, by due instant. */
export async function dutiesOf(
  { query }: Database,
  roles: readonly { authority: string; role: string }[],
): Promise<PlacedRow[]> {
  return query<PlacedRow>(
    `SELECT ${PLACED_COLUMNS} FROM milestone m JOIN inspection i USING (authority, reference)
     WHERE (authority, reference, milestone) IN (
       SELECT m.authority, m.reference, m.milestone FROM milestone m JOIN ${MINE} ON mine.authority = m.authority AND mine.role = m.owner
       WHERE m.inspection_open AND ${UNENDED}
       UNION
       SELECT m.authority, m.reference, m.milestone FROM milestone m JOIN ${MINE} ON mine.authority = m.authority AND m.beside ? mine.role
       WHERE m.inspection_open AND m.beside <> '[]' AND ${UNENDED})
     ORDER BY ${IN_ORDER}`,
    [JSON.stringify(roles)],
  );
}

/** A mail about a milestone: when, to which roles, and what became of it. */
export interface MilestoneMail {
  day: string;
  state: MailState;
  reason: string | null;
  roles: string[];
  kinds: NoticeKind[];
}

/** The mails that spoke of a milestone, in order. */
export async function mailsAbout(
  { query }: Database,
  authority: string,
  reference: string,
  milestone: string,
): Promise<MilestoneMail[]> {
  const rows = await query<{ day: string; state: MailState; reason: string | null; content: Partial<Digest> }>(
    `SELECT day, state, reason, content FROM mail
     WHERE authority = $1 AND reference = $2 AND (content @> $3::jsonb OR content @> $4::jsonb) ORDER BY claimed_at, digest`,
    [authority, reference, JSON.stringify({ notices: [{ milestone }] }), JSON.stringify({ lines: [{ milestone }] })],
  );
  return rows.map(({ content, ...row }) => ({
    ...row,
    roles: content.recipient?.roles.map((role) => role.title) ?? [],
    kinds: namedIn(content)
      .filter((each) => each.milestone === milestone)
      .map((each) => each.kind),
  }));
}

/**
 * Inspections of some authorities with what is open and overdue at an instant (UTC): open ones first, by reference. One that is on
 * no list is found by its own reference.
 */
export async function inspectionsOf(
  { query }: Database,
  now: string,
  { authorities, reference }: { authorities: readonly string[]; reference?: string | undefined },
  { offset, limit }: { offset: number; limit: number },
): Promise<{ rows: InspectionSummary[]; total: number }> {
  const values = [authorities, reference ?? null];
  const where = `i.authority = ANY($1) AND (i.reference = $2 OR $2::text IS NULL AND ${IS_LISTED})`;
  const [all] = await query<{ n: string }>(`SELECT count(*) AS n FROM inspection i WHERE ${where}`, values);
  const rows = await query<CountedSummary>(
    `WITH shown AS (
       SELECT * FROM inspection i WHERE ${where} ORDER BY i.status <> 'open', i.authority, i.reference OFFSET $4 LIMIT $5)
     SELECT ${summaryColumns('$3')}
     FROM shown i LEFT JOIN milestone m USING (authority, reference)
     GROUP BY i.authority, i.reference, i.title, i.division, i.status, i.started_at, i.ended_at
     ORDER BY i.status <> 'open', i.authority, i.reference`,
    [...values, now, offset, limit],
  );
  return { rows: rows.map(counted), total: Number(all?.n ?? 0) };
}
