import type { CivilDate } from '../calendar/civil-date.ts';

/** What of an event decides whether another may stand beside it; undefined where a file has no date there. */
interface OnADay {
  on: CivilDate | undefined;
  withdrawn?: string | undefined;
}

/**
 * Stands one of these events, all of one kind, on this day? Two of a kind on one day are one that was written twice: each would
 * start duties of its own, and remind everybody twice. One that was withdrawn keeps no day.
 *
 * @example
 * standsOn([{ on: '2016-02-19' }], '2016-02-19') // true
 */
export function standsOn(events: readonly OnADay[], day: CivilDate): boolean {
  return events.some(({ on, withdrawn }) => on === day && withdrawn === undefined);
}
