import { fileNamedIn, NAME_FILES } from '../domain/evidence/named-file.ts';
import { TEXT_TYPES } from '../domain/evidence/kinds.ts';
import { Refusal } from '../domain/refusal.ts';
import type { Queries } from './database.ts';
import type { ErasureRecord } from './erasures.ts';
import type { Redactor } from './redact.ts';
import { entriesIn, ENTRY_COLUMNS, type EntryRow, opened } from './sealed.ts';

/** What is erased of an authority's evidence, beside what is found: the parts of entries that named the person, and files by name. */
interface Erasing {
  authority: string;
  parts: ErasureRecord['parts'];
  /** SHA-256, or the beginning of one. */
  files: readonly string[];
}

/** So much of a SHA-256 tells one file from another. */
const MIN_BEGINNING = 12;

/**
 * Deletes the files of evidence that hold a person: those that were named, those whose own entry spoke of them, and those in
 * whose text they are. What is in a picture or a document can't be looked through.
 *
 * @returns their SHA-256
 * @throws Refusal where a file that was named is not there
 */
export async function eraseEvidence(
  { query }: Queries,
  { authority, parts, files }: Erasing,
  person: Redactor,
): Promise<string[]> {
  const all = await query<{ sha256: string; content: Buffer | null }>(
    `SELECT sha256, CASE WHEN type = ANY($2) THEN content END AS content FROM evidence_file WHERE authority = $1 ORDER BY sha256`,
    [authority, TEXT_TYPES],
  );
  const named = new Set(files.map((given) => only(all, given)));
  for (const sha256 of await spokenOf({ query }, authority, parts)) named.add(sha256);
  for (const { sha256, content } of all)
    if (content !== null && person.mentions(content.toString('utf8'))) named.add(sha256);
  const gone = await query<{ sha256: string }>(
    'DELETE FROM evidence_file WHERE authority = $1 AND sha256 = ANY($2) RETURNING sha256',
    [authority, [...named]],
  );
  return gone.map(({ sha256 }) => sha256).sort();
}

function only(all: readonly { sha256: string }[], given: string): string {
  const found = given.length < MIN_BEGINNING ? [] : all.filter(({ sha256 }) => sha256.startsWith(given.toLowerCase()));
  const [file] = found;
  if (file !== undefined && found.length === 1) return file.sha256;
  throw new Refusal(
    'wrong-state',
    `There is no file of evidence "${given}". Give its SHA-256, or the first ${MIN_BEGINNING} digits of it or more: duecourse evidence list REF --json has them.`,
  );
}

/** The files of entries whose words have just been redacted. */
async function spokenOf({ query }: Queries, authority: string, parts: ErasureRecord['parts']): Promise<string[]> {
  const numbers = parts.filter(({ part }) => part === 'words').map(({ number }) => number);
  const rows = await query<EntryRow>(
    `SELECT ${ENTRY_COLUMNS} FROM ${entriesIn(
      `(SELECT * FROM entry WHERE authority = $1 AND kind = ANY($3) AND number = ANY($2))`,
    )}`,
    [authority, numbers, NAME_FILES],
  );
  return rows.flatMap((row) => fileNamedIn(opened(row))?.sha256 ?? []);
}
