import type { Database } from './database.ts';

/** What somebody has chosen of a list, under a name of theirs. */
export interface SavedView {
  id: string;
  name: string;
  /** The address of the list, as it was chosen. */
  chosen: string;
}

/** Nobody finds anything among more. */
export const MAX_VIEWS = 30;

/** Somebody's own, by name. */
export async function viewsOf({ query }: Database, email: string): Promise<SavedView[]> {
  return query<SavedView>('SELECT id, name, chosen FROM saved_view WHERE email = $1 ORDER BY lower(name), id', [
    email.toLowerCase(),
  ]);
}

/** What came of keeping or renaming one. */
export type ViewKept = 'kept' | 'name taken' | 'too many' | 'not there';

/** Keeps one under a name that none of theirs has. */
export async function keepView(
  { inTransaction }: Database,
  { id, email, name, chosen, now }: SavedView & { email: string; now: string },
): Promise<ViewKept> {
  const whose = email.toLowerCase();
  return inTransaction(async ({ query }) => {
    await query('SELECT pg_advisory_xact_lock(hashtextextended($1, 5))', [whose]);
    const [there] = await query<{ n: string }>('SELECT count(*) AS n FROM saved_view WHERE email = $1 AND id <> $2', [
      whose,
      id,
    ]);
    if (Number(there?.n ?? 0) >= MAX_VIEWS) return 'too many';
    const taken = await query('SELECT 1 FROM saved_view WHERE email = $1 AND lower(name) = lower($2) AND id <> $3', [
      whose,
      name,
      id,
    ]);
    if (taken.length > 0) return 'name taken';
    await query('INSERT INTO saved_view VALUES ($1, $2, $3, $4, $5) ON CONFLICT (id) DO NOTHING', [
      ...[id, whose, name, chosen, now],
    ]);
    return 'kept';
  });
}

/** Gives one of theirs another name. */
export async function renameView(
  { query }: Database,
  { id, email, name }: { id: string; email: string; name: string },
): Promise<ViewKept> {
  const whose = email.toLowerCase();
  const renamed = await query(
    `UPDATE saved_view v SET name = $3 WHERE v.email = $1 AND v.id = $2 AND NOT EXISTS (
       SELECT 1 FROM saved_view o WHERE o.email = $1 AND o.id <> $2 AND lower(o.name) = lower($3)) RETURNING 1`,
    [whose, id, name],
  );
  if (renamed.length > 0) return 'kept';
  const there = await query('SELECT 1 FROM saved_view WHERE email = $1 AND id = $2', [whose, id]);
  return there.length > 0 ? 'name taken' : 'not there';
}

/** @returns whether it was there, and theirs */
export async function removeView({ query }: Database, email: string, id: string): Promise<boolean> {
  const gone = await query('DELETE FROM saved_view WHERE email = $1 AND id = $2 RETURNING 1', [
    email.toLowerCase(),
    id,
  ]);
  return gone.length > 0;
}
