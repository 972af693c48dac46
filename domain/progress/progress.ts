import type { CivilDate } from '../calendar/civil-date.ts';
import { workingDaysLate } from '../calendar/lateness.ts';
import { localDate } from '../calendar/london.ts';
import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import type { LifecycleView } from '../lifecycle/view.ts';
import type { MilestoneStatus } from '../milestone/milestone.ts';
import { dutyOfAction } from '../plan/action-duty.ts';

/** Where a theme stands, in words: never by colour alone. */
export type Rag = 'red' | 'amber' | 'green' | 'complete';

/** The rule by which a theme is rated, as the report states it. */
export const RAG_RULE =
  'Complete: every action is done or no longer applies. Red: an action is more than 10 working days overdue, or a third or more of the actions still to be done are overdue. Amber: an action is overdue or on hold. Green: all else.';

const RED_AFTER = 10;

export interface ThemeProgress {
  theme: string;
  title: string;
  officer: string;
  rag: Rag;
  done: number;
  /** To be done, and neither late nor on hold. */
  open: number;
  overdue: number;
  held: number;
  /** Submitted, and not accepted yet by who must. */
  waiting: number;
  /** No longer applies: waived, or lapsed. */
  gone: number;
  nextDue: CivilDate | null;
}

/**
 * How each theme's actions stand; actions of no theme come last, under their own heading. The counts of a theme add up to
 * its actions.
 */
export function progress(
  view: Pick<LifecycleView, 'milestones' | 'ended' | 'improvement' | 'now'>,
  calendar: WorkingCalendar,
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
    const longest = Math.max(0, ...overdue.map((each) => workingDaysLate(each.due, today, calendar)));
    const toDo = count('open') + count('overdue') + count('held') + count('waiting');
    const nextDue =
      stands
        .filter((each) => each.kind === 'open')
        .map((each) => each.due)
        .sort()[0] ?? null;
    const counts = {
      done: count('done'),
      open: count('open'),
      overdue: overdue.length,
      held: count('held'),
      waiting: count('waiting'),
      gone: count('gone'),
    };
    return { ...theme, rag: ragOf(counts, toDo, longest), ...counts, nextDue };
  });
}

function ragOf({ overdue, held }: { overdue: number; held: number }, toDo: number, longest: number): Rag {
  if (toDo === 0) return 'complete';
  if (longest > RED_AFTER || overdue * 3 >= toDo) return overdue === 0 ? (held > 0 ? 'amber' : 'green') : 'red';
  return overdue > 0 || held > 0 ? 'amber' : 'green';
}

/** Does an action no longer apply: waived, lapsed, or taken out of the plan? */
export const isGone = (milestone: string, view: Pick<LifecycleView, 'milestones' | 'ended'>): boolean =>
  standingOf(milestone, view).kind === 'gone';

interface Stand {
  kind: 'done' | 'open' | 'overdue' | 'held' | 'waiting' | 'gone';
  due: CivilDate;
}

/** What a status counts as, where it is not overdue. */
const COUNTS_AS: Record<MilestoneStatus, Stand['kind']> = {
  open: 'open',
  held: 'held',
  submitted: 'done',
  completed: 'done',
  missed: 'overdue',
  waived: 'gone',
  lapsed: 'gone',
};

function standingOf(id: string, { milestones, ended }: Pick<LifecycleView, 'milestones' | 'ended'>): Stand {
  const over = ended[id];
  if (over !== undefined) return { kind: COUNTS_AS[over.status], due: over.due };
  const found = milestones.find((each) => each.id === id);
  if (found === undefined) return { kind: 'gone', due: '' };
  if (found.status === 'submitted' && found.signOff !== undefined) return { kind: 'waiting', due: found.due };
  return { kind: found.overdue ? 'overdue' : COUNTS_AS[found.status], due: found.due };
}
