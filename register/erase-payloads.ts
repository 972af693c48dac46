import proto from '@temporalio/proto';
import { gunzipSync } from 'node:zlib';
import type { Queries } from './database.ts';
import { jsonOfPayload } from './redact-history.ts';
import type { Redactor } from './redact.ts';

const { Payload: message } = proto.temporal.api.common.v1;

/** What was done about a person's large payloads, by their number. */
export interface ErasedPayloads {
  /** Of ended inspections, and deleted: their archived histories hold what is left of them. */
  payloads: number;
  /** Of open inspections, which go on with them: as in the engine's own history, they stay until the inspection has ended. */
  payloadsLeft: number;
  encrypted: number;
}

/** Takes the large payloads of ended lifecycles that hold a person out of an authority's part; one at a time, each may be megabytes. */
export async function erasePayloads({ query }: Queries, authority: string, person: Redactor): Promise<ErasedPayloads> {
  const keys = await query<{ reference: string; hash: string; released: boolean }>(
    `SELECT reference, hash, released_at IS NOT NULL AS released FROM large_payload
     WHERE authority = $1 ORDER BY reference, hash`,
    [authority],
  );
  const found: ErasedPayloads = { payloads: 0, payloadsLeft: 0, encrypted: 0 };
  for (const { reference, hash, released } of keys) {
    const [row] = await query<{ content: Buffer }>(
      'SELECT content FROM large_payload WHERE authority = $1 AND reference = $2 AND hash = $3',
      [authority, reference, hash],
    );
    if (row === undefined) continue;
    const value = jsonOfPayload(message.decode(gunzipSync(row.content)));
    if (value === undefined) found.encrypted++;
    else if (JSON.stringify(person.redact(value)) === JSON.stringify(value)) continue;
    else if (!released) found.payloadsLeft++;
    else {
      found.payloads++;
      await query('DELETE FROM large_payload WHERE authority = $1 AND reference = $2 AND hash = $3', [
        authority,
        reference,
        hash,
      ]);
    }
  }
  return found;
}
