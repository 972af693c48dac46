import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { UnplacedManifest } from '../domain/archive/manifest.ts';
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

/** Runs that have ended and are archived together, as far as their large payloads are concerned. */
export interface Releasing {
  authority: string;
  reference: string;
  at: string;
  manifest: Pick<UnplacedManifest, 'ended' | 'runs'>;
  /** What the last of them has handed on, by its hashes. */
  handedOn: readonly string[];
}

/** Clocks of workers and of the engine are never so far apart, in milliseconds. */
const APART_MS = 24 * 3_600_000;

/**
 * An ended lifecycle no longer needs what it was started with and has sent: its archived history holds that. Of one that goes
 * on as a new run, that is what was stored before the last run ended, but for what that has handed on. The engine may still
 * be asked of an ended run for a while, so that it goes only later (domain/retention.ts).
 */
export async function releasePayloads(
  { query }: Queries,
  { authority, reference, at, manifest, handedOn }: Releasing,
): Promise<void> {
  const last = manifest.runs.at(-1)?.last;
  const before = manifest.ended === 'continued-as-new' && last !== undefined ? Date.parse(last) - APART_MS : null;
  await query(
    `UPDATE large_payload SET released_at = $3
     WHERE authority = $1 AND reference = $2 AND released_at IS NULL
       AND ($4::text IS NULL OR (stored_at < $4 AND hash <> ALL($5)))`,
    [authority, reference, at, before === null ? null : new Date(before).toISOString(), handedOn],
  );
  await removePast({ query }, 'large-payload', at);
}
