import { addDays } from '../calendar/civil-date.ts';
import { isOverdue } from '../milestone/milestone-state.ts';
import { type DutyPast, isStillOpen, type Moment, newestOf } from './past.ts';

/** What one role had before it. */
export interface OfficerLoad {
  owner: string;
  /** The entry that names the role last. */
  number: number;
  /** Still to be done, those too that are late. */
  open: number;
  late: number;
  /** Due within the next thirty days, and not late. What is on hold past its date is neither. */
  soon: number;
}

const SOON = 30;

export const LOAD_RULE = `By the role that leads each duty: those still to be done in open inspections, how many of these are late, and how many fall due within the next ${SOON} days.`;

/** What each role had before it at a moment: the most late first. */
export function loadByOfficer(duties: readonly DutyPast[], { on, until }: Moment): OfficerLoad[] {
  const loads = new Map<string, OfficerLoad>();
  const soonUntil = addDays(on, SOON);
  for (const duty of duties.filter(isStillOpen)) {
    const change = newestOf(duty);
    const { owner, number, due } = change;
    const load = loads.get(owner) ?? { owner, number, open: 0, late: 0, soon: 0 };
    load.number = Math.max(load.number, number);
    load.open++;
    if (isOverdue(change, until)) load.late++;
    else if (due >= on && due <= soonUntil) load.soon++;
    loads.set(owner, load);
  }
  return [...loads.values()].sort((a, b) => b.late - a.late || b.open - a.open || (a.owner < b.owner ? -1 : 1));
}
