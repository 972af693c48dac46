import { partnerOf } from '../../../domain/authority/partners.ts';
import { roleTitle } from '../../../domain/authority/roles.ts';
import { type CivilDate, compareDates } from '../../../domain/calendar/civil-date.ts';
import { createCalendar } from '../../../domain/calendar/working-calendar.ts';
import type { ViewedMilestone } from '../../../domain/lifecycle/view.ts';
import { LADDER_WORDS } from '../../../domain/milestone/ladder-words.ts';
import { isPending } from '../../../domain/milestone/milestone-state.ts';
import { isFixed } from '../../../domain/milestone/strengths.ts';
import { rungCount, rungsReached } from '../../../domain/plan/ladder.ts';
import type { RunningInspection } from '../inspections.ts';

/** One reminder, or step up, of a duty. */
export interface ToCome {
  on: CivilDate;
  what: string;
  /** The title of the role that it goes to. */
  to: string;
}

/** What is still to be sent of a duty after today, as long as it is not done. */
export function toCome(
  m: ViewedMilestone,
  { facts, calendar }: Pick<RunningInspection, 'facts' | 'calendar'>,
  today: CivilDate,
): ToCome[] {
  if (!isPending(m)) return [];
  // A hold keeps its clock from running, but where law or somebody outside has set its date: all that comes is the day on which it is looked at again.
  if (m.hold !== undefined && !isFixed(m))
    return [{ on: m.hold.reviewOn, what: 'its hold is to be reviewed', to: roleTitle(facts.authority, m.owner) }];
  const counts = createCalendar(calendar);
  const last = counts.addWorkingDays(
    m.due > today ? m.due : today,
    REPEATS_SHOWN * Math.max(1, m.ladder.repeatEvery) + MAX_LATE,
  );
  return (
    rungsReached(m, last, facts.authority, counts)
      .filter((rung) => rung.on > today)
      .toSorted((a, b) => compareDates(a.on, b.on))
      // Of a partner's duty each step up is told to two.
      .slice(0, (rungCount(m) + 1) * (partnerOf(facts.authority, m.owner) === undefined ? 1 : 2))
      .map((rung) => ({
        ...rung,
        what: LADDER_WORDS[rung.kind].toCome(rung.workingDays, { on: rung.on, due: m.due }),
        to: roleTitle(facts.authority, rung.to),
      }))
  );
}

const REPEATS_SHOWN = 1;
/** Working days after its date by which every ladder has come to its last named rung. */
const MAX_LATE = 20;
