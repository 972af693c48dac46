import type { CivilDate } from '../calendar/civil-date.ts';
import type { PublishedHolidays } from '../calendar/published-holidays.ts';
import { milestoneOf, milestonesOf } from '../lifecycle/milestones.ts';
import type { LifecycleState } from '../lifecycle/state.ts';
import { changeCalendar } from './change-calendar.ts';

/** A milestone that would move. */
export interface Move {
  milestone: string;
  title: string;
  owner: string;
  from: CivilDate;
  to: CivilDate;
}

/** Which open milestones would move if bank holidays were to change, and from when to when; nothing is changed. */
export function movesUnder(state: LifecycleState, published: PublishedHolidays, now: string): Move[] {
  if (state.status !== 'open' || published.division !== state.facts.authority.division) return [];
  const actor = { id: 'question', role: state.facts.authority.chain.administrator };
  const after = changeCalendar.apply(state, { published }, { actor, now });
  return milestonesOf(state).flatMap(({ id, title, owner, due, dueAt }) => {
    const moved = milestoneOf(after, id);
    if (moved === undefined || moved.dueAt === dueAt) return [];
    return [{ milestone: id, title, owner, from: due, to: moved.due }];
  });
}
