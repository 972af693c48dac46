import { acceptancesOf, isAcceptance } from '../acceptance/awaiting.ts';
import { isOverdue, isPending } from '../milestone/milestone-state.ts';
import { COUNTS_AS, isLongOverdue, ragOf, type Rag, THEME_RULE } from '../progress/progress.ts';
import { type DutyChange, type DutyPast, isCounted, type Moment, newestOf, standingBefore } from './past.ts';

/** How a theme's actions stood at a moment. */
export interface ThemeStood extends Moment {
  rag: Rag;
  /** How closely its targets were met. */
  done: number;
  overdue: number;
  held: number;
  /** Submitted, and not accepted yet by who must. */
  waiting: number;
  /** All of its actions that still applied. */
  actions: number;
}

/** A theme of an inspection over time; null where nothing of it was on record, or its inspection had ended. */
export interface ThemeFigures {
  reference: string;
  theme: string;
  /** The entry that names it last. */
  number: number;
  stood: (ThemeStood | null)[];
}

export const THEMES_RULE = `${THEME_RULE} What was submitted and waits to be accepted is not done yet. Beside each rating stands how many of its actions were done, how many overdue, on hold, or waiting to be accepted.`;

/** How each theme stood at each moment, by what was on record then. */
export function themesOverTime(duties: readonly DutyPast[], moments: readonly Moment[]): ThemeFigures[] {
  const themes = new Map<string, { figures: ThemeFigures; duties: DutyPast[] }>();
  const acceptances = duties.filter((duty) => isAcceptance({ id: newestOf(duty).milestone }));
  for (const duty of duties.filter(isCounted)) {
    const { theme, number } = newestOf(duty);
    if (theme === null) continue;
    const { reference } = duty.inspection;
    const key = `${reference} ${theme}`;
    const known = themes.get(key) ?? { figures: { reference, theme, number, stood: [] }, duties: [] };
    known.figures.number = Math.max(known.figures.number, number);
    known.duties.push(duty);
    themes.set(key, known);
  }
  return [...themes.values()].map(({ figures, duties: own }) => ({
    ...figures,
    stood: moments.map((moment) => stoodAt(own, acceptances.filter(isOf(figures)), moment)),
  }));
}

const isOf =
  ({ reference }: Pick<ThemeFigures, 'reference'>) =>
  ({ inspection }: DutyPast): boolean =>
    inspection.reference === reference;

/** @param acceptances the duties to accept what was submitted in the same inspection */
function stoodAt(duties: readonly DutyPast[], acceptances: readonly DutyPast[], moment: Moment): ThemeStood | null {
  const standing = (all: readonly DutyPast[]): DutyChange[] =>
    all.flatMap((duty) => standingBefore(duty, moment.until) ?? []);
  const actions = standing(duties);
  if (actions.length === 0) return null;
  const asked = standing(acceptances).filter(isPending);
  const kinds = actions.map((action) => (isAwaited(action, asked) ? 'waiting' : kindOf(action, moment)));
  const count = (kind: Kind): number => kinds.filter((each) => each === kind).length;
  const [done, open, held, waiting] = [count('done'), count('open'), count('held'), count('waiting')];
  const overdue = count('overdue') + count('long overdue');
  const toDo = open + held + overdue + waiting;
  const rag = ragOf({ done, overdue, held }, toDo, count('long overdue') > 0);
  return { ...moment, rag, done, overdue, held, waiting, actions: done + toDo };
}

/** Was it submitted, and somebody still had to accept it? An entry says that by the duty to accept it, which follows at once. */
const isAwaited = ({ status, milestone }: DutyChange, asked: readonly DutyChange[]): boolean =>
  status === 'submitted' && asked.some((each) => each.milestone.startsWith(acceptancesOf(milestone)));

type Kind = 'done' | 'waiting' | 'open' | 'held' | 'overdue' | 'long overdue' | 'gone';

function kindOf(action: DutyChange, { on, until }: Moment): Kind {
  if (!isOverdue(action, until)) return COUNTS_AS[action.status];
  return isLongOverdue(action.due, on) ? 'long overdue' : 'overdue';
}
