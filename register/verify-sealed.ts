import type { Queries } from './database.ts';
import type { Erasures } from './erasures.ts';
import type { Finding } from './findings.ts';
import { commitment, type EntryRow, type SealedBody, sealsIn, type SealedPart } from './sealed.ts';

/**
 * Is what is sealed of an entry what its body commits to, or what an erasure on record has left of it? Nothing else
 * excuses a part that is missing or reads otherwise.
 */
export function sealedFindings(number: number, row: EntryRow, said: SealedBody, erasures: Erasures): Finding[] {
  const seals = sealsIn(said);
  return [
    ...partFindings(number, 'actor', seals.actor, { salt: row.actorSalt, value: row.actor }, erasures),
    ...partFindings(number, 'words', seals.words, { salt: row.wordsSalt, value: row.words }, erasures),
  ];
}

const NAMES = { actor: 'who acted', words: 'the words' } as const;

function partFindings(
  number: number,
  part: SealedPart['part'],
  seal: string | null,
  { salt, value }: { salt: string | null; value: string | null },
  erasures: Erasures,
): Finding[] {
  const finding = (why: string): Finding[] => [{ where: 'sealed', what: `${NAMES[part]} of entry ${number}`, why }];
  const left = erasures.parts.get(`${number} ${part}`);
  const expected = left === undefined ? seal : left;
  if (value === null || salt === null)
    return expected === null ? [] : finding('missing, and no entry says that it was erased');
  if (expected === null)
    return finding(left === undefined ? 'put in: the entry has no such part' : 'there again, after it was erased');
  return commitment(salt, value) === expected ? [] : finding('altered: it is not what the chain commits to');
}

/** What is sealed of entries that are not there. */
export async function orphansOf({ query }: Queries, authority: string): Promise<Finding[]> {
  const orphans = await query<{ number: string; part: string }>(
    `SELECT s.number, s.part FROM sealed s WHERE s.authority = $1 AND (s.part NOT IN ('actor', 'words')
       OR NOT EXISTS (SELECT 1 FROM entry e WHERE e.authority = s.authority AND e.number = s.number)) ORDER BY 1, 2`,
    [authority],
  );
  return orphans.map(({ number, part }) => ({
    where: 'sealed',
    what: `${part} of entry ${number}`,
    why: 'put in: there is no such entry or part',
  }));
}
