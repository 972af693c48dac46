import { type CivilDate, formatShortDate } from '../calendar/civil-date.ts';
import { roleTitle } from '../authority/roles.ts';
import type { RegisterEntry } from '../lifecycle/entry.ts';
import type { LifecycleView } from '../lifecycle/view.ts';
import { type ActionReport, seriesIn } from '../progress/series.ts';
import type { Authority } from '../schemas/authority.ts';

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

/** The same, as people read of it. */
export interface NamedMove extends MovedAction {
  title: string;
  /** The title of its owner's role. */
  owner: string;
}

/**
 * What has moved since an instant (UTC), each action with its title and whose it is; of one that is nobody's any more as it was when
 * it was reported on.
 *
 * @param entries of the register, the oldest first
 */
export function namedMoves(
  entries: readonly RegisterEntry[],
  since: string,
  { milestones, ended }: Pick<LifecycleView, 'milestones' | 'ended'>,
  authority: Authority,
): NamedMove[] {
  const inHand = new Map(milestones.map((each) => [each.id, each]));
  return movedSince(seriesIn(entries), since).map((each) => {
    const { title, owner } = inHand.get(each.milestone) ?? ended[each.milestone] ?? {};
    const row = entries.findLast(
      ({ milestone, kind }) => milestone === each.milestone && kind === 'progress-reported',
    )?.row;
    return {
      ...each,
      title: title ?? row?.title ?? each.milestone,
      owner: owner === undefined ? (row?.ownerTitle ?? '') : roleTitle(authority, owner),
    };
  });
}
