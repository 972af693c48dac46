import { formatDate } from '../calendar/civil-date.ts';
import { localDate } from '../calendar/london.ts';
import type { RegisterEntry } from './entry.ts';

/**
 * An entry's sentence as people are shown it: one that was made up later says so.
 *
 * @example shownText({ text: 'Audit: completed.', recovered: '2016-05-03T09:00:00.000Z' })
 * // 'Audit: completed. (Made up from the engine’s history on Tuesday 3 May 2016.)'
 */
export function shownText({ text, recovered }: Pick<RegisterEntry, 'text' | 'recovered'>): string {
  if (recovered === undefined) return text;
  return `${text} (Made up from the engine’s history on ${formatDate(localDate(recovered))}.)`;
}
