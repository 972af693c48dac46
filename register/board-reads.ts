import { mapTable } from '../domain/closed-table.ts';
import { type Digest, namedIn } from '../domain/lifecycle/digest.ts';
import type { MailState } from '../domain/lifecycle/mail-states.ts';
import type { PlacedRow } from '../domain/milestone/columns.ts';
import type { Milestone, MilestoneStatus, NoticeKind } from '../domain/milestone/milestone.ts';
import {
  type Counted,
  MILESTONE_STANDINGS,
  MILESTONE_STATUSES,
  type MilestoneStanding,
} from '../domain/milestone/statuses.ts';
import type { Database, Queries } from './database.ts';
import { inspectionRef } from '../domain/inspection-ref.ts';
import { canonical } from '../domain/canonical.ts';
import { IN_ORDER, IS_LISTED, OVERDUE, PENDING, PLACED_COLUMNS, UNENDED, wholeRowsOf } from './milestone-sql.ts';
import { counted, type CountedSummary, type InspectionSummary, summaryColumns } from './reads.ts';

/** What a list of milestones is filtered by; `status` is where it stands, `overdue` and `open` told apart, or all that is to do. */
export interface MilestoneFilter {
  /** Only these authorities: those that the reader belongs to. */
  authorities: readonly string[];
  strand?: string | undefined;
  /** Where its date comes from. */
  strength?: Milestone['strength'] | undefined;
  owner?: string | undefined;
  status?: Counted | undefined;
  /** Words in the title, the inspection's title or reference, or the owner's title. */
  search?: string | undefined;
  /** The whole reference of one inspection. */
  reference?: string | undefined;
  /** Due instants, UTC: from (inclusive) and before. */
  dueFrom?: string | undefined;
  dueBefore?: string | undefined;
  /** What goes to one body. */
  body?: string | undefined;
  /** The rounds of one cycle. */
  cycle?: string | undefined;
}

/** How many there are of each standing. */
export type StandingCounts = Record<MilestoneStanding, number>;

/**
 * How many milestones of open inspections there are of each standing, under all filters but that of standing.
 *
 * @param now an instant, UTC
 */
