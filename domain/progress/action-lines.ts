import { MILESTONE_STATUSES } from '../milestone/statuses.ts';
import { type CivilDate, formatShortDate } from '../calendar/civil-date.ts';
import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import type { EndedMilestone } from '../lifecycle/state.ts';
import type { LifecycleView, ViewedMilestone } from '../lifecycle/view.ts';
import { instantOfEnd } from '../milestone/end.ts';
import { endedOnInWords } from '../milestone/ended-on.ts';
import { isPending } from '../milestone/milestone-state.ts';
import { BY_DATES, byDates } from './by-dates.ts';
import type { NewestReport } from './newest-report.ts';
import type { ActionReport } from './series.ts';
import { standingShown } from './standing-shown.ts';
import { dutyOfAction } from '../plan/action-duty.ts';

/** An action in the update to Cabinet: all of it in words. */
export interface ActionLine {
  title: string;
  owner: string;
  due: string;
  forecast: string;
  byDates: string;
  rating: string;
  said: string;
}

/** The heads of its columns, in their order. */
export const ACTION_HEADS: Record<keyof ActionLine, string> = {
  title: 'Action',
  owner: 'Owner',
  due: 'Due',
  forecast: 'Forecast',
  byDates: 'By its dates',
  rating: 'Owner’s rating',
  said: 'What its owner says',
};

type Seen = Pick<LifecycleView, 'milestones' | 'ended' | 'improvement' | 'homes' | 'now' | 'ratings'>;

/**
 * Every action of the plan as it stands, in the plan's order: by its dates and by its owner's own word, told apart.
 *
 * @param series the reports on all actions
 */
export function actionLines(
  { milestones, ended, improvement, homes, now, ratings }: Seen,
  series: readonly ActionReport[],
  calendar: WorkingCalendar,
  roleTitle: (role: string) => string,
): ActionLine[] {
  const inHand = new Map(milestones.map((each) => [each.id, each]));
  const said = newestWords(series, roleTitle);
  return improvement.actions.flatMap(({ id, title }) => {
    const milestone = dutyOfAction(id);
    const is = inHand.get(milestone) ?? ended[milestone];
    if (is === undefined) return [];
    const progress = progressOf(is);
    const { forecast, rating, ratingName, percent } = standingShown(
      { id: milestone, status: is.status, progress },
      { ratings },
    );
    const dates = 'byDates' in is ? is.byDates : byDates({ ...is, ...NEVER_LATE }, now, calendar);
    return [
      {
        title,
        owner: is.owner === undefined ? '' : roleTitle(is.owner),
        due: formatShortDate(is.due),
        forecast: forecast === undefined ? '' : formatShortDate(forecast),
        byDates:
          homes[milestone] === undefined
            ? `${BY_DATES[dates].words} ${endedOnInWords({ ...is, endedAt: endOf(is) })}`.trimEnd()
            : `${MILESTONE_STATUSES.unfinished.words}: ${homes[milestone]}`,
        rating: [
          ...(ratingName === undefined ? [] : [ratingName]),
          ...(percent === undefined ? [] : [`${percent} per cent done`]),
          ...(progress === undefined || progress.rating !== rating
            ? []
            : [`on ${formatShortDate(progress.on)}${byAnother(progress.by, is.owner, roleTitle)}`]),
        ].join(', '),
        said: said.get(milestone)?.(is.owner) ?? '',
      },
    ];
  });
}

/** What has ended is rated by how it ended, whenever that was. */
const NEVER_LATE = { strength: 'commitment', dueAt: '9999' } as const;

/** When it was done or submitted, UTC; null while it is still to do. */
const endOf = (is: ViewedMilestone | EndedMilestone): string | null =>
  'byDates' in is ? (instantOfEnd(is) ?? null) : is.endedAt;

const progressOf = (is: ViewedMilestone | EndedMilestone): NewestReport | undefined =>
  'byDates' in is ? is.progress : is.marks?.progress;

/** The last words on each action, and of which day they are. */
function newestWords(
  series: readonly ActionReport[],
  roleTitle: (role: string) => string,
): Map<string, (owner: string | undefined) => string> {
  return new Map(
    series.flatMap(({ milestone, text, on, by }) =>
      text === null
        ? []
        : [
            [
              milestone,
              (owner: string | undefined) => `${formatShortDate(on)}${byAnother(by, owner, roleTitle)}: ${text}`,
            ] as const,
          ],
    ),
  );
}

/** Who said it, where that is not its owner: an action may have been passed on since. */
const byAnother = (by: string, owner: string | undefined, roleTitle: (role: string) => string): string =>
  by === '' || by === owner ? '' : `, ${roleTitle(by)}`;

/** The actions still to be done on which nobody has reported since a day, each with its owner by name. */
export function unreportedActions(
  { milestones, improvement }: Pick<Seen, 'milestones' | 'improvement'>,
  since: CivilDate,
  roleTitle: (role: string) => string,
): string[] {
  const inHand = new Map(milestones.map((each) => [each.id, each]));
  return improvement.actions.flatMap(({ id }) => {
    const is = inHand.get(dutyOfAction(id));
    if (is === undefined || !isPending(is) || (is.progress?.on ?? '') >= since) return [];
    const last = is.progress === undefined ? 'never' : `last on ${formatShortDate(is.progress.on)}`;
    return [`${is.title} (${roleTitle(is.owner)}): ${last}.`];
  });
}
