import { RETENTION } from '../domain/retention.ts';
import { removePast } from './apply-retention.ts';
import type { Database } from './database.ts';

/** What was answered to a write that came with an idempotency key. */
export interface AnsweredRequest {
  /** A fingerprint of what was asked. */
  request: string;
  status: number;
  answer: string;
}

/** Stands in the place of a status while what was asked is under way, or was when its process died. */
const UNDER_WAY = 0;

/**
 * Takes a key for a request before that is carried out, so that no other goes under it meanwhile.
 *
 * @returns the request for which the key is taken: this one, or the one that came first
 */
export async function takeKey(
  { query }: Database,
  { email, key, request, now }: { email: string; key: string; request: string; now: string },
): Promise<string> {
  const past = new Date(Date.parse(now) - RETENTION['answered-request'].ms).toISOString();
  const [row] = await query<{ request: string }>(
    `INSERT INTO answered_request VALUES ($1, $2, $3, ${UNDER_WAY}, '', $4)
     ON CONFLICT (email, key) DO UPDATE SET
       request = CASE WHEN answered_request.at <= $5 THEN excluded.request ELSE answered_request.request END,
       status = CASE WHEN answered_request.at <= $5 THEN excluded.status ELSE answered_request.status END,
       at = CASE WHEN answered_request.at <= $5 THEN excluded.at ELSE answered_request.at END
     RETURNING request`,
    [email, key, request, now, past],
  );
  return row?.request ?? request;
}

/** Nothing came of it: another request may go under the key. */
export async function releaseKey({ query }: Database, { email, key }: { email: string; key: string }): Promise<void> {
  await query(`DELETE FROM answered_request WHERE email = $1 AND key = $2 AND status = ${UNDER_WAY}`, [email, key]);
}

/** What was answered under this key, as long as that is kept; null where nothing was. */
export async function answeredRequest(
  { query }: Database,
  email: string,
  key: string,
  now: string,
): Promise<AnsweredRequest | null> {
  const [row] = await query<AnsweredRequest>(
    `SELECT request, status, answer FROM answered_request
     WHERE email = $1 AND key = $2 AND at > $3 AND status <> ${UNDER_WAY}`,
    [email, key, new Date(Date.parse(now) - RETENTION['answered-request'].ms).toISOString()],
  );
  return row ?? null;
}

export async function keepAnswer(
  { query }: Database,
  { email, key, now, ...answered }: AnsweredRequest & { email: string; key: string; now: string },
): Promise<void> {
  await query(
    `INSERT INTO answered_request VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (email, key) DO UPDATE SET request = excluded.request, status = excluded.status, answer = excluded.answer, at = excluded.at`,
    [email, key, answered.request, answered.status, answered.answer, now],
  );
  await removePast({ query }, 'answered-request', now);
}
