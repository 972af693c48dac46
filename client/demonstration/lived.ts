import { addDays } from '../../domain/calendar/civil-date.ts';
import { instantAt, localDate } from '../../domain/calendar/london.ts';
import { apply } from '../../domain/commands/apply.ts';
import type { Command } from '../../domain/commands/commands.ts';
import { commandOfPast } from '../../domain/commands/past-command.ts';
import { milestonesOf, withMilestones } from '../../domain/lifecycle/milestones.ts';
import { openLifecycle } from '../../domain/lifecycle/open-lifecycle.ts';
import type { LifecycleStart, LifecycleState } from '../../domain/lifecycle/state.ts';
import { wake } from '../../domain/lifecycle/wake.ts';
import type { Inspection } from '../../domain/schemas/inspection.ts';

/** What somebody did on a past day. */
interface Deed {
  at: string;
  role: string;
  command: Command;
}

/** Who keeps the figures, where a value does not say it. */
const KEEPER = 'head-of-performance';
const OPENED = '09:00';
const MIDDAY = '12:00';

/**
 * An inspection as if it had been started on the day on which its report came: every day since is gone through, in memory, by the
 * functions that a running one goes by, and what its file says has happened is done on its day. Nobody was written to meanwhile.
 *
 * @param now an instant, UTC
 */
export function lived(start: LifecycleStart, now: string): LifecycleState {
  const { inspection } = start.facts;
  const first = inspection.report.received ?? localDate(now);
  const opened = openLifecycle(
    { ...start, facts: { ...start.facts, inspection: asItCame(inspection) } },
    instantAt(first, OPENED),
  );
  const deeds = deedsOf(inspection);
  let state = opened;
  let woken = opened.startedAt;
  for (let day = first; day <= localDate(now); day = addDays(day, 1)) {
    const midnight = instantAt(day, '00:00');
    if (day === localDate(now) || isDue(state, woken, midnight)) {
      // Nothing of what would have been told before is told any more: only where things stand now.
      state = wake(silent(state), midnight).state;
      woken = midnight;
    }
    for (const { at, role, command } of deeds.filter((each) => localDate(each.at) === day))
      state = apply(state, command, { id: 'demonstration', role }, at);
  }
  return state;
}

/** Did the day of a duty end between two instants? */
const isDue = (state: LifecycleState, from: string, until: string): boolean =>
  milestonesOf(state).some(({ dueAt }) => dueAt > from && dueAt <= until);

/** The file as it was then: nothing had happened yet, and nothing but the baselines was measured. */
function asItCame({ measures, ...inspection }: Inspection): Inspection {
  return {
    ...inspection,
    happened: [],
    ...(measures === undefined ? {} : { measures: measures.map((each) => ({ ...each, values: [] })) }),
  };
}

/** What was done since, each on its day, in order. */
function deedsOf({ happened, measures = [] }: Inspection): Deed[] {
  const done = happened.map((past): Deed => ({
    at: instantAt(past.on, past.at),
    role: past.by,
    command: commandOfPast(past),
  }));
  const measured = measures.flatMap(({ id, values }) =>
    values.map(({ on, value, by }): Deed => ({
      at: instantAt(on, MIDDAY),
      role: by ?? KEEPER,
      command: { name: 'recordMeasure', payload: { measure: id, value } },
    })),
  );
  return [...done, ...measured].toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

function silent(state: LifecycleState): LifecycleState {
  const loud = milestonesOf(state).filter(({ announcements }) => announcements.length > 0);
  return loud.length === 0 ? state : withMilestones(state, ...loud.map((each) => ({ ...each, announcements: [] })));
}
