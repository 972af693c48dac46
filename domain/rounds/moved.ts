import { type CivilDate, formatShortDate } from '../calendar/civil-date.ts';
import type { ActionReport } from '../progress/series.ts';

/** An action of which its owner says something else than before they were asked. */
export interface MovedAction {
  /** The id of its duty. */
  milestone: string;
  /** What was said before, and what is said now, part by part; what has stayed is in neither. */
  before: string[];
  now: string[];
  /** What they said to it, where they did. */
  text: string | null;
}

/** What of a report is compared, each in words; null where nobody has said it. */
const PARTS: readonly ((report: ActionReport) => string | null)[] = [
  ({ rating }) => rating,
  ({ percent }) => (percent === null ? null : `${percent} per cent done`),
  ({ forecast }) => (forecast === null ? null : `expected by ${shown(forecast)}`),
];

const shown = (date: CivilDate): string => formatShortDate(date);

/**
 * What has moved since an instant (UTC), by the newest report before it and the newest after: an action on which nobody has
 * reported since has not moved, nor one of which the same was said again.
 *
 * @param series reports on actions, by the day of which they speak
 */
export function movedSince(series: readonly ActionReport[], since: string): MovedAction[] {
  const milestones = [...new Set(series.map(({ milestone }) => milestone))];
  return milestones.flatMap((milestone) => {
    const own = series.filter((each) => each.milestone === milestone);
    const after = own.findLast(({ at }) => at >= since);
    if (after === undefined) return [];
    const before = own.findLast(({ at }) => at < since);
    const changed = PARTS.map(
      (inWords) => [before === undefined ? null : inWords(before), inWords(after)] as const,
    ).filter(([was, is]) => was !== is);
    if (changed.length === 0) return [];
    return [
      {
        milestone,
        before: changed.flatMap(([was]) => was ?? []),
        now: changed.flatMap(([, is]) => is ?? []),
        text: after.text,
      },
    ];
  });
}