export async function milestoneCounts(
  { query }: Queries,
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
  { query }: Queries,
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
     FROM ${wholeRowsOf('shown')}
     ORDER BY ${IN_ORDER}`,
    [...values, offset, limit],
  );
}

/**
 * When each of some rows was changed last, UTC, in their order; undefined where its entry is no longer there. Entries are looked up
 * for a whole inspection: a database that has not counted it yet may read it through, once and not for each row.
 */
export async function changedAt(
  { query }: Queries,
  rows: readonly Pick<PlacedRow, 'authority' | 'reference' | 'milestone'>[],
): Promise<(string | undefined)[]> {
  const asked = rows.map(({ authority, reference, milestone }, n) => ({ authority, reference, milestone, n }));
  const placed = await query<{ n: number; authority: string; reference: string; key: string }>(
    `SELECT asked.n, m.authority, m.reference, 'lifecycle/' || m.seq AS key
     FROM json_to_recordset($1::json) AS asked(authority text, reference text, milestone text, n integer)
     JOIN milestone m USING (authority, reference, milestone)`,
    [JSON.stringify(asked)],
  );
  const keys = new Map<string, { authority: string; reference: string; keys: string[] }>();
  for (const { authority, reference, key } of placed) {
    const one = keys.get(inspectionRef(authority, reference)) ?? { authority, reference, keys: [] };
    keys.set(inspectionRef(authority, reference), one);
    one.keys.push(key);
  }
  const found = await query<{ authority: string; reference: string; key: string; at: string }>(
    `SELECT e.authority, e.reference, e.key, e.at
     FROM json_to_recordset($1::json) AS one(authority text, reference text, keys text[])
     CROSS JOIN LATERAL (SELECT authority, reference, key, at FROM entry
       WHERE authority = one.authority AND reference = one.reference AND key = ANY(one.keys)) e`,
    [JSON.stringify([...keys.values()])],
  );
  const at = new Map(found.map((each) => [keyIn(each), each.at]));
  const of = new Map(placed.map((each) => [each.n, at.get(keyIn(each))]));
  return rows.map((_row, n) => of.get(n));
}

const keyIn = ({ authority, reference, key }: { authority: string; reference: string; key: string }): string =>
  `${inspectionRef(authority, reference)}/${key}`;

/**
 * A fixed word of ours, never what somebody typed: a plan that the database can use its indexes for.
 *
 * @param overdue what is late, where that is another thing than in lists of open inspections
 */
export function standingIs(standing: Counted | undefined, overdue = OVERDUE): string {
  if (standing === undefined) return 'true';
  if (standing === 'to-do') return PENDING;
  if (standing === 'overdue') return overdue;
  const late = MILESTONE_STATUSES[standing].clock === 'stands still' ? '' : ` AND NOT (${overdue})`;
  return `m.status = '${standing}'${late}`;
}

/** @returns `own`: what of it may differ between the rounds of one cycle */
export function conditions(
  filter: MilestoneFilter,
  now: string,
): { from: string; where: string; own: readonly string[]; values: unknown[] } {
  const values: unknown[] = [now, filter.authorities];
  const parts: string[] = [];
  const add = (value: unknown, sql: (parameter: string) => string): void => {
    if (value === undefined) return;
    values.push(value);
    parts.push(sql(`$${values.length}`));
  };
  add(filter.strand, (p) => `m.strand = ${p}`);
  add(filter.strength, (p) => `m.strength = ${p}`);
  add(filter.owner, (p) => `m.owner = ${p}`);
  add(filter.body, (p) => `m.body = ${p}`);
  add(filter.cycle, (p) => `m.cycle = ${p}`);
  add(filter.reference, (p) => `m.reference = ${p}`);
  add(filter.dueFrom, (p) => `m.due_at >= ${p}`);
  add(filter.dueBefore, (p) => `m.due_at < ${p}`);
  add(filter.search === undefined ? undefined : anywhere(filter.search), holds);
  const whose = ['m.inspection_open', 'm.authority = ANY($2)', '$1::text IS NOT NULL'];
  return { from: 'milestone m', where: [...whose, ...parts].join(' AND '), own: parts, values };
}

/** A pattern of LIKE for a text with these words in it, in whichever letters: {@link small} of both is compared. */
export const anywhere = (words: string): string => `%${words.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;

/** In small letters: one word of the database's own for many texts costs less than ILIKE, which makes them small each time. */
export const small = (...texts: string[]): string => `lower(${texts.join(` || E'\\n' || `)})`;

/** Has a duty, or its inspection, what was typed in its words? Inspections are far fewer than duties: they are looked through once. */
const holds = (p: string): string =>
  `(${small('m.title', 'm.owner_title')} LIKE lower(${p}) OR (m.authority, m.reference) IN (
    SELECT named.authority, named.reference FROM inspection named
    WHERE named.authority = ANY($2) AND ${small('named.title', 'named.reference')} LIKE lower(${p})))`;

const MINE = 'json_to_recordset($1::json) AS mine(authority text, role text)';

/** Milestones of somebody's own, as owner or beside them: by authority and role, still to be done or just submitted, by due instant. */
export async function dutiesOf(
  { query }: Database,
  roles: readonly { authority: string; role: string }[],
): Promise<PlacedRow[]> {
  return query<PlacedRow>(
    `WITH own AS (
       SELECT m.authority, m.reference, m.milestone FROM milestone m JOIN ${MINE} ON mine.authority = m.authority AND mine.role = m.owner
       WHERE m.inspection_open AND ${UNENDED}
       UNION
       SELECT m.authority, m.reference, m.milestone FROM milestone m JOIN ${MINE} ON mine.authority = m.authority AND m.beside ? mine.role
       WHERE m.inspection_open AND m.beside <> '[]' AND ${UNENDED})
     SELECT ${PLACED_COLUMNS} FROM ${wholeRowsOf('own')}
     ORDER BY ${IN_ORDER}`,
    [JSON.stringify(roles)],
  );
}

/** A duty that somebody has said to be done, or submitted, and when that was recorded: an instant, UTC. */
export type MetRow = PlacedRow & { metAt: string };

/** More than this nobody looks through to find what they have done a moment ago. */
const MAX_MET = 20;

/**
 * What somebody has said to be done, or submitted, themselves since an instant, as far as it stands so still: the newest first.
 *
 * @param person by whose id it is on record
 */
export async function metBy(
  { query }: Database,
  person: string,
  authorities: readonly string[],
  since: string,
): Promise<MetRow[]> {
  return query<MetRow>(
    `WITH met AS (
       SELECT e.authority, e.reference, e.milestone, max(e.at) AS at FROM entry e
       JOIN sealed actor ON actor.authority = e.authority AND actor.number = e.number AND actor.part = 'actor'
       WHERE e.authority = ANY($1) AND e.at >= $2 AND e.kind IN ('milestone-completed', 'milestone-submitted')
         AND actor.value = $3
       GROUP BY e.authority, e.reference, e.milestone)
     SELECT ${PLACED_COLUMNS}, met.at AS "metAt" FROM ${wholeRowsOf('met')}
     WHERE m.inspection_open AND m.status IN ('completed', 'submitted')
     ORDER BY met.at DESC, ${IN_ORDER} LIMIT ${MAX_MET}`,
    [authorities, since, canonical(person)],
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

/** Inspections of these authorities; one of them by its reference, or those alone that are open, or that are not. */
export interface WhichInspections {
  authorities: readonly string[];
  reference?: string | undefined;
  open?: boolean;
}

/**
 * Inspections of some authorities with what is open and overdue at an instant (UTC): open ones first, by reference. One that is on
 * no list is found by its own reference.
 */
export async function inspectionsOf(
  { query }: Database,
  now: string,
  { authorities, reference, open }: WhichInspections,
  { offset, limit }: { offset: number; limit: number },
): Promise<{ rows: InspectionSummary[]; total: number }> {
  const values = [authorities, reference ?? null];
  const ended = open === undefined ? '' : ` AND i.status ${open ? '=' : '<>'} 'open'`;
  const where = `i.authority = ANY($1) AND (i.reference = $2 OR $2::text IS NULL AND ${IS_LISTED})${ended}`;
  const [all] = await query<{ n: string }>(`SELECT count(*) AS n FROM inspection i WHERE ${where}`, values);
  const total = Number(all?.n ?? 0);
  if (limit === 0 || offset >= total) return { rows: [], total };
  const rows = await query<CountedSummary>(
    `WITH shown AS (
       SELECT * FROM inspection i WHERE ${where} ORDER BY i.status <> 'open', i.authority, i.reference OFFSET $4 LIMIT $5)
     SELECT ${summaryColumns('$3')}
     FROM shown i LEFT JOIN milestone m USING (authority, reference)
     GROUP BY i.authority, i.reference, i.title, i.division, i.status, i.started_at, i.ended_at
     ORDER BY i.status <> 'open', i.authority, i.reference`,
    [...values, now, offset, limit],
  );
  return { rows: rows.map(counted), total };
}
