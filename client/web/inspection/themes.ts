import { formatShortDate } from '../../../domain/calendar/civil-date.ts';
import { roleTitle } from '../../../domain/authority/roles.ts';
import { progress, RAGS, type ThemeProgress } from '../../../domain/progress/progress.ts';
import { actionsOf, leftInWords } from '../../../domain/progress/report.ts';
import type { RunningInspection } from '../inspections.ts';
import { bar } from './far.ts';

/** How one theme stands, as the overview and the plan show it. */
export interface ThemeLine {
  theme: string;
  title: string;
  officer: string;
  rag: ThemeProgress['rag'];
  rating: string;
  done: number;
  all: number;
  left: string;
  next: string;
  bar: ReturnType<typeof bar>;
}

/** Every theme with how far it is: actions done of all, its rating, who answers for it. */
export function themeLines({ view, facts }: RunningInspection): ThemeLine[] {
  return progress(view).map((each) => ({
    theme: each.theme,
    title: each.title,
    officer: each.officer === '' ? '' : roleTitle(facts.authority, each.officer),
    rag: each.rag,
    rating: RAGS[each.rag].words,
    done: each.done,
    all: actionsOf(each),
    left: leftInWords(each),
    next: each.nextDue === null ? '' : formatShortDate(each.nextDue),
    bar: bar({
      ...{ completed: each.done, overdue: each.overdue, open: each.open, held: each.held, submitted: each.waiting },
      ...{ unfinished: each.unfinished, waived: each.gone },
    }),
  }));
}
