import { ENTRY_KINDS } from '../domain/lifecycle/entry-kinds.ts';
import type { InspectionKey, EntryBody } from './append.ts';
import type { Queries } from './database.ts';
import { dropState } from './kept-states.ts';
import { newInspection } from './inspection-row.ts';
import { WRITE_ROWS } from './milestone-sql.ts';
import { ENTRIES, ENTRY_COLUMNS, type EntryRow, opened } from './sealed.ts';

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
  const status = ENTRY_KINDS[entry.kind].ends;
  const begun = newInspection(entry, inspectionTitle);
  if (begun !== undefined) {
    await query('INSERT INTO inspection VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING', [
      authority,
      reference,
      begun.title,
      begun.division,
      'open',
      begun.startedAt,
    ]);
  } else if (status !== undefined) {
    await query('UPDATE inspection SET status = $3, ended_at = $4 WHERE authority = $1 AND reference = $2', [
      authority,
      reference,
      status,
      entry.at,
    ]);
    await dropState({ query }, { authority, reference });
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
  await query(WRITE_ROWS, [authority, reference, JSON.stringify([...newest.values()])]);
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
