import type { PublishedHolidays } from '../domain/calendar/published-holidays.ts';
import type { BankHolidays } from '../domain/schemas/bank-holidays.ts';
import type { Database } from './database.ts';

/** The newest good feed, and what is wrong with the source since when, where something is. */
export interface KeptFeed {
  source: string;
  content: BankHolidays | null;
  readAt: string | null;
  checkedAt: string;
  problem: string | null;
  problemSince: string | null;
}

/** The feed as it was last read; null where none was ever looked for. */
export async function keptFeed({ query }: Pick<Database, 'query'>): Promise<KeptFeed | null> {
  const [row] = await query<KeptFeed>(
    'SELECT source, content, read_at AS "readAt", checked_at AS "checkedAt", problem, problem_since AS "problemSince" FROM bank_holiday_feed',
  );
  return row ?? null;
}

/** Keeps a good feed; whatever was wrong is over. */
export async function keepFeed({ query }: Database, source: string, content: BankHolidays, at: string): Promise<void> {
  await query(
    `INSERT INTO bank_holiday_feed (source, content, read_at, checked_at) VALUES ($1, $2, $3, $3)
     ON CONFLICT (one) DO UPDATE SET source = $1, content = $2, read_at = $3, checked_at = $3, problem = NULL, problem_since = NULL`,
    [source, JSON.stringify(content), at],
  );
}

/** Notes that the source could not be read or held nonsense; the last good feed stays. */
export async function noteFeedProblem({ query }: Database, source: string, problem: string, at: string): Promise<void> {
  await query(
    `INSERT INTO bank_holiday_feed (source, checked_at, problem, problem_since) VALUES ($1, $3, $2, $3)
     ON CONFLICT (one) DO UPDATE SET checked_at = $3, problem = $2, problem_since = coalesce(bank_holiday_feed.problem_since, $3)`,
    [source, problem, at],
  );
}

/** What an authority's administrator has approved last; null where nobody has. */
export async function approvedHolidays({ query }: Database, authority: string): Promise<PublishedHolidays | null> {
  const [row] = await query<{ content: PublishedHolidays }>(
    'SELECT content FROM approved_holidays WHERE authority = $1',
    [authority],
  );
  return row?.content ?? null;
}

export async function approveHolidays(
  { query }: Database,
  authority: string,
  content: PublishedHolidays,
  by: string,
  at: string,
): Promise<void> {
  await query(
    `INSERT INTO approved_holidays VALUES ($1, $2, $3, $4)
     ON CONFLICT (authority) DO UPDATE SET content = $2, approved_at = $3, approved_by = $4`,
    [authority, JSON.stringify(content), at, by],
  );
}
