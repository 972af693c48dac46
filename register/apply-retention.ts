import { mapTable, namesOf } from '../domain/closed-table.ts';
import { type Kept, type Retention, RETENTION } from '../domain/retention.ts';
import type { Queries } from './database.ts';
import { releaseStrayPayloads } from './stray-payloads.ts';

/** Rows deleted in one statement: none holds its locks for long. */
const BATCH = 1000;

/**
 * Deletes what is past its time, of every kind; safe beside other processes that do the same.
 *
 * @param now an instant, UTC
 * @returns how many rows of each kind are gone
 */
export async function applyRetention(queries: Queries, now: string): Promise<Record<Kept, number>> {
  await releaseStrayPayloads(queries, now);
  const gone = mapTable(RETENTION, () => 0);
  for (const kind of namesOf(RETENTION)) gone[kind] = await removePast(queries, kind, now);
  return gone;
}

/** Deletes what is past its time of one kind. A row that somebody else is just using or deleting is left to them. */
export async function removePast({ query }: Queries, kind: Kept, now: string): Promise<number> {
  const { ms, tables, since, until }: Retention = RETENTION[kind];
  const column = until ?? since;
  if (ms === null || column === undefined) return 0;
  const edge = until === undefined ? new Date(Date.parse(now) - ms).toISOString() : now;
  let gone = 0;
  for (const table of tables) {
    for (;;) {
      const rows = await query(
        `DELETE FROM ${table} WHERE ctid = ANY(ARRAY(
           SELECT ctid FROM ${table} WHERE ${column} <= $1 LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)) RETURNING 1`,
        [edge],
      );
      gone += rows.length;
      if (rows.length < BATCH) break;
    }
  }
  return gone;
}
