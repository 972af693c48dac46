import { removePast } from './apply-retention.ts';
import type { Database } from './database.ts';

/** What somebody has typed into a form and not yet confirmed, by the names of its fields; several choices are a list. */
export type Typed = Record<string, string | string[]>;

/**
 * Keeps what was typed under the form's own id; typed again, the newer stands. From somebody who has not signed in nothing
 * takes the place of what is there.
 */
export async function keepDraft(
  { query }: Database,
  {
    form,
    typed,
    now,
    by = 'its person',
  }: { form: string; typed: Typed; now: string; by?: 'its person' | 'nobody known' },
): Promise<void> {
  await query(
    `INSERT INTO form_draft VALUES ($1, $2, $3)
     ON CONFLICT (form) DO ${by === 'its person' ? 'UPDATE SET typed = excluded.typed, at = excluded.at' : 'NOTHING'}`,
    // As text: what somebody types may hold what a jsonb can't.
    [form, JSON.stringify(typed), now],
  );
  await removePast({ query }, 'form-draft', now);
}

/** What was typed into a form; null where nothing was, or it is no longer kept. */
export async function draftOf({ query }: Database, form: string): Promise<Typed | null> {
  const [row] = await query<{ typed: string }>('SELECT typed FROM form_draft WHERE form = $1', [form]);
  return row === undefined ? null : (JSON.parse(row.typed) as Typed);
}
