import type { Database } from './database.ts';
import { commitment, ENTRIES, ENTRY_COLUMNS, type EntryRow, opened, bodyIn, sealsIn } from './sealed.ts';

/** The words of an entry: its sentence, and what it says in particular. */
export interface EntryText {
  text: string;
  data: Record<string, unknown>;
  /** Something of it, or all, has been erased: it is no longer what its hash was made from. */
  erased: boolean;
}

/**
 * The words of an inspection's own entries by their numbers: for readers that hold the hash of a long text and the number
 * of the entry that says it. What is not recorded (yet) is not among them.
 *
 * @example (await texts(database, 'middlesbrough', '2016', [12])).get(12)?.text // 'Question q1, asked by a member on …'
 */
export async function texts(
  { query }: Database,
  authority: string,
  reference: string,
  seqs: readonly number[],
): Promise<Map<number, EntryText>> {
  if (seqs.length === 0) return new Map();
  const rows = await query<EntryRow>(
    `SELECT ${ENTRY_COLUMNS} FROM ${ENTRIES} WHERE e.authority = $1 AND e.reference = $2 AND e.key = ANY($3)`,
    [authority, reference, seqs.map((seq) => `lifecycle/${seq}`)],
  );
  return new Map(
    rows.map((row) => {
      const { seq, text, data } = opened(row);
      return [seq, { text, data, erased: isErased(row) }];
    }),
  );
}

function isErased({ body, wordsSalt, words }: EntryRow): boolean {
  const seal = sealsIn(bodyIn(body)).words;
  return seal !== null && (words === null || wordsSalt === null || commitment(wordsSalt, words) !== seal);
}
