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

/** What was answered under this key, as long as that is kept; null where nothing was. */
export async function answeredRequest(
  { query }: Database,
  email: string,
  key: string,
  now: string,
): Promise<AnsweredRequest | null> {
  const [row] = await query<AnsweredRequest>(
    'SELECT request, status, answer FROM answered_request WHERE email = $1 AND key = $2 AND at > $3',
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
