import { promisify } from 'node:util';
import { deflate, inflate } from 'node:zlib';
import { sharedActionsOf, sharedName } from '../domain/facts/shared-actions.ts';
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

/**
 * Keeps an open inspection's state in place of the one before, and what of it is searched; never an older one in
 * place of a newer.
 */
export async function keepState(
  { query }: Queries,
  { authority, reference }: Place,
  { state, recorded, keptAt }: KeptState,
): Promise<void> {
  await query(
    `WITH kept AS (INSERT INTO kept_state (authority, reference, seq, recorded, kept_at, content, answered_in)
     SELECT $1::text, $2::text, $3::bigint, $4::bigint, $5::text, $6::bytea, $7::text[] FROM inspection WHERE authority = $1 AND reference = $2 AND status = 'open'
     ON CONFLICT (authority, reference) DO UPDATE
     SET seq = EXCLUDED.seq, recorded = EXCLUDED.recorded, kept_at = EXCLUDED.kept_at, content = EXCLUDED.content, answered_in = EXCLUDED.answered_in
     WHERE kept_state.seq <= EXCLUDED.seq RETURNING 1),
     ${keepSearched('$8')}`,
    [
      ...[authority, reference, state.seq, recorded, keptAt, await packed(state)],
      sharedActionsOf(state.facts.inspection).map(sharedName),
      searchedRows(state),
    ],
  );
}

/** An inspection that has ended never goes on. */
export async function dropState({ query }: Queries, { authority, reference }: Place): Promise<void> {
  await query('DELETE FROM kept_state WHERE authority = $1 AND reference = $2', [authority, reference]);
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

/** Takes a person out of an authority's kept states; says of how many. One at a time: each may be a megabyte. */
export async function eraseStates({ query }: Queries, authority: string, person: Redactor): Promise<number> {
  const rows = await query<{ reference: string }>('SELECT reference FROM kept_state WHERE authority = $1', [authority]);
  let erased = 0;
  for (const { reference } of rows) {
    const kept = await keptState({ query }, { authority, reference });
    if (kept === null) continue;
    const state = person.redact(kept.state);
    if (JSON.stringify(state) === JSON.stringify(kept.state)) continue;
    erased++;
    await query('UPDATE kept_state SET content = $3 WHERE authority = $1 AND reference = $2', [
      authority,
      reference,
      await packed(state),
    ]);
  }
  return erased;
}
