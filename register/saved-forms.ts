import { removePast } from './apply-retention.ts';
import type { Database } from './database.ts';
import type { Typed } from './form-drafts.ts';

/** Whose form it is, and on which page it stands. */
interface SavedFormKey {
  email: string;
  page: string;
}

/** Puts what somebody has typed by until they come back to the page; put by again, the newer stands. */
export async function saveForm(
  { query }: Database,
  { email, page, typed, now }: SavedFormKey & { typed: Typed; now: string },
): Promise<void> {
  await query(
    `INSERT INTO saved_form VALUES ($1, $2, $3, $4)
     ON CONFLICT (email, page) DO UPDATE SET typed = excluded.typed, at = excluded.at`,
    [email, page, JSON.stringify(typed), now],
  );
  await removePast({ query }, 'saved-form', now);
}

/** What they have put by, and when (UTC); null where that is nothing. */
export async function savedForm(
  { query }: Database,
  { email, page }: SavedFormKey,
): Promise<{ typed: Typed; at: string } | null> {
  const [row] = await query<{ typed: string; at: string }>(
    'SELECT typed, at FROM saved_form WHERE email = $1 AND page = $2',
    [email, page],
  );
  return row === undefined ? null : { typed: JSON.parse(row.typed) as Typed, at: row.at };
}

/** It has been sent: nothing is put by any more. */
export async function dropSavedForm({ query }: Database, { email, page }: SavedFormKey): Promise<void> {
  await query('DELETE FROM saved_form WHERE email = $1 AND page = $2', [email, page]);
}
