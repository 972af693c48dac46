import type { LifecycleState } from '../domain/lifecycle/state.ts';
import type { Queries } from './database.ts';
import type { Redactor } from './redact.ts';

/** What is kept of an inspection's recommendations to be searched: a JSON array of rows. */
export const recommendationRows = ({ facts }: LifecycleState): string =>
  JSON.stringify(facts.inspection.recommendations.map(({ id, text }) => ({ id, words: text })));

/**
 * Keeps recommendations ($1, $2: the inspection's; `rows`: the parameter that holds them) as they are now, as part of a statement
 * in which `kept` has a row where they are the newest: those that are no longer there go, and nothing is written that is so already.
 */
export const keepRecommendations = (rows: string): string => `given AS (
    SELECT g.id, g.words FROM json_to_recordset(${rows}::json) AS g(id text, words text), kept),
  gone AS (
    DELETE FROM recommendation r WHERE r.authority = $1 AND r.reference = $2 AND EXISTS (SELECT 1 FROM kept)
      AND NOT EXISTS (SELECT 1 FROM given WHERE given.id = r.id))
  INSERT INTO recommendation AS r SELECT $1, $2, id, words FROM given
  ON CONFLICT (authority, reference, id) DO UPDATE SET words = excluded.words WHERE r.words <> excluded.words`;

/** Takes a person out of the recommendations of an authority; says of how many. */
export async function eraseRecommendations({ query }: Queries, authority: string, person: Redactor): Promise<number> {
  const rows = await query<{ reference: string; id: string; words: string }>(
    'SELECT reference, id, words FROM recommendation WHERE authority = $1 AND words ILIKE ANY($2)',
    [authority, person.sieve],
  );
  let erased = 0;
  for (const { reference, id, words } of rows) {
    const redacted = person.redact(words);
    if (redacted === words) continue;
    erased++;
    await query('UPDATE recommendation SET words = $4 WHERE authority = $1 AND reference = $2 AND id = $3', [
      authority,
      reference,
      id,
      redacted,
    ]);
  }
  return erased;
}
