import { isOverdue } from '../milestone/milestone-state.ts';
import { STATUS_GROUPS } from '../milestone/statuses.ts';
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

/** How many of a theme’s actions stood in which way, in words, wherever that stands beside its rating. */
export function stoodInWords({ done, actions, overdue, held, waiting }: ThemeStood): string {
  return [
    `${done} of ${actions} done`,
    ...(overdue === 0 ? [] : [`${overdue} overdue`]),
    ...(held === 0 ? [] : [`${held} on hold`]),
    ...(waiting === 0 ? [] : [`${waiting} ${STATUS_GROUPS.awaiting.words.toLowerCase()}`]),
  ].join(', ');
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
    stood: moments.map((moment) => stoodAt(own, moment)),
  }));
}

function stoodAt(duties: readonly DutyPast[], moment: Moment): ThemeStood | null {
  const actions = duties.flatMap((duty) => standingBefore(duty, moment.until) ?? []);
  if (actions.length === 0) return null;
  const kinds = actions.map((action) => kindOf(action, moment));
  const count = (kind: Kind): number => kinds.filter((each) => each === kind).length;
  const [done, open, held, waiting] = [count('done'), count('open'), count('held'), count('waiting')];
  const overdue = count('overdue') + count('long overdue');
  const toDo = open + held + overdue + waiting;
  const rag = ragOf({ done, overdue, held }, toDo, count('long overdue') > 0);
  return { ...moment, rag, done, overdue, held, waiting, actions: done + toDo };
}

type Kind = 'done' | 'waiting' | 'open' | 'held' | 'overdue' | 'long overdue' | 'unfinished' | 'gone';

function kindOf(action: DutyChange, { on, until }: Moment): Kind {
  if (!isOverdue(action, until)) return COUNTS_AS[action.status];
  return isLongOverdue(action.due, on) ? 'long overdue' : 'overdue';
}
