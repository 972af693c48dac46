import { formatDate, formatMonth } from '../calendar/civil-date.ts';
import type { MissedBefore, PlannedMilestone } from './milestone.ts';

/** What is said of a round that stands for earlier ones: in notices, and where its date is explained. */
export function missedInWords({ times, since }: MissedBefore): string {
  return `${times + 1} rounds of this duty have been missed, the first of them due on ${formatDate(since)}. This one stands for all of them: once it is done, nobody is asked for the others.`;
}

/**
 * A planned round as it is known where it stands for earlier ones.
 *
 * @example
 * standingFor(planned, { times: 17, since: '2016-05-31' }).title // 'Report, no. 18 (18 missed since May 2016)'
 */
export function standingFor(planned: PlannedMilestone, before: MissedBefore | undefined): PlannedMilestone {
  if (before === undefined) return planned;
  return {
    ...planned,
    title: `${planned.title} (${before.times + 1} missed since ${formatMonth(before.since)})`,
    explanation: [missedInWords(before), ...planned.explanation],
  };
}
