import { GENESIS, hashOf } from './chain.ts';
import type { Database, Queries } from './database.ts';

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

/**
 * Checks every chain (or one authority's) link by link: numbers, hashes, the columns beside them, and the head. Each is
 * read as it was at one moment, so that entries appended meanwhile are not taken for an intruder's.
 */
export async function verify(database: Database, authority?: string): Promise<ChainCheck[]> {
  const chains = await database.query<{ authority: string }>(
    'SELECT authority FROM (SELECT authority FROM authority_chain UNION SELECT authority FROM entry) a WHERE $1::text IS NULL OR authority = $1 ORDER BY 1',
    [authority ?? null],
  );
  const checks: ChainCheck[] = [];
  for (const chain of chains)
    checks.push(await database.inTransaction((queries) => verifyChain(queries, chain.authority), 'snapshot'));
  return checks;
}

async function verifyChain({ query }: Queries, authority: string): Promise<ChainCheck> {
  const [head] = await query<{ head_number: string; head_hash: string }>(
    'SELECT head_number, head_hash FROM authority_chain WHERE authority = $1',
    [authority],
  );
  const headNumber = Number(head?.head_number ?? 0);
  const headHash = head?.head_hash ?? '';
  let number = 0;
  let hash = GENESIS;
  for (;;) {
    const rows = await query<Row>(
      'SELECT number, reference, key, at, kind, milestone, body, previous_hash, hash FROM entry WHERE authority = $1 AND number > $2 ORDER BY number LIMIT $3',
      [authority, number, PAGE],
    );
    for (const row of rows) {
      const why = broken(row, authority, number + 1, hash);
      if (why !== undefined) return { authority, entries: number, ok: false, firstBroken: { number: number + 1, why } };
      number++;
      hash = row.hash;
    }
    if (rows.length < PAGE) break;
  }
  const end = number === headNumber && (hash === headHash || number === 0);
  return end
    ? { authority, entries: number, ok: true }
    : {
        authority,
        entries: number,
        ok: false,
        firstBroken: {
          number: number + 1,
          why: `the chain should end at no. ${headNumber}; entries are missing at its end, or its head was altered`,
        },
      };
}

function broken(row: Row, authority: string, expected: number, previous: string): string | undefined {
  const number = Number(row.number);
  if (number !== expected) return `entry ${expected} is missing`;
  if (row.previous_hash !== previous) return 'it does not follow from the entry before it';
  if (row.hash !== hashOf(previous, { authority, reference: row.reference, key: row.key, number, body: row.body }))
    return 'its content was altered';
  const body = JSON.parse(row.body) as { at?: unknown; kind?: unknown; milestone?: unknown };
  return body.at === row.at && body.kind === row.kind && body.milestone === row.milestone
    ? undefined
    : 'a column beside its content was altered';
}
