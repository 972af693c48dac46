import type { Authority } from '../domain/schemas/authority.ts';
import type { Database } from './database.ts';

/** Keeps an authority's file as it now is. */
export async function keepAuthority({ query }: Database, authority: Authority, at: string): Promise<void> {
  await query(
    `INSERT INTO authority_file VALUES ($1, $2, $3)
     ON CONFLICT (authority) DO UPDATE SET content = excluded.content, kept_at = excluded.kept_at`,
    [authority.id, JSON.stringify(authority), at],
  );
}

/** Every authority that is known here, by id. */
export async function authorityFiles({ query }: Database): Promise<Authority[]> {
  const rows = await query<{ content: Authority }>('SELECT content FROM authority_file ORDER BY authority');
  return rows.map(({ content }) => content);
}
