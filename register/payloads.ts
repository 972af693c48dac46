import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { PayloadStore } from '../platform/large-payloads.ts';
import { removePast } from './apply-retention.ts';
import type { Queries } from './database.ts';

/** The large payloads of lifecycles, in the register's own database. */
export function payloadsOf({ query }: Queries): PayloadStore {
  return {
    async keep({ authority, reference, hash }, bytes) {
      await query(
        `INSERT INTO large_payload VALUES ($1, $2, $3, $4, $5, NULL)
         ON CONFLICT (authority, reference, hash) DO UPDATE SET released_at = NULL`,
        [authority, reference, hash, await promisify(gzip)(bytes), new Date().toISOString()],
      );
    },
    async find({ authority, reference, hash }) {
      const key = [authority, reference, hash];
      const [row] = await query<{ content: Buffer; released: boolean }>(
        `SELECT content, released_at IS NOT NULL AS released FROM large_payload
         WHERE authority = $1 AND reference = $2 AND hash = $3`,
        key,
      );
      if (row === undefined) return undefined;
      // What is used once more, as by an operator's reset, is kept for its time from then on.
      if (row.released)
        await query('UPDATE large_payload SET released_at = $4 WHERE authority = $1 AND reference = $2 AND hash = $3', [
          ...key,
          new Date().toISOString(),
        ]);
      return promisify(gunzip)(row.content);
    },
  };
}

/**
 * An ended lifecycle no longer needs what it was started with and has sent: its archived history holds that. The engine may
 * still be asked of it for a while, so that it goes only later (domain/retention.ts).
 */
export async function releasePayloads(
  { query }: Queries,
  { authority, reference, at }: { authority: string; reference: string; at: string },
): Promise<void> {
  await query(
    'UPDATE large_payload SET released_at = $3 WHERE authority = $1 AND reference = $2 AND released_at IS NULL',
    [authority, reference, at],
  );
  await removePast({ query }, 'large-payload', at);
}
