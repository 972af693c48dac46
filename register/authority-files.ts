import { isDemonstration } from '../domain/authority/demonstration.ts';
import type { Authority } from '../domain/schemas/authority.ts';
import { removePast } from './apply-retention.ts';
import { canonical } from '../domain/canonical.ts';
import type { Database, Queries } from './database.ts';
import { forgetWebhooks } from './webhooks.ts';

/** An authority's file in force, and which of its changes made it. */
export interface KeptAuthority {
  authority: Authority;
  number: number;
  keptAt: string;
}

/** One change of an authority's file. */
export interface AuthorityChange {
  number: number;
  at: string;
  /** Who made it, as they are signed in or said themselves; null where nobody was named. */
  by: string | null;
  /** Null where it was the first file. */
  before: Authority | null;
  after: Authority;
}

/** Who keeps a file, and which number the one in force has (0: none is) where it matters that it is still that one. */
export interface Keeping {
  at: string;
  by: string | null;
  expected?: number | undefined;
}

/**
 * Keeps an authority's file as it now is, and what changed of it by whom. The same file again changes nothing.
 *
 * @returns false where another one is in force than was expected: nothing is kept
 */
export async function keepAuthority(database: Database, authority: Authority, keeping: Keeping): Promise<boolean> {
  return database.inTransaction((queries) => keepIn(queries, authority, keeping));
}

/**
 * Keeps the file of the first council: of two who set one up at once, one does.
 *
 * @returns false where a council is on record already that is no demonstration: nothing is kept
 */
export async function keepFirstAuthority(
  database: Database,
  authority: Authority,
  { at, by }: Keeping,
): Promise<boolean> {
  return database.inTransaction(async (queries) => {
    await queries.query("SELECT pg_advisory_xact_lock(hashtext('first authority'))");
    const known = await authorityFiles(queries);
    if (!known.every(isDemonstration)) return false;
    return keepIn(queries, authority, { at, by, expected: 0 });
  });
}

async function keepIn({ query }: Queries, authority: Authority, { at, by, expected }: Keeping): Promise<boolean> {
  // Of two who change it at once, one after the other.
  await query('SELECT pg_advisory_xact_lock(hashtext($1))', [`authority-file ${authority.id}`]);
  const before = await keptAuthority({ query }, authority.id);
  if (before !== null && canonical(before.authority) === canonical(authority)) return true;
  const last = before?.number ?? 0;
  if (expected !== undefined && last !== expected) return false;
  const number = last + 1;
  await query(
    `INSERT INTO authority_file (authority, content, kept_at, number) VALUES ($1, $2, $3, $4)
     ON CONFLICT (authority) DO UPDATE SET content = excluded.content, kept_at = excluded.kept_at, number = excluded.number`,
    [authority.id, JSON.stringify(authority), at, number],
  );
  await query('INSERT INTO authority_change VALUES ($1, $2, $3, $4, $5, $6)', [
    authority.id,
    number,
    at,
    by,
    before === null ? null : JSON.stringify(before.authority),
    JSON.stringify(authority),
  ]);
  await removePast({ query }, 'authority-change', at);
  if (before?.authority.webhooks !== undefined)
    await forgetWebhooks(
      { query },
      authority.id,
      (authority.webhooks ?? []).map(({ id }) => id),
    );
  return true;
}

/** One authority's file in force; null where none is known. */
export async function keptAuthority({ query }: Queries, id: string): Promise<KeptAuthority | null> {
  const [row] = await query<KeptAuthority>(
    'SELECT content AS authority, number, kept_at AS "keptAt" FROM authority_file WHERE authority = $1',
    [id],
  );
  return row ?? null;
}

/** Every authority that is known here, by id. */
export async function authorityFiles({ query }: Queries): Promise<Authority[]> {
  const rows = await query<{ content: Authority }>('SELECT content FROM authority_file ORDER BY authority');
  return rows.map(({ content }) => content);
}

const CHANGE = 'number, changed_at AS at, changed_by AS by, before, after';

/** The changes of an authority's file, the newest first; `after` only those with a higher number. */
export async function authorityChanges(
  { query }: Queries,
  id: string,
  { after = 0, limit, offset = 0 }: { after?: number; limit: number; offset?: number },
): Promise<AuthorityChange[]> {
  return query<AuthorityChange>(
    `SELECT ${CHANGE} FROM authority_change WHERE authority = $1 AND number > $2 ORDER BY number DESC LIMIT $3 OFFSET $4`,
    [id, after, limit, offset],
  );
}

export async function authorityChange({ query }: Queries, id: string, number: number): Promise<AuthorityChange | null> {
  const [row] = await query<AuthorityChange>(
    `SELECT ${CHANGE} FROM authority_change WHERE authority = $1 AND number = $2`,
    [id, number],
  );
  return row ?? null;
}
