import { readFeed } from '../../activities/calendars/read-feed.ts';
import type { DoubtedFeed } from '../../register/bank-holiday-feed.ts';
import { BadRequest } from '../bad-request.ts';
import { UsageError } from './usage-error.ts';
import { withRegister } from './services.ts';

/**
 * New bank holidays: of a file or a web address, or what the daily look has found; one that is doubted goes before the last
 * good one, because it is what has to be judged.
 */
export async function feedOf(given: string | undefined): Promise<DoubtedFeed> {
  if (given !== undefined) {
    const { readSettings } = await import('../../platform/settings.ts');
    const { DUECOURSE_BANK_HOLIDAYS_REDIRECTS: redirects } = readSettings().environment;
    return { ...(await readFeed(given, { redirects })), doubts: [] };
  }
  const kept = await withRegister((register) => register.keptFeed());
  if (kept?.doubted) return kept.doubted;
  if (kept?.content) return { content: kept.content, notes: kept.notes, doubts: [] };
  throw new UsageError(
    'name a file or a web address: no bank holidays have been read yet (see: duecourse calendar watch)',
  );
}

/** @throws BadRequest with what is hard to believe, where anything is */
export function mustBeBelievable(doubts: readonly string[]): void {
  if (doubts.length === 0) return;
  throw new BadRequest(
    `These bank holidays are implausible, and nothing was changed:\n${[...new Set(doubts)].map((doubt) => `  implausible: ${doubt}`).join('\n')}\nCompare them with their source. If it is right, approve them with --implausible.`,
  );
}
