import { divisions } from '../../domain/calendar/calendar-data.ts';
import type { BankHolidays } from '../../domain/schemas/bank-holidays.ts';
import type { Register } from '../../register/register.ts';
import { FeedProblem, readFeed } from './read-feed.ts';

/** How a look at the source ended: what is kept is the newest good feed, whatever came after it. */
export interface Watched {
  status: 'unchanged' | 'changed' | 'refused';
  /** In a sentence, where it was refused. */
  problem: string | null;
}

/** Looks at the source of bank holidays once, and keeps what is good. Nothing counts by it until an administrator approves. */
export async function watchBankHolidays(
  source: string,
  register: Pick<Register, 'keptFeed' | 'keepFeed' | 'noteFeedProblem'>,
  now: string,
): Promise<Watched> {
  const kept = await register.keptFeed();
  try {
    const feed = await readFeed(source, { before: kept?.source === source ? kept.content : null });
    const before = kept?.content ?? null;
    const changed = before === null || daysOf(before) !== daysOf(feed);
    await register.keepFeed(source, feed, now);
    return { status: changed ? 'changed' : 'unchanged', problem: null };
  } catch (error) {
    if (!(error instanceof FeedProblem)) throw error;
    await register.noteFeedProblem(source, error.message, now);
    return { status: 'refused', problem: error.message };
  }
}

function daysOf(feed: BankHolidays): string {
  return divisions
    .flatMap((division) => feed[division].events.map(({ date, title }) => `${division} ${date} ${title}`))
    .sort()
    .join();
}
