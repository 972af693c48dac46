import { createHash, randomBytes } from 'node:crypto';
import { removePast } from './apply-retention.ts';
import type { Database } from './database.ts';

/** What a calendar feed shows: one person's duties, an authority's, or what goes to one of its bodies. */
export type FeedSubject =
  | { of: 'person' }
  | { of: 'authority'; authority: string }
  | { of: 'body'; authority: string; body: string };

/** A key somebody made: the secret itself is shown once and not kept. */
export interface AccessKey {
  id: string;
  email: string;
  kind: 'feed' | 'api';
  /** `roles`: what the identity provider said of its maker; null where that follows from the authorities' files. */
  subject: (FeedSubject | { of: 'api'; name: string }) & { roles: string[] | null };
  madeAt: string;
}

const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');
const COLUMNS = 'id, email, kind, subject, made_at AS "madeAt"';

/**
 * Makes a key; returns its secret.
 *
 * @param secret 256 bits that nobody can guess; made of the same ones again, the key is the one that is there
 */
export async function makeKey(
  { query }: Database,
  key: Omit<AccessKey, 'id'>,
  secret: string = randomBytes(32).toString('base64url'),
): Promise<string> {
  await query('INSERT INTO access_key VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (hash) DO NOTHING', [
    randomBytes(9).toString('base64url'),
    hashOf(secret),
    key.email,
    key.kind,
    JSON.stringify(key.subject),
    key.madeAt,
  ]);
  return secret;
}

/** The key of this secret; null where there is none, or it was revoked. */
export async function keyOf({ query }: Database, kind: AccessKey['kind'], secret: string): Promise<AccessKey | null> {
  const [row] = await query<AccessKey>(
    `SELECT ${COLUMNS} FROM access_key WHERE hash = $1 AND kind = $2 AND revoked_at IS NULL`,
    [hashOf(secret), kind],
  );
  return row ?? null;
}

export async function keysOf({ query }: Database, email: string): Promise<AccessKey[]> {
  return query<AccessKey>(
    `SELECT ${COLUMNS} FROM access_key WHERE email = $1 AND revoked_at IS NULL ORDER BY made_at, id`,
    [email],
  );
}

/** Ids as they are made: what is none is not looked for. */
const ID = /^[\w-]{1,40}$/;

/** Revokes somebody's own key; whether there was one. */
export async function revokeKey({ query }: Database, email: string, id: string, now: string): Promise<boolean> {
  if (!ID.test(id)) return false;
  const rows = await query(
    'UPDATE access_key SET revoked_at = $3 WHERE id = $2 AND email = $1 AND revoked_at IS NULL RETURNING id',
    [email, id, now],
  );
  await removePast({ query }, 'revoked-key', now);
  return rows.length > 0;
}
