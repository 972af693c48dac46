import { createHash } from 'node:crypto';
import { removePast } from './apply-retention.ts';
import type { Database } from './database.ts';

/** Somebody who has signed in. */
export interface SignedIn {
  email: string;
  name: string;
  /** Roles that the identity provider names, `<authority>/<role>`; null where they follow from the authorities' files. */
  roles: string[] | null;
}

export interface WebSession {
  person: SignedIn;
  /** Every form carries it: a page of somebody else's can't. */
  formToken: string;
  expiresAt: string;
}

const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** Keeps a one-time link; only its hash. */
export async function keepLink(
  { query }: Database,
  { token, email, leadsTo, expiresAt }: { token: string; email: string; leadsTo: string; expiresAt: string },
): Promise<void> {
  await query('INSERT INTO sign_in_link VALUES ($1, $2, $3, $4)', [hashOf(token), email, leadsTo, expiresAt]);
}

/** Uses a link up; null where it is unknown, has expired, or was used before. */
export async function useLink(
  { query }: Database,
  token: string,
  now: string,
): Promise<{ email: string; leadsTo: string } | null> {
  const [row] = await query<{ email: string; leadsTo: string }>(
    `UPDATE sign_in_link SET used_at = $2 WHERE hash = $1 AND used_at IS NULL AND expires_at > $2
     RETURNING email, leads_to AS "leadsTo"`,
    [hashOf(token), now],
  );
  return row ?? null;
}

/** Can a link still be used? Asking does not use it up. */
export async function linkIsGood({ query }: Database, token: string, now: string): Promise<boolean> {
  const rows = await query('SELECT 1 FROM sign_in_link WHERE hash = $1 AND used_at IS NULL AND expires_at > $2', [
    hashOf(token),
    now,
  ]);
  return rows.length > 0;
}

export async function beginSession(
  { query }: Database,
  { id, person, formToken, now, expiresAt }: WebSession & { id: string; now: string },
): Promise<void> {
  await query('INSERT INTO web_session VALUES ($1, $2, $3, $4, $5)', [
    hashOf(id),
    JSON.stringify(person),
    formToken,
    now,
    expiresAt,
  ]);
  await removePast({ query }, 'web-session', now);
  await removePast({ query }, 'sign-in-link', now);
}

export async function sessionOf({ query }: Database, id: string, now: string): Promise<WebSession | null> {
  const [row] = await query<WebSession>(
    'SELECT person, form_token AS "formToken", expires_at AS "expiresAt" FROM web_session WHERE hash = $1 AND expires_at > $2',
    [hashOf(id), now],
  );
  return row ?? null;
}

export async function endSession({ query }: Database, id: string): Promise<void> {
  await query('DELETE FROM web_session WHERE hash = $1', [hashOf(id)]);
}
