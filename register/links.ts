import type { Database } from './database.ts';

/** An entry as the chain holds it, to the letter: enough to work its hash out again elsewhere. */
export interface ChainLink {
  number: number;
  reference: string;
  key: string;
  body: string;
  previousHash: string;
  hash: string;
}

/** The links of an authority's chain after a number, in order: as many as are asked for at most. */
export async function links(
  { query }: Database,
  authority: string,
  after: number,
  limit: number,
): Promise<ChainLink[]> {
  const rows = await query<Omit<ChainLink, 'number'> & { number: string }>(
    `SELECT number, reference, key, body, previous_hash AS "previousHash", hash FROM entry
     WHERE authority = $1 AND number > $2 ORDER BY number LIMIT $3`,
    [authority, after, limit],
  );
  return rows.map((row) => ({ ...row, number: Number(row.number) }));
}
