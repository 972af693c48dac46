import { MILESTONE_STATUSES } from '../milestone/statuses.ts';
import { type CivilDate, daysBetween } from '../calendar/civil-date.ts';
import { localDate } from '../calendar/london.ts';
import { namesOf } from '../closed-table.ts';
import type { LifecycleView } from '../lifecycle/view.ts';
import type { MilestoneStatus } from '../milestone/milestone.ts';
import { dutyOfAction } from '../plan/action-duty.ts';

/** Where a theme stands, in words: never by colour alone. */
export type Rag = 'red' | 'amber' | 'unfinished' | 'green' | 'complete' | 'none';

/**
 * What each rating is called, and its letter where there is no room for more; the worst first. `unfinished` is of an inspection that
 * was closed, `none` of a theme of which nothing was done and nothing is to be done.
 */
export const RAGS: Record<Rag, { words: string; letter: string }> = {
  red: { words: 'Red', letter: 'R' },
  amber: { words: 'Amber', letter: 'A' },
  unfinished: { words: MILESTONE_STATUSES.unfinished.words, letter: 'U' },
  green: { words: 'Green', letter: 'G' },
  complete: { words: 'Complete', letter: 'C' },
  none: { words: 'Not rated', letter: '–' },
};

/** For lists with the worst first: from 0; what has no rating comes last. */
export const placeByRag = (rag: Rag | undefined): number => {
  const all = namesOf(RAGS);
  return rag === undefined ? all.length : all.indexOf(rag);
};

/**
 * An action overdue by more days than this makes its theme red. Days of the calendar, not working days: bank holidays and closures that
 * become known later change no rating of a day that is over, so report, board and figures can have one rule.
 */
const LONG = 14;

/** Has what fell due on a day been overdue for long on another? */
export const isLongOverdue = (due: CivilDate, on: CivilDate): boolean => daysBetween(due, on) > LONG;

/** The rule by which a theme is rated, wherever it is. */
export const THEME_RULE = `A theme is rated by the dates that have passed, not by what anybody says or expects of its actions: those have ratings of their own. Complete: every action is done or no longer to be done, and one at least is done. Red: an action is more than ${LONG} days overdue, or a third or more of the actions still to be done are overdue. Amber: an action is overdue or on hold. Green: all else that is still to be done. Not rated: no action is done, and none is to be done.`;

/** The same as the report states it, which is of closed inspections too. */
export const RAG_RULE = `${THEME_RULE} Not finished: the inspection was closed before every action was done.`;

export interface ThemeProgress {
  theme: string;
  title: string;
  officer: string;
  rag: Rag;
  done: number;
  /** To be done, and neither late nor on hold. */
  open: number;
  /** Of those, how many are expected after their dates. */
  slipping: number;
  overdue: number;
  held: number;
  /** Submitted, and not accepted yet by who must. */
  waiting: number;
  /** Not done when the inspection was closed. */
  unfinished: number;
  /** No longer applies: waived, or lapsed. */
  gone: number;
  nextDue: CivilDate | null;
}

/**
 * How each theme's actions stand; actions of no theme come last, under their own heading. The counts of a theme add up to
 * its actions.
 */
export function progress(
  view: Pick<LifecycleView, 'milestones' | 'ended' | 'improvement' | 'homes' | 'status' | 'now'>,
): ThemeProgress[] {
  const { themes, actions } = view.improvement;
  const groups = themes.map(({ id, title, officer }) => ({
    theme: id,
    title,
    officer,
    actions: actions.filter((action) => action.theme === id),
  }));
  const loose = actions.filter((action) => !themes.some((theme) => theme.id === action.theme));
  const all =
    loose.length === 0 ? groups : [...groups, { theme: '', title: 'Actions of no theme', officer: '', actions: loose }];
  return all.map(({ actions: own, ...theme }) => {
    const stands = own.map((action) => standingOf(dutyOfAction(action.id), view));
    const count = (kind: Stand['kind']) => stands.filter((each) => each.kind === kind).length;
    const overdue = stands.filter((each) => each.kind === 'overdue');
    const today = localDate(view.now);
    const isLong = overdue.some(({ due }) => isLongOverdue(due, today));
    const toDo = count('open') + count('overdue') + count('held') + count('waiting');
    const nextDue =
      stands
        .filter((each) => each.kind === 'open')
        .map((each) => each.due)
        .sort()[0] ?? null;
    const counts = {
      done: count('done'),
      open: count('open'),
      slipping: stands.filter(({ kind, willBeLate }) => kind === 'open' && willBeLate === true).length,
      overdue: overdue.length,
      held: count('held'),
      waiting: count('waiting'),
      unfinished: count('unfinished'),
      gone: count('gone'),
    };
    const rag = view.status === 'closed' ? ragAtEnd(counts, toDo) : ragOf(counts, toDo, isLong);
    return { ...theme, rag, ...counts, nextDue };
  });
}

/**
 * How a theme is rated by its counts.
 *
 * @param toDo how many of its actions are still to be done, in whatever way
 * @param isLong whether one of them has been overdue for long
 */
export function ragOf(counts: { done: number; overdue: number; held: number }, toDo: number, isLong: boolean): Rag {
  const { done, overdue, held } = counts;
  if (toDo === 0) return done > 0 ? 'complete' : 'none';
  if (overdue > 0) return isLong || overdue * 3 >= toDo ? 'red' : 'amber';
  return held > 0 ? 'amber' : 'green';
}

/** How a theme is rated once its inspection is closed: nothing is late any more, and what is to be done was not done. */
const ragAtEnd = (counts: Pick<ThemeProgress, 'done' | 'unfinished' | 'overdue' | 'held'>, toDo: number): Rag =>
  counts.unfinished + toDo > 0 ? 'unfinished' : ragOf(counts, 0, false);

/** Does an action no longer apply: waived, lapsed, or taken out of the plan? */
export const isGone = (milestone: string, view: Pick<LifecycleView, 'milestones' | 'ended' | 'homes'>): boolean =>
  standingOf(milestone, view).kind === 'gone';

interface Stand {
  kind: 'done' | 'open' | 'overdue' | 'held' | 'waiting' | 'unfinished' | 'gone';
  due: CivilDate;
  /** Its owner expects it after its date. */
  willBeLate?: boolean;
}

/** What an action’s status counts as wherever actions are counted, where it is not overdue: what waits to be accepted is not done. */
export const COUNTS_AS = {
  open: 'open',
  held: 'held',
  submitted: 'waiting',
  completed: 'done',
  missed: 'overdue',
  waived: 'gone',
  lapsed: 'gone',
  unfinished: 'unfinished',
} as const satisfies Record<MilestoneStatus, Stand['kind']>;

function standingOf(
  id: string,
  { milestones, ended, homes }: Pick<LifecycleView, 'milestones' | 'ended' | 'homes'>,
): Stand {
  const over = ended[id];
  if (homes[id] !== undefined) return { kind: 'unfinished', due: '' };
  if (over !== undefined) return { kind: COUNTS_AS[over.status], due: over.due };
  const found = milestones.find((each) => each.id === id);
  if (found === undefined) return { kind: 'gone', due: '' };
  const willBeLate = found.byDates === 'will-be-late';
  return { kind: found.overdue ? 'overdue' : COUNTS_AS[found.status], due: found.due, willBeLate };
}
