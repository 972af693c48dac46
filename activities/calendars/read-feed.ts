import { readFile, stat } from 'node:fs/promises';
import { divisions } from '../../domain/calendar/calendar-data.ts';
import { formatShortDate, isCivilDate, weekday } from '../../domain/calendar/civil-date.ts';
import { visible } from '../../domain/hidden-characters.ts';
import { type BankHolidays, bankHolidays } from '../../domain/schemas/bank-holidays.ts';
import { clause } from '../../domain/schemas/expected.ts';
import { download, type DownloadOptions, MAX_BYTES } from './download.ts';
import { FeedProblem } from './feed-problem.ts';

/** Bank holidays as a source has them, and what of them was left out, a sentence each. */
export interface Feed {
  content: BankHolidays;
  notes: string[];
}

export interface ReadOptions extends DownloadOptions {
  /** The last good feed: a new one that ends in an earlier year has been cut short. */
  before?: BankHolidays | null;
}

/**
 * Reads bank holidays as GOV.UK publishes them, from a web address or a file, and checks that they are.
 *
 * @throws FeedProblem
 */
export async function readFeed(source: string, options: ReadOptions = {}): Promise<Feed> {
  return feedIn(await textOf(source, options), source, options.before ?? null);
}

/** What a source says, to the letter. @throws FeedProblem */
export const textOf = (source: string, options: DownloadOptions = {}): Promise<string> =>
  /^https?:\/\//.test(source) ? download(source, options) : fromFile(source);

/** The bank holidays in what a source says. @throws FeedProblem */
export function feedIn(text: string, source: string, before: BankHolidays | null): Feed {
  const { data, notes } = withoutWeekends(jsonIn(text, source));
  const parsed = bankHolidays.safeParse(data);
  if (!parsed.success) {
    const [first] = parsed.error.issues;
    const where = first?.path.join('.') ?? '';
    const empty = first?.code === 'too_small' && first.origin === 'array';
    const why = first === undefined ? 'unreadable' : empty ? 'it lists no bank holiday at all' : clause(first);
    throw new FeedProblem(
      `${source} does not hold bank holidays as GOV.UK publishes them: ${where === '' ? '' : `${where}: `}${why}`,
    );
  }
  const [last, lastBefore] = [lastYear(parsed.data), before === null ? '' : lastYear(before)];
  if (last < lastBefore)
    throw new FeedProblem(
      `${source} ends in ${last}; the one read before went to ${lastBefore}. It has been cut short`,
    );
  return { content: parsed.data, notes };
}

function jsonIn(text: string, source: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new FeedProblem(`${source} does not hold JSON`);
  }
}

/** Nobody works at a weekend anyway: a bank holiday there changes no count, and is no reason to refuse all others. */
function withoutWeekends(data: unknown): { data: unknown; notes: string[] } {
  const notes: string[] = [];
  if (!isObject(data)) return { data, notes };
  const lists = divisions.map((name): [string, unknown] => {
    const list = data[name];
    if (!isObject(list) || !Array.isArray(list['events'])) return [name, list];
    const events = list['events'].filter((event: unknown) => {
      if (!isObject(event) || typeof event['date'] !== 'string' || !isCivilDate(event['date'])) return true;
      const { date, title } = event;
      if (weekday(date) !== 0 && weekday(date) !== 6) return true;
      notes.push(
        `${name}: ${visible(String(title)).slice(0, 100)} on ${formatShortDate(date)} is at a weekend, and was left out.`,
      );
      return false;
    });
    return [name, { ...list, events }];
  });
  return { data: { ...data, ...Object.fromEntries(lists) }, notes };
}

const isObject = (data: unknown): data is Record<string, unknown> =>
  typeof data === 'object' && data !== null && !Array.isArray(data);

function lastYear(feed: BankHolidays): string {
  const dates = Object.values(feed).flatMap(({ events }) => events.map(({ date }) => date));
  return dates.sort().at(-1)?.slice(0, 4) ?? '';
}

async function fromFile(path: string): Promise<string> {
  try {
    if ((await stat(path)).size > MAX_BYTES)
      throw new FeedProblem(`${path} is longer than a list of bank holidays can be`);
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof FeedProblem) throw error;
    throw new FeedProblem(`${path} can't be read`, { cause: error });
  }
}
