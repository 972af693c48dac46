import { formatInstant } from '../../../domain/calendar/london.ts';

/**
 * When a mail goes, in words.
 *
 * @param at an instant, UTC, as the lifecycle works it out
 * @param now another
 * @example
 * byMail('2016-02-25T09:00:00.000Z', '2016-02-24T10:00:00.000Z') // 'by mail at 9:00am on Thursday 25 February 2016'
 */
export const byMail = (at: string, now: string): string =>
  at <= now ? 'by mail at once' : `by mail at ${formatInstant(at)}`;
