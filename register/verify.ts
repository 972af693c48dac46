import { entryOf } from '../domain/closed-table.ts';
import { ENTRY_KINDS } from '../domain/lifecycle/entry-kinds.ts';
import { GENESIS, hashOf } from './chain.ts';
import type { Database, Queries } from './database.ts';
import type { Finding } from './findings.ts';
import { keptNumbers } from './kept-states.ts';
import { FINAL_STATES } from './mail-claims.ts';
import { erasuresOf } from './erasures.ts';
import {
  BODY_VERSION,
  bodyIn,
  entriesIn,
  ENTRY_COLUMNS,
  type EntryRow,
  openedFrom,
  type SealedBody,
} from './sealed.ts';
import { orphansOf, sealedFindings } from './verify-sealed.ts';
import { dutyOf } from './duty-changes.ts';
import { ExpectedArchive } from './verify-archive.ts';
import { ExpectedEvidence } from './verify-evidence.ts';
import { ExpectedNumbering } from './verify-numbering.ts';
import { ExpectedTables } from './verify-tables.ts';
import { inspectionRef } from '../domain/inspection-ref.ts';

/** What became of the check of one authority's chain, and of what stands beside it. */
export interface ChainCheck {
  authority: string;
  entries: number;
  ok: boolean;
  firstBroken?: { number: number; why: string };
  /** What does not agree with a chain that is whole in itself. */
  findings?: Finding[];
}

interface Row extends EntryRow {
  number: string;
  reference: string;
  key: string;
  at: string;
  kind: string;
  milestone: string | null;
  duty: string | null;
  previous_hash: string;
  hash: string;
}

/** Entries read at a time: few enough that what they weigh is soon let go of. */
const PAGE = 500;
const PAGE_OF_CHAIN = entriesIn('(SELECT * FROM entry WHERE authority = $1 AND number > $2 ORDER BY number LIMIT $3)');

/**
 * Checks every chain (or one authority's) link by link: numbers, hashes, the columns beside them, and the head; then
 * whether an inspection's own numbers have gaps, and whether what is sealed, the tables, the files of evidence, the archived histories and their signatures are what the entries say. Each is
 * read as it was at one moment, so that entries appended meanwhile are not taken for an intruder's.
 */
export async function verify(database: Database, authority?: string): Promise<ChainCheck[]> {
  const chains = await database.query<{ authority: string }>(
    'SELECT authority FROM (SELECT authority FROM authority_chain UNION SELECT authority FROM entry UNION SELECT authority FROM inspection UNION SELECT authority FROM milestone UNION SELECT authority FROM archived_history UNION SELECT authority FROM sealed UNION SELECT authority FROM evidence_file WHERE unclaimed_since IS NULL) a WHERE $1::text IS NULL OR authority = $1 ORDER BY 1',
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
  const erasures = await erasuresOf({ query }, authority);
  const beside = [
    new ExpectedTables(),
    new ExpectedArchive(erasures.histories),
    new ExpectedEvidence(erasures.evidence),
  ] as const;
  const numbering = new ExpectedNumbering();
  const findings: Finding[] = [];
  for (;;) {
    const rows = await query<Row>(
      `SELECT e.number, e.reference, e.key, e.at, e.kind, e.milestone, e.duty, e.previous_hash, e.hash, ${ENTRY_COLUMNS}
       FROM ${PAGE_OF_CHAIN} ORDER BY e.number`,
      [authority, number, PAGE],
    );
    for (const row of rows) {
      const { why, said } = checked(row, authority, number + 1, hash);
      if (why !== undefined) return { authority, entries: number, ok: false, firstBroken: { number: number + 1, why } };
      number++;
      hash = row.hash;
      findings.push(...sealedFindings(number, row, said, erasures));
      const body = openedFrom(said, row);
      numbering.add(row.reference, row.key, body);
      beside[0].add(row.reference, body);
      beside[1].add({ number, reference: row.reference, previous: row.previous_hash }, body);
      beside[2].add(row.reference, body);
    }
    if (rows.length < PAGE) break;
  }
  const end = number === headNumber && (hash === headHash || number === 0);
  if (end) {
    findings.push(...numbering.gaps(authority, await keptNumbers({ query }, authority)));
    findings.push(...(await orphansOf({ query }, authority)));
    for (const each of beside) findings.push(...(await each.differences({ query }, authority)));
    findings.push(...(await unrecordedMail({ query }, authority)));
    return { authority, entries: number, ok: findings.length === 0, ...(findings.length === 0 ? {} : { findings }) };
  }
  return {
    authority,
    entries: number,
    ok: false,
    firstBroken: {
      number: number + 1,
      why: `the chain should end at no. ${headNumber}; entries are missing at its end, or its head was altered`,
    },
  };
}

/** An entry's body, read once for all that is checked of it; or why its chain is broken there. */
function checked(
  row: Row,
  authority: string,
  expected: number,
  previous: string,
): { why: string; said?: undefined } | { why?: undefined; said: SealedBody } {
  const number = Number(row.number);
  if (number !== expected) return { why: `entry ${expected} is missing` };
  if (row.previous_hash !== previous) return { why: 'it does not follow from the entry before it' };
  if (row.hash !== hashOf(previous, { authority, reference: row.reference, key: row.key, number, body: row.body }))
    return { why: 'its content was altered' };
  const said = bodyIn(row.body);
  if (Number(said.v) !== BODY_VERSION || entryOf(ENTRY_KINDS, String(said.kind)) === undefined)
    return { why: 'it is not in the form of an entry' };
  return said.at === row.at && said.kind === row.kind && said.milestone === row.milestone && dutyOf(said) === row.duty
    ? { said }
    : { why: 'a column beside its content was altered' };
}

/** Mail that is said to be sent, or given up, without an entry of that: as mail-claims.ts `nameless` names it there. */
async function unrecordedMail({ query }: Queries, authority: string): Promise<Finding[]> {
  const mails = await query<{ reference: string; day: string; message_id: string; state: string }>(
    `SELECT m.reference, m.day, m.message_id, m.state FROM mail m
     WHERE m.authority = $1 AND m.state IN (${FINAL_STATES}) AND NOT EXISTS (
       SELECT 1 FROM entry e WHERE e.authority = m.authority AND e.reference = m.reference
         AND e.key = 'mail/' || left(encode(sha256(convert_to(m.digest, 'UTF8')), 'hex'), 32) || '/' || m.state)
     ORDER BY m.claimed_at, m.digest`,
    [authority],
  );
  return mails.map(({ reference, day, message_id: id, state }) => ({
    where: 'mail',
    what: `${inspectionRef(authority, reference)}, the mail of ${day}, ${id}`,
    why: `no entry says that it is ${state}`,
  }));
}
