import type { EntryKind } from '../domain/lifecycle/entry-kinds.ts';
import type { RegisterEntry } from '../domain/lifecycle/entry.ts';
import type { Digest } from '../domain/lifecycle/digest.ts';
import type { PlacedRow } from '../domain/milestone/columns.ts';
import type { StrandName } from '../domain/schemas/rule-pack.ts';
import type { Database } from './database.ts';
import { IS_ABOUT_LISTED, IS_LISTED, PLACED_COLUMNS, wholeRowsOf } from './milestone-sql.ts';
import { ENTRY_COLUMNS, type EntryRow, entriesIn, opened } from './sealed.ts';

/** Some rows of a table of councils, in an order that stays: whoever has the last goes on behind it. */
export interface Wanted {
  authorities: readonly string[];
  /** The place of the last row that has been read, as a table gave it. */
  after: readonly string[] | undefined;
  /** Only what has changed since this instant (UTC), itself included. */
  since: string | undefined;
  limit: number;
}

/** A row and its place. */
export interface Placed<Row> {
  row: Row;
  place: string[];
}

type Reader = Pick<Database, 'query'>;

/** When a duty was changed last, of `milestone m` and `inspection i`: by the one entry that it is the state of. */
const CHANGED_AT = `coalesce((SELECT e.at FROM entry e WHERE e.authority = m.authority AND e.reference = m.reference
  AND e.key = 'lifecycle/' || m.seq), i.started_at)`;

/**
 * Duties, ended ones and those of ended inspections too, each with the instant of the entry that it is the state of. Entries are
 * looked up for the rows of the page alone, but where only what has changed is wanted: a database that has not counted its rows
 * yet would look up those of the whole council for each page.
 */
async function dutiesTable(
  { query }: Reader,
  { authorities, after, since, limit }: Wanted,
  strand?: StrandName,
): Promise<Placed<PlacedRow & { changedAt: string }>[]> {
  const [authority = '', reference = '', milestone = ''] = after ?? [];
  const rows = await query<PlacedRow & { changedAt: string }>(
    `WITH page AS MATERIALIZED (
       SELECT m.authority, m.reference, m.milestone FROM milestone m JOIN inspection i USING (authority, reference)
       WHERE ${IS_LISTED} AND m.authority = ANY($1) AND (m.authority, m.reference, m.milestone) > ($2, $3, $4)
         AND ($5::text IS NULL OR ${CHANGED_AT} >= $5) AND ($6::text IS NULL OR m.strand = $6)
       ORDER BY m.authority, m.reference, m.milestone LIMIT $7)
     SELECT ${PLACED_COLUMNS}, ${CHANGED_AT} AS "changedAt" FROM ${wholeRowsOf('page')}
     ORDER BY m.authority, m.reference, m.milestone`,
    [authorities, authority, reference, milestone, since ?? null, strand ?? null, limit],
  );
  return rows.map((row) => ({ row, place: [row.authority, row.reference, row.milestone] }));
}

/** Of which inspection an entry is. */
export interface PlacedEntry {
  authority: string;
  reference: string;
  entry: RegisterEntry;
}

/** Entries of some kinds. */
async function entriesTable(
  { query }: Reader,
  { authorities, after, since, limit }: Wanted,
  kinds: readonly EntryKind[],
): Promise<Placed<PlacedEntry>[]> {
  const [authority = '', number = '0'] = after ?? [];
  const rows = await query<EntryRow & { authority: string; reference: string; number: string }>(
    `SELECT e.authority, e.reference, e.number, ${ENTRY_COLUMNS} FROM ${entriesIn(
      `(SELECT * FROM entry WHERE kind = ANY($1) AND authority = ANY($2) AND (authority, number) > ($3, $4)
          AND ($5::text IS NULL OR at >= $5)
          AND EXISTS (SELECT 1 FROM inspection i WHERE i.authority = entry.authority AND i.reference = entry.reference AND ${IS_LISTED})
        ORDER BY authority, number LIMIT $6)`,
    )} ORDER BY e.authority, e.number`,
    [kinds, authorities, authority, Number(number), since ?? null, limit],
  );
  return rows.map((row) => ({
    row: { authority: row.authority, reference: row.reference, entry: opened(row) },
    place: [row.authority, String(row.number)],
  }));
}

/** A mail, without whom it went to by name. */
export interface MailRow {
  authority: string;
  reference: string;
  digest: string;
  day: string;
  state: string;
  claimedAt: string;
  settledAt: string | null;
  attempts: number;
  resentAt: string | null;
  /** The roles of whoever it went to. */
  roles: string[];
}

/** Mails: to which roles, of which day, and what became of them. */
async function mailsTable({ query }: Reader, { authorities, after, since, limit }: Wanted): Promise<Placed<MailRow>[]> {
  const [authority = '', reference = '', claimedAt = '', digest = ''] = after ?? [];
  const rows = await query<Omit<MailRow, 'roles'> & { content: Partial<Digest> }>(
    `SELECT authority, reference, digest, day, state, claimed_at AS "claimedAt", settled_at AS "settledAt", attempts,
       resent_at AS "resentAt", content
     FROM mail WHERE ${IS_ABOUT_LISTED} AND authority = ANY($1) AND (authority, reference, claimed_at, digest) > ($2, $3, $4, $5)
       AND ($6::text IS NULL OR greatest(claimed_at, settled_at, resent_at) >= $6)
     ORDER BY authority, reference, claimed_at, digest LIMIT $7`,
    [authorities, authority, reference, claimedAt, digest, since ?? null, limit],
  );
  return rows.map(({ content, ...row }) => ({
    row: { ...row, roles: content.recipient?.roles.map(({ id }) => id) ?? [] },
    place: [row.authority, row.reference, row.claimedAt, row.digest],
  }));
}

/** The tables that programs load whole. */
export interface FlatTables {
  duties(wanted: Wanted, strand?: StrandName): ReturnType<typeof dutiesTable>;
  entries(wanted: Wanted, kinds: readonly EntryKind[]): ReturnType<typeof entriesTable>;
  mails(wanted: Wanted): ReturnType<typeof mailsTable>;
}

export const flatTablesOf = (database: Reader): FlatTables => ({
  duties: (wanted, strand) => dutiesTable(database, wanted, strand),
  entries: (wanted, kinds) => entriesTable(database, wanted, kinds),
  mails: (wanted) => mailsTable(database, wanted),
});
