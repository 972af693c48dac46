import type { InspectionKey, EntryBody } from './append.ts';
import type { Queries } from './database.ts';
import { ENTRIES, ENTRY_COLUMNS, type EntryRow, opened } from './sealed.ts';

const STATUS: Partial<Record<EntryBody['kind'], string>> = {
  'inspection-closed': 'closed',
  'inspection-cancelled': 'cancelled',
};

/** Brings the tables that lists are read from up to date with entries just appended, in their order. */
export async function writeTables(
  queries: Queries,
  inspection: InspectionKey,
  entries: readonly EntryBody[],
): Promise<void> {
  for (const entry of entries) {
    await writeInspection(queries, inspection, entry);
    if (entry.kind === 'mail-resent') await markResent(queries, inspection, entry);
  }
  await writeMilestones(queries, inspection, entries);
}

async function writeInspection(
  { query }: Queries,
  { authority, reference, inspectionTitle }: InspectionKey,
  entry: EntryBody,
): Promise<void> {
  const status = STATUS[entry.kind];
  if (entry.kind === 'inspection-started') {
    const { title, division } = entry.data;
    await query('INSERT INTO inspection VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING', [
      authority,
      reference,
      typeof title === 'string' ? title : inspectionTitle,
      typeof division === 'string' ? division : '',
      'open',
      entry.at,
    ]);
  } else if (status !== undefined) {
    await query('UPDATE inspection SET status = $3, ended_at = $4 WHERE authority = $1 AND reference = $2', [
      authority,
      reference,
      status,
      entry.at,
    ]);
    await query('UPDATE milestone SET inspection_open = false WHERE authority = $1 AND reference = $2', [
      authority,
      reference,
    ]);
  }
}

async function markResent({ query }: Queries, { authority }: InspectionKey, { at, data }: EntryBody): Promise<void> {
  if (typeof data['messageId'] !== 'string') return;
  await query('UPDATE mail SET resent_at = $3 WHERE authority = $1 AND message_id = $2', [
    authority,
    data['messageId'],
    at,
  ]);
}

async function writeMilestones(
  { query }: Queries,
  { authority, reference }: InspectionKey,
  entries: readonly EntryBody[],
): Promise<void> {
  const newest = new Map<string, object>();
  for (const { seq, row } of entries) if (row !== null) newest.set(row.milestone, { seq, ...row });
  if (newest.size === 0) return;
  await query(
    `INSERT INTO milestone
     SELECT $1, $2, r.milestone, r.seq, r.strand, r.title, r.due, r."dueAt", r."dueVersion", r.status, r.owner, r."ownerTitle", r.strength, r.provisional, r.explanation, r."endedAt", r."holdReviewOn", r.body,
       EXISTS (SELECT 1 FROM inspection i WHERE i.authority = $1 AND i.reference = $2 AND i.status = 'open')
     FROM json_to_recordset($3::json) AS r(milestone text, seq bigint, strand text, title text, due text, "dueAt" text, "dueVersion" integer, status text, owner text, "ownerTitle" text, strength text, provisional boolean, explanation jsonb, "endedAt" text, "holdReviewOn" text, body text)
     ON CONFLICT (authority, reference, milestone) DO UPDATE SET
       seq = excluded.seq, strand = excluded.strand, title = excluded.title, due = excluded.due, due_at = excluded.due_at, due_version = excluded.due_version, status = excluded.status, owner = excluded.owner,
       owner_title = excluded.owner_title, strength = excluded.strength, provisional = excluded.provisional, explanation = excluded.explanation, ended_at = excluded.ended_at, hold_review_on = excluded.hold_review_on, body = excluded.body, inspection_open = excluded.inspection_open
     WHERE milestone.seq < excluded.seq`,
    [authority, reference, JSON.stringify([...newest.values()])],
  );
}

/**
 * Makes the tables again from the entries alone: what they say is then what the register says, whatever had become of
 * them.
 */
export async function rebuild({ query }: Queries): Promise<void> {
  await query('LOCK TABLE authority_chain IN EXCLUSIVE MODE');
  // Not truncated: lists can be read meanwhile, as they were.
  await query('DELETE FROM milestone');
  await query('DELETE FROM inspection');
  const chains = await query<{ authority: string; reference: string }>(
    'SELECT DISTINCT authority, reference FROM entry ORDER BY 1, 2',
  );
  for (const { authority, reference } of chains) await write({ query }, authority, reference);
}

/** The same for one inspection. */
export async function rebuildOne(queries: Queries, authority: string, reference: string): Promise<void> {
  for (const table of ['milestone', 'inspection'])
    await queries.query(`DELETE FROM ${table} WHERE authority = $1 AND reference = $2`, [authority, reference]);
  await write(queries, authority, reference);
}

async function write({ query }: Queries, authority: string, reference: string): Promise<void> {
  const rows = await query<EntryRow>(
    `SELECT ${ENTRY_COLUMNS} FROM ${ENTRIES} WHERE e.authority = $1 AND e.reference = $2 ORDER BY e.number`,
    [authority, reference],
  );
  await writeTables({ query }, { authority, reference, inspectionTitle: reference }, rows.map(opened));
}
