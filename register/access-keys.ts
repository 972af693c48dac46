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
  /** When it last opened anything, UTC, to the hour; null where it never has. */
  usedAt: string | null;
}

/** A key as it is made. */
export type NewKey = Omit<AccessKey, 'id' | 'usedAt'>;

const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');
const COLUMNS = 'id, email, kind, subject, made_at AS "madeAt", used_at AS "usedAt"';
/** A use is noted once in so long: a program may ask many times a minute. */
const NOTED_EVERY_MS = 3_600_000;

/**
 * Makes a key; returns its secret.
 *
 * @param secret 256 bits that nobody can guess; made of the same ones again, the key is the one that is there
 */
export async function makeKey(
  { query }: Database,
  key: NewKey,
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

/**
 * The key of this secret, which opens something by that: that it was used is noted, where the register takes it. Null where
 * there is none, or it was revoked.
 */
export async function keyOf(
  { query }: Database,
  kind: AccessKey['kind'],
  secret: string,
  now: string,
): Promise<AccessKey | null> {
  const [row] = await query<AccessKey>(
    `SELECT ${COLUMNS} FROM access_key WHERE hash = $1 AND kind = $2 AND revoked_at IS NULL`,
    [hashOf(secret), kind],
  );
  if (row === undefined) return null;
  const isNoted = row.usedAt !== null && Date.parse(now) - Date.parse(row.usedAt) < NOTED_EVERY_MS;
  // Whoever may read may read on where nothing can be written.
  if (!isNoted) await query('UPDATE access_key SET used_at = $2 WHERE id = $1', [row.id, now]).catch(() => undefined);
  return row;
}

export async function keysOf({ query }: Database, email: string): Promise<AccessKey[]> {
  return query<AccessKey>(
    `SELECT ${COLUMNS} FROM access_key WHERE email = $1 AND revoked_at IS NULL ORDER BY made_at, id`,
    [email],
  );
}

/**
 * The keys of those who hold a role: by their addresses, or by what their identity provider said of them when they made one. The
 * newest first.
 */
export async function keysIn({ query }: Database, authority: string, holders: Holders): Promise<AccessKey[]> {
  return query<AccessKey>(
    `SELECT ${COLUMNS} FROM access_key WHERE ${THEIRS} ORDER BY made_at DESC, id`,
    theirs(authority, holders),
  );
}

/** Who holds the roles of a council: by their addresses, or as members of groups. */
export interface Holders {
  emails: readonly string[];
  groups: readonly string[];
}

const theirs = (authority: string, { emails, groups }: Holders): unknown[] => [
  authority,
  emails.map((email) => email.toLowerCase()),
  groups,
];

const THEIRS = `revoked_at IS NULL AND (lower(email) = ANY($2) OR EXISTS (
  SELECT 1 FROM jsonb_array_elements_text(
    CASE jsonb_typeof(subject->'roles') WHEN 'array' THEN subject->'roles' ELSE '[]' END) role
  WHERE starts_with(role, $1 || '/') OR role = ANY($3)))`;

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

/** Revokes a key of somebody who holds a role of this authority's, as {@link keysIn} has them; whether there was one. */
export async function revokeKeyIn(
  { query }: Database,
  authority: string,
  holders: Holders,
  { id, now }: { id: string; now: string },
): Promise<boolean> {
  if (!ID.test(id)) return false;
  const rows = await query(`UPDATE access_key SET revoked_at = $5 WHERE id = $4 AND ${THEIRS} RETURNING id`, [
    ...theirs(authority, holders),
    id,
    now,
  ]);
  await removePast({ query }, 'revoked-key', now);
  return rows.length > 0;
}
