import type { LifecycleState } from '../domain/lifecycle/state.ts';
import { measuresOf } from '../domain/measures/measures.ts';
import type { Queries } from './database.ts';
import type { Redactor } from './redact.ts';

/** What of an inspection's facts is searched by its words, beside its duties. */
export type SearchedKind = 'recommendation' | 'measure' | 'decision';

/** What is kept of an inspection's facts to be searched: a JSON array of rows. */
export function searchedRows({ facts: { inspection } }: LifecycleState): string {
  const rows: { what: SearchedKind; id: string; words: string }[] = [
    ...inspection.recommendations.map(({ id, text }) => ({ what: 'recommendation' as const, id, words: text })),
    ...measuresOf(inspection).map(({ id, title }) => ({ what: 'measure' as const, id, words: title })),
    ...inspection.decisions.map(({ id, title }) => ({ what: 'decision' as const, id, words: title })),
  ];
  return JSON.stringify(rows);
}

/**
 * Keeps them ($1, $2: the inspection's; `rows`: the parameter that holds them) as they are now, as part of a statement
 * in which `kept` has a row where they are the newest: those that are no longer there go, and nothing is written that is so already.
 */
export const keepSearched = (rows: string): string => `given AS (
    SELECT g.what, g.id, g.words FROM json_to_recordset(${rows}::json) AS g(what text, id text, words text), kept),
  gone AS (
    DELETE FROM searched s WHERE s.authority = $1 AND s.reference = $2 AND EXISTS (SELECT 1 FROM kept)
      AND NOT EXISTS (SELECT 1 FROM given WHERE given.what = s.what AND given.id = s.id))
  INSERT INTO searched AS s (authority, reference, what, id, words) SELECT $1, $2, what, id, words FROM given
  ON CONFLICT (authority, reference, what, id) DO UPDATE SET words = excluded.words WHERE s.words <> excluded.words`;

/** Takes a person out of what is searched of an authority; says of how many. */
export async function eraseSearched({ query }: Queries, authority: string, person: Redactor): Promise<number> {
  const rows = await query<{ reference: string; what: SearchedKind; id: string; words: string }>(
    'SELECT reference, what, id, words FROM searched WHERE authority = $1 AND words ILIKE ANY($2)',
    [authority, person.sieve],
  );
  let erased = 0;
  for (const { reference, what, id, words } of rows) {
    const redacted = person.redact(words);
    if (redacted === words) continue;
    erased++;
    await query('UPDATE searched SET words = $5 WHERE authority = $1 AND reference = $2 AND what = $3 AND id = $4', [
      authority,
      reference,
      what,
      id,
      redacted,
    ]);
  }
  return erased;
}
