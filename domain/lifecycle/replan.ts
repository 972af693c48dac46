import { formatDate, formatShortDate } from '../calendar/civil-date.ts';
import { localDate } from '../calendar/london.ts';
import type { Milestone, PlannedMilestone } from '../milestone/milestone.ts';
import { announce, isEnded, isPending, moveDue, open } from '../milestone/milestone-state.ts';
import { type PlanOptions, triggerOf } from '../facts/facts.ts';
import { plan } from '../plan/plan.ts';
import { type Happening, record } from './record.ts';
import { calendarOf, CYCLES_AHEAD, type LifecycleState } from './state.ts';

/**
 * Plans again from the facts and brings the milestones into line: new ones are taken on, dates that moved are moved
 * (unless a person has set them), ended ones are left alone. `because` is what owners are told of a moved date.
 */
export function replan(state: LifecycleState, now: string, because: string): LifecycleState {
  const calendar = calendarOf(state);
  const options: PlanOptions = {
    cycles: { today: localDate(now), ahead: CYCLES_AHEAD },
    cyclesFrom: state.cyclesFrom,
    cyclesTo: cyclesTo(state),
  };
  const milestones = { ...state.milestones };
  const happenings: Happening[] = [];
  const planning = plan(state.facts, calendar, options);
  for (const planned of planning) {
    if (state.ended[planned.id] !== undefined) continue;
    const known = milestones[planned.id];
    if (known === undefined) {
      const taken = open(planned);
      milestones[planned.id] = taken;
      happenings.push({
        kind: 'milestone-planned',
        milestone: taken,
        text: `${taken.title}: due ${formatShortDate(taken.due)}.`,
      });
    } else {
      const moved = bringIntoLine(known, planned, because, now);
      if (moved === known) continue;
      milestones[planned.id] = moved;
      if (moved.dueVersion === known.dueVersion) {
        happenings.push({
          kind: 'milestone-confirmed',
          milestone: moved,
          text:
            moved.title === known.title
              ? `${moved.title}: due ${formatDate(moved.due)} as before, ${moved.provisional ? 'now provisional' : 'no longer provisional'}.`
              : `${known.title}: now "${moved.title}", due ${formatDate(moved.due)} as before, because ${because}.`,
        });
        continue;
      }
      happenings.push({
        kind: 'milestone-moved',
        milestone: moved,
        text: `${moved.title}: moved from ${formatDate(known.due)} to ${formatDate(moved.due)}, because ${because}.`,
        data: { from: known.due, to: moved.due, because },
      });
    }
  }
  const needed = new Set(planning.map((each) => each.id));
  for (const each of Object.values(milestones)) {
    const metBy = state.facts.rules.find((rule) => rule.id === each.rule.id)?.metBy;
    if (metBy === undefined || !isPending(each) || needed.has(each.id)) continue;
    const on = triggerOf(state.facts.inspection, metBy)?.date;
    if (on === undefined) continue;
    const outcome = `Met on ${formatDate(on)}: ${because}.`;
    const met: Milestone = {
      ...each,
      status: 'completed',
      outcome,
      completed: { at: now, by: 'duecourse' },
      announcements: [],
    };
    milestones[each.id] = met;
    happenings.push({ kind: 'milestone-completed', milestone: met, text: `${met.title}: ${outcome}` });
  }
  for (const each of Object.values(milestones)) {
    if (each.preparesFor === undefined || !isPending(each) || needed.has(each.id)) continue;
    const gone: Milestone = { ...each, status: 'lapsed', announcements: [] };
    milestones[each.id] = gone;
    happenings.push({
      kind: 'milestone-withdrawn',
      milestone: gone,
      text: `${each.title}: no longer needed, because ${because}.`,
    });
  }
  return record({ ...state, milestones }, now, happenings);
}

/** The last occurrence of each cycle that has been taken on: where its date moves, it moves now and not when its turn comes. */
function cyclesTo({ milestones }: LifecycleState): Record<string, number> {
  const last: Record<string, number> = {};
  for (const { id, occurrence } of Object.values(milestones)) {
    if (occurrence === undefined) continue;
    const cycle = id.slice(0, -`-${occurrence}`.length);
    last[cycle] = Math.max(last[cycle] ?? 0, occurrence);
  }
  return last;
}

function bringIntoLine(known: Milestone, planned: PlannedMilestone, because: string, now: string): Milestone {
  if (!isPending(known) || isEnded(known) || known.extendedTo !== undefined) return known;
  if (known.dueAt === planned.dueAt) {
    if (known.title !== planned.title) {
      // The date stays, what is to be done does not: the written route in a cancelled meeting's place.
      const text = `It is now "${planned.title}", because ${because}.`;
      const { title, act, explanation } = planned;
      return announce(
        { ...known, title, act, explanation },
        { kind: 'moved', to: known.owner, readyAt: now, urgent: false, text },
      );
    }
    if (known.provisional === planned.provisional) return known;
    return { ...known, provisional: planned.provisional, explanation: planned.explanation };
  }
  const moved = { ...moveDue(known, planned, because), title: planned.title, act: planned.act };
  return announce(moved, { kind: 'moved', to: moved.owner, readyAt: now, urgent: false });
}
