import { GENESIS, hashOf } from './chain.ts';
import type { Database } from './database.ts';

/** What became of the check of one authority's chain. */
export interface ChainCheck {
  authority: string;
  entries: number;
  ok: boolean;
  firstBroken?: { number: number; why: string };
}

interface Row {
  number: string;
  reference: string;
  key: string;
  at: string;
  kind: string;
  milestone: string | null;
  body: string;
  previous_hash: string;
  hash: string;
}

/** Entries read at a time. */
const PAGE = 2000;

/** Checks every chain (or one authority's) link by link: numbers, hashes, the columns beside them, and the head. */
export async function verify(database: Database, authority?: string): Promise<ChainCheck[]> {
  const chains = await database.query<{ authority: string; head_number: string; head_hash: string }>(
    `SELECT a.authority, coalesce(c.head_number, 0) AS head_number, coalesce(c.head_hash, '') AS head_hash
     FROM (SELECT authority FROM authority_chain UNION SELECT DISTINCT authority FROM entry) a LEFT JOIN authority_chain c USING (authority)
     WHERE $1::text IS NULL OR a.authority = $1 ORDER BY 1`,
    [authority ?? null],
  );
  const checks: ChainCheck[] = [];
  for (const chain of chains) checks.push(await verifyChain(database, chain.authority, Number(chain.head_number), chain.head_hash));
  return checks;
}

async function verifyChain(database: Database, authority: string, headNumber: number, headHash: string): Promise<ChainCheck> {
  let number = 0;
  let hash = GENESIS;
  for (;;) {
    const rows = await database.query<Row>('SELECT number, reference, key, at, kind, milestone, body, previous_hash, hash FROM entry WHERE authority = $1 AND number > $2 ORDER BY number LIMIT $3', [authority, number, PAGE]);
    for (const row of rows) {
      const why = broken(row, authority, number + 1, hash);
      if (why !== undefined) return { authority, entries: number, ok: false, firstBroken: { number: number + 1, why } };
      number++;
      hash = row.hash;
    }
    if (rows.length < PAGE) break;
  }
  const end = number === headNumber && (hash === headHash || number === 0);
  return end ? { authority, entries: number, ok: true } : { authority, entries: number, ok: false, firstBroken: { number: number + 1, why: `the chain should end at no. ${headNumber}; entries are missing at its end, or its head was altered` } };
}

function broken(row: Row, authority: string, expected: number, previous: string): string | undefined {
  const number = Number(row.number);
  if (number !== expected) return `entry ${expected} is missing`;
  if (row.previous_hash !== previous) return 'it does not follow from the entry before it';
  if (row.hash !== hashOf(previous, { authority, reference: row.reference, key: row.key, number, body: row.body })) return 'its content was altered';
  const body = JSON.parse(row.body) as { at?: unknown; kind?: unknown; milestone?: unknown };
  return body.at === row.at && body.kind === row.kind && body.milestone === row.milestone ? undefined : 'a column beside its content was altered';
}
