import type { PublishedHolidays } from '../domain/calendar/published-holidays.ts';
import type { BankHolidays } from '../domain/schemas/bank-holidays.ts';
import type { Database } from './database.ts';

/** A feed as it was read, with what was left out of it, a sentence each. */
export interface ReadFeed {
  content: BankHolidays;
  notes: string[];
}

/** One that can be read and is hard to believe, with why: it waits for an administrator. */
export interface DoubtedFeed extends ReadFeed {
  doubts: string[];
}

/** The newest good feed, one that is doubted beside it, and what is wrong with the source since when, where something is. */
export interface KeptFeed {
  source: string;
  content: BankHolidays | null;
  notes: string[];
  readAt: string | null;
  doubted: DoubtedFeed | null;
  checkedAt: string;
  problem: string | null;
  problemSince: string | null;
}

/** The feed as it was last read; null where none was ever looked for. */
export async function keptFeed({ query }: Pick<Database, 'query'>): Promise<KeptFeed | null> {
  const [row] = await query<KeptFeed>(
    `SELECT source, content, notes, doubted, read_at AS "readAt", checked_at AS "checkedAt", problem, problem_since AS "problemSince"
     FROM bank_holiday_feed`,
  );
  return row ?? null;
}

/** What the source said at the last look, to the letter, whatever was made of it; null where it said nothing. */
export async function saidByFeed({ query }: Pick<Database, 'query'>): Promise<string | null> {
  const [row] = await query<{ said: string | null }>('SELECT said FROM bank_holiday_feed');
  return row?.said ?? null;
}

/** Keeps a good feed; whatever was wrong, or doubted, is over. */
export async function keepFeed(
  { query }: Database,
  source: string,
  { content, notes }: ReadFeed,
  said: string,
  at: string,
): Promise<void> {
  await query(
    `INSERT INTO bank_holiday_feed (source, content, notes, said, read_at, checked_at) VALUES ($1, $2, $3, $4, $5, $5)
     ON CONFLICT (one) DO UPDATE SET source = $1, content = $2, notes = $3, said = $4, read_at = $5, checked_at = $5,
       doubted = NULL, problem = NULL, problem_since = NULL`,
    [source, JSON.stringify(content), JSON.stringify(notes), storable(said), at],
  );
}

/** Keeps a feed that is hard to believe beside the last good one. */
export async function keepDoubtedFeed(
  { query }: Database,
  source: string,
  doubted: DoubtedFeed,
  said: string,
  at: string,
): Promise<void> {
  await query(
    `INSERT INTO bank_holiday_feed (source, doubted, said, checked_at) VALUES ($1, $2, $3, $4)
     ON CONFLICT (one) DO UPDATE SET source = $1, doubted = $2, said = $3, checked_at = $4, problem = NULL, problem_since = NULL`,
    [source, JSON.stringify(doubted), storable(said), at],
  );
}

/** An administrator has judged the doubted feed, and takes it: from now on it is the good one. */
export async function believeFeed({ query }: Database, at: string): Promise<void> {
  await query(
    `UPDATE bank_holiday_feed SET content = doubted -> 'content', notes = doubted -> 'notes', read_at = $1, doubted = NULL
     WHERE doubted IS NOT NULL`,
    [at],
  );
}

/** Notes that the source could not be read or held nonsense; the last good feed stays. */
export async function noteFeedProblem(
  { query }: Database,
  source: string,
  problem: string,
  said: string | null,
  at: string,
): Promise<void> {
  await query(
    `INSERT INTO bank_holiday_feed (source, checked_at, problem, problem_since, said) VALUES ($1, $3, $2, $3, $4)
     ON CONFLICT (one) DO UPDATE SET checked_at = $3, problem = $2, said = $4,
       problem_since = coalesce(bank_holiday_feed.problem_since, $3)`,
    [source, problem, at, said === null ? null : storable(said)],
  );
}

/** A text that no database takes is no list of bank holidays either; what can be kept of it is. */
const storable = (said: string): string => said.replaceAll('\0', '\uFFFD');

/** What an authority's administrator has approved last; null where nobody has. */
export async function approvedHolidays({ query }: Database, authority: string): Promise<PublishedHolidays | null> {
  const [row] = await query<{ content: PublishedHolidays }>(
    'SELECT content FROM approved_holidays WHERE authority = $1',
    [authority],
  );
  return row?.content ?? null;
}

/** When it was approved, by authority: all that can be on record, in one answer. */
export async function holidaysApprovedAt({ query }: Database): Promise<ReadonlyMap<string, string>> {
  const rows = await query<{ authority: string; at: string }>(
    'SELECT authority, approved_at AS at FROM approved_holidays',
  );
  return new Map(rows.map(({ authority, at }) => [authority, at]));
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
