import { promisify } from 'node:util';
import { deflate, inflate } from 'node:zlib';
import { namesOf } from '../domain/closed-table.ts';
import { sharedActionsOf, sharedName } from '../domain/facts/shared-actions.ts';
import type { CivilDate } from '../domain/calendar/civil-date.ts';
import { localDate } from '../domain/calendar/london.ts';
import type { LifecycleState } from '../domain/lifecycle/state.ts';
import type { Queries } from './database.ts';
import { keepSearched, searchedRows } from './searched-words.ts';
import type { Redactor } from './redact.ts';

/** The state of an open inspection's lifecycle, as of one of its entries. */
export interface KeptState {
  state: LifecycleState;
  /** Entries up to this one were in the register when it was kept; `state.unrecorded` has those that were on their way. */
  recorded: number;
  /** The story's instant of the last of them, UTC. */
  keptAt: string;
}

interface Place {
  authority: string;
  reference: string;
}

const packed = async (state: LifecycleState): Promise<Buffer> => promisify(deflate)(JSON.stringify(state));

const unpacked = async (content: Buffer): Promise<LifecycleState> =>
  JSON.parse((await promisify(inflate)(content)).toString()) as LifecycleState;

/** The day in London of the instant at which a state was kept. */
const DAY_KEPT = `(kept_at::timestamptz AT TIME ZONE 'Europe/London')::date::text`;

/**
 * Keeps an open inspection's state in place of the one before, and what of it is searched; never an older one in
 * place of a newer. The last one of an earlier day is kept as that day's; of one that has ended the last is its day's.
 */
export async function keepState(
  { query }: Queries,
  { authority, reference }: Place,
  { state, recorded, keptAt }: KeptState,
): Promise<void> {
  await query(
    `WITH of_day AS (INSERT INTO state_of_day (authority, reference, day, content)
     SELECT authority, reference, ${DAY_KEPT}, content FROM kept_state
     WHERE authority = $1 AND reference = $2 AND seq <= $3::bigint AND ${DAY_KEPT} < $9::text
     UNION ALL
     SELECT $1::text, $2::text, $9::text, $6::bytea FROM inspection WHERE authority = $1 AND reference = $2 AND status <> 'open'
     ON CONFLICT (authority, reference, day) DO UPDATE SET content = EXCLUDED.content),
     kept AS (INSERT INTO kept_state (authority, reference, seq, recorded, kept_at, content, answered_in)
     SELECT $1::text, $2::text, $3::bigint, $4::bigint, $5::text, $6::bytea, $7::text[] FROM inspection WHERE authority = $1 AND reference = $2 AND status = 'open'
     ON CONFLICT (authority, reference) DO UPDATE
     SET seq = EXCLUDED.seq, recorded = EXCLUDED.recorded, kept_at = EXCLUDED.kept_at, content = EXCLUDED.content, answered_in = EXCLUDED.answered_in
     WHERE kept_state.seq <= EXCLUDED.seq RETURNING 1),
     ${keepSearched('$8')}`,
    [
      ...[authority, reference, state.seq, recorded, keptAt, await packed(state)],
      sharedActionsOf(state.facts.inspection).map(sharedName),
      searchedRows(state),
      localDate(keptAt),
    ],
  );
}

/** An inspection that has ended never goes on: what was kept of it is its last day's. */
export async function dropState({ query }: Queries, { authority, reference }: Place): Promise<void> {
  await query(
    `WITH gone AS (DELETE FROM kept_state WHERE authority = $1 AND reference = $2 RETURNING *)
     INSERT INTO state_of_day (authority, reference, day, content)
     SELECT authority, reference, ${DAY_KEPT}, content FROM gone
     ON CONFLICT (authority, reference, day) DO UPDATE SET content = EXCLUDED.content`,
    [authority, reference],
  );
}

/** An inspection's state as it last was on a day or before it; null where none is kept of then. */
export async function stateOn(
  { query }: Pick<Queries, 'query'>,
  { authority, reference }: Place,
  day: CivilDate,
): Promise<LifecycleState | null> {
  const [row] = await query<{ content: Buffer }>(
    `SELECT content FROM (
       SELECT ${DAY_KEPT} AS day, content FROM kept_state WHERE authority = $1 AND reference = $2
       UNION ALL
       SELECT day, content FROM state_of_day WHERE authority = $1 AND reference = $2) of_days
     WHERE day <= $3 ORDER BY day DESC LIMIT 1`,
    [authority, reference, day],
  );
  return row === undefined ? null : unpacked(row.content);
}

/** Null where none has been kept (yet), or where the inspection has ended. */
export async function keptState({ query }: Queries, { authority, reference }: Place): Promise<KeptState | null> {
  const [row] = await query<{ content: Buffer; recorded: string; keptAt: string }>(
    'SELECT content, recorded, kept_at AS "keptAt" FROM kept_state WHERE authority = $1 AND reference = $2',
    [authority, reference],
  );
  if (row === undefined) return null;
  return { state: await unpacked(row.content), recorded: Number(row.recorded), keptAt: row.keptAt };
}

/** Up to which number the entries of each open inspection of an authority were in the register when its state was kept. */
export async function keptNumbers({ query }: Queries, authority: string): Promise<Map<string, number>> {
  const rows = await query<{ reference: string; recorded: string }>(
    'SELECT reference, recorded FROM kept_state WHERE authority = $1',
    [authority],
  );
  return new Map(rows.map(({ reference, recorded }) => [reference, Number(recorded)]));
}

/** Which open inspections of the council count on an inspection's actions, each with the action's short name. */
export async function countingOn(
  { query }: Pick<Queries, 'query'>,
  { authority, reference }: Place,
): Promise<{ reference: string; action: string }[]> {
  const rows = await query<{ reference: string; name: string }>(
    `SELECT reference, name FROM kept_state, unnest(answered_in) name
     WHERE authority = $1 AND starts_with(name, $2) ORDER BY name, reference`,
    [authority, `${reference}/`],
  );
  return rows.map((row) => ({ reference: row.reference, action: row.name.slice(reference.length + 1) }));
}

/** Where states are kept, and by what a row is found there. */
const KEPT_IN = { kept_state: ['reference'], state_of_day: ['reference', 'day'] } as const;

/** Takes a person out of an authority's kept states; says of how many. One at a time: each may be a megabyte. */
export async function eraseStates({ query }: Queries, authority: string, person: Redactor): Promise<number> {
  let erased = 0;
  for (const table of namesOf(KEPT_IN)) {
    const key = KEPT_IN[table];
    const rows = await query<Record<string, string>>(`SELECT ${key.join()} FROM ${table} WHERE authority = $1`, [
      authority,
    ]);
    const found = `authority = $1 AND ${key.map((name, at) => `${name} = $${at + 2}`).join(' AND ')}`;
    for (const row of rows) {
      const place = [authority, ...key.map((name) => row[name])];
      const [kept] = await query<{ content: Buffer }>(`SELECT content FROM ${table} WHERE ${found}`, place);
      if (kept === undefined) continue;
      const before = await unpacked(kept.content);
      const state = person.redact(before);
      if (JSON.stringify(state) === JSON.stringify(before)) continue;
      erased++;
      await query(`UPDATE ${table} SET content = $${place.length + 1} WHERE ${found}`, [...place, await packed(state)]);
    }
  }
  return erased;
}
