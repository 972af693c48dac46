import { divisions } from '../../domain/calendar/calendar-data.ts';
import { doubtsAbout } from '../../domain/calendar/feed-doubts.ts';
import { localDate } from '../../domain/calendar/london.ts';
import type { BankHolidays } from '../../domain/schemas/bank-holidays.ts';
import type { Register } from '../../register/register.ts';
import type { DownloadOptions } from './download.ts';
import { FeedProblem } from './feed-problem.ts';
import { feedIn, textOf } from './read-feed.ts';

/** Where bank holidays are read from, and how. */
export interface BankHolidaySource extends DownloadOptions {
  /** A web address or a file. */
  address: string;
}

/**
 * How a look at the source ended: what is kept is the newest good feed, whatever came after it. `implausible`: it can be read,
 * and changes what hardly ever changes; it is kept beside the good one, for an administrator to judge.
 */
export interface Watched {
  status: 'unchanged' | 'changed' | 'implausible' | 'refused';
  /** In a sentence, where it was refused or is implausible. */
  problem: string | null;
  /** What of it was left out, a sentence each. */
  notes: string[];
}

/** Looks at the source of bank holidays once, and keeps what is good. Nothing counts by it until an administrator approves. */
export async function watchBankHolidays(
  { address: source, ...options }: BankHolidaySource,
  register: Pick<Register, 'keptFeed' | 'keepFeed' | 'keepDoubtedFeed' | 'noteFeedProblem'>,
  now: string,
): Promise<Watched> {
  const kept = await register.keptFeed();
  const before = kept?.content ?? null;
  let said: string | null = null;
  try {
    said = await textOf(source, options);
    const { content, notes } = feedIn(said, source, kept?.source === source ? before : null);
    const doubts = before === null ? [] : feedDoubts(before, content, localDate(now));
    if (doubts.length > 0) {
      await register.keepDoubtedFeed(source, { content, notes, doubts }, said, now);
      return { status: 'implausible', problem: `implausible: ${doubts.join('; ')}`, notes };
    }
    const changed = before === null || daysOf(before) !== daysOf(content);
    await register.keepFeed(source, { content, notes }, said, now);
    return { status: changed ? 'changed' : 'unchanged', problem: null, notes };
  } catch (error) {
    if (!(error instanceof FeedProblem)) throw error;
    await register.noteFeedProblem(source, error.message, said, now);
    return { status: 'refused', problem: error.message, notes: [] };
  }
}

/** What is hard to believe of a feed beside an earlier one, of every division. */
function feedDoubts(before: BankHolidays, after: BankHolidays, today: string): string[] {
  return divisions.flatMap((division) =>
    doubtsAbout(before[division].events, after[division].events, today).map((doubt) => `${division}: ${doubt}`),
  );
}

function daysOf(feed: BankHolidays): string {
  return divisions
    .flatMap((division) => feed[division].events.map(({ date, title }) => `${division} ${date} ${title}`))
    .sort()
    .join();
}
