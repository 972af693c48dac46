import type { RegisterEntry } from '../domain/lifecycle/entry.ts';
import type { EntryKind } from '../domain/lifecycle/entry-kinds.ts';
import type { MilestoneRow } from '../domain/milestone/columns.ts';
import { canonical } from '../domain/canonical.ts';
import { GENESIS, hashOf, storable } from './chain.ts';
import type { Queries } from './database.ts';
import { claimEvidence } from './evidence.ts';
import { EntryConflict } from './diverged.ts';
import { dutyOf } from './duty-changes.ts';
import { ENTRIES, ENTRY_COLUMNS, type EntryRow, isRecorded, seal } from './sealed.ts';
import { writeTables } from './tables.ts';
import { writeEvents } from './webhook-events.ts';
import { inspectionRef } from '../domain/inspection-ref.ts';

/** Which inspection entries belong to. */
export interface InspectionKey {
  authority: string;
  reference: string;
  inspectionTitle: string;
}

/** An entry ready for the chain: what it says, and the key it may be appended under once. */
export interface Appending {
  key: string;
  body: EntryBody;
}

/** An entry as it happened; sealed.ts says what of it the chain keeps to the letter. `seq` is 0 for entries that the lifecycle did not number itself. */
export type EntryBody = Omit<RegisterEntry, 'kind'> & { kind: EntryKind; row: MilestoneRow | null };

/**
 * Appends entries to the authority's chain in one transaction, and brings the tables beside it up to date. An entry
 * that is there already is left alone, so that a delivery may be tried again.
 *
 * @throws EntryConflict where another entry stands under the same key
 */
export async function append(
  { query }: Queries,
  inspection: InspectionKey,
  entries: readonly Appending[],
): Promise<void> {
  if (entries.length === 0) return;
  const { authority, reference } = inspection;
  const head = await lockedHead({ query }, authority);
  const known = await recorded({ query }, inspection, entries);
  let number = Number(head.head_number);
  let hash = head.head_hash;
  const rows: object[] = [];
  const parts: object[] = [];
  const added: EntryBody[] = [];
  for (const entry of entries) {
    const content = storable(entry.body);
    const isThere = known.get(entry.key);
    if (isThere?.(content) === true) continue;
    if (isThere !== undefined)
      throw new EntryConflict(
        `${inspectionRef(authority, reference)}: the register already has another entry under ${entry.key}`,
      );
    known.set(entry.key, (again) => canonical(again) === canonical(content));
    const { body, parts: sealed } = seal(content);
    const previous = hash;
    number++;
    hash = hashOf(previous, { authority, reference, key: entry.key, number, body });
    rows.push({
      number,
      key: entry.key,
      at: content.at,
      kind: content.kind,
      milestone: content.milestone,
      duty: dutyOf(content),
      body,
      previous_hash: previous,
      hash,
    });
    parts.push(...sealed.map((part) => ({ number, ...part })));
    added.push(content);
  }
  if (rows.length === 0) return;
  // In one statement: every journey to the database is time during which a mail is in doubt.
  await query(
    `WITH added AS (
       INSERT INTO entry (authority, number, reference, key, at, kind, milestone, duty, body, previous_hash, hash)
       SELECT $1, r.number, $2, r.key, r.at, r.kind, r.milestone, r.duty, r.body, r.previous_hash, r.hash
       FROM json_to_recordset($3::json) AS r(number bigint, key text, at text, kind text, milestone text, duty text, body text, previous_hash text, hash text)),
     kept AS (
       INSERT INTO sealed (authority, number, part, salt, value)
       SELECT $1, p.number, p.part, p.salt, p.value FROM json_to_recordset($6::json) AS p(number bigint, part text, salt text, value text))
     UPDATE authority_chain SET head_number = $4, head_hash = $5 WHERE authority = $1`,
    [authority, reference, JSON.stringify(rows), number, hash, JSON.stringify(parts)],
  );
  await claimEvidence({ query }, authority, added);
  await writeTables({ query }, inspection, added);
  await writeEvents({ query }, inspection, added);
}

/** Of entries that are there already: whether another is the same. Most often none is, which is all that is asked then. */
async function recorded(
  { query }: Queries,
  { authority, reference }: InspectionKey,
  entries: readonly Appending[],
): Promise<Map<string, (again: EntryBody) => boolean>> {
  const values = [authority, reference, entries.map((each) => each.key)];
  const any = await query(
    'SELECT 1 FROM entry WHERE authority = $1 AND reference = $2 AND key = ANY($3) LIMIT 1',
    values,
  );
  if (any.length === 0) return new Map();
  const rows = await query<EntryRow & { key: string }>(
    `SELECT e.key, ${ENTRY_COLUMNS} FROM ${ENTRIES} WHERE e.authority = $1 AND e.reference = $2 AND e.key = ANY($3)`,
    values,
  );
  return new Map(rows.map((row) => [row.key, (again) => isRecorded(again, row)]));
}

interface Head {
  head_number: string;
  head_hash: string;
}

/** The end of an authority's chain, held until the transaction ends; a new chain's, where this is its first entry. */
export async function lockedHead({ query }: Queries, authority: string): Promise<Head> {
  const lock = () =>
    query<Head>('SELECT head_number, head_hash FROM authority_chain WHERE authority = $1 FOR UPDATE', [authority]);
  const [known] = await lock();
  if (known !== undefined) return known;
  await query('INSERT INTO authority_chain VALUES ($1, 0, $2) ON CONFLICT DO NOTHING', [authority, GENESIS]);
  const [head] = await lock();
  if (head === undefined) throw new Error(`the chain of ${authority} is gone`);
  return head;
}
