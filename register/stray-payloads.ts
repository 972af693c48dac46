import type { Queries } from './database.ts';

/** So long after it was stored, what belongs to no open inspection is of one that could not be started, or not archived. */
const STRAY_MS = 365 * 24 * 3_600_000;

export async function releaseStrayPayloads({ query }: Queries, now: string): Promise<void> {
  await query(
    `UPDATE large_payload p SET released_at = $1 WHERE released_at IS NULL AND stored_at < $2 AND NOT EXISTS (
       SELECT 1 FROM inspection i WHERE i.authority = p.authority AND i.reference = p.reference AND i.status = 'open')`,
    [now, new Date(Date.parse(now) - STRAY_MS).toISOString()],
  );
}
