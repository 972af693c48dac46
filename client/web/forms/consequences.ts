import { localDate } from '../../../domain/calendar/london.ts';
import { endedMilestone } from '../../../domain/lifecycle/ended.ts';
import { milestoneOf } from '../../../domain/lifecycle/milestones.ts';
import { reportDoubts } from '../../../domain/progress/report-doubts.ts';
import { calendarDataOf, type LifecycleState } from '../../../domain/lifecycle/state.ts';
import { toldNext } from '../../../domain/lifecycle/told-next.ts';
import { givenUpInWords } from '../../../domain/revisions/given-up.ts';
import { mailInWords } from './told-of-work.ts';
import { toCome } from '../inspection/to-come.ts';
import type { RunningInspection } from '../inspections.ts';
import type { Tried } from './filled-command.ts';

/** Of the dates that would move, the duties that would change hands or lapse, and who would be told, so many are listed. */
const MAX_LISTED = 50;

/**
 * What would come of a command, as its check page shows it: what moves, what is new and what is no longer to come, what changes
 * hands, what lapses, who is told and when. What does not come of it is empty.
 */
export function consequencesShown(
  running: RunningInspection,
  about: string,
  { moves, owners, lapsed, after }: Tried,
): object {
  const { now } = running.view;
  const told = after === undefined ? [] : toldNext(running.state, after.state, now);
  return {
    moves: listed(moves.filter(({ from, to }) => from !== undefined && to !== undefined)),
    begun: listed(moves.filter(({ from }) => from === undefined)),
    gone: listed(moves.filter(({ to }) => to === undefined)),
    owners: listed(owners),
    lapsed: listed(lapsed),
    warnings:
      after === undefined
        ? []
        : [...givenUpInWords(running.state, after.state, now), ...doubtsOf(running, about, after.state)],
    told: listed(told.map((each) => mailInWords(each, now))),
    ...reminderAfter(running, about, after),
  };
}

/** What does not go with what was said of the duty before. */
function doubtsOf({ state: { facts }, state }: RunningInspection, about: string, next: LifecycleState): string[] {
  const [before, after] = [milestoneOf(state, about), milestoneOf(next, about) ?? endedMilestone(next, about)];
  return before === undefined || after === undefined ? [] : reportDoubts(before, after, facts.authority);
}

const listed = <T>(all: readonly T[]): { shown: T[]; more: number } => ({
  shown: all.slice(0, MAX_LISTED),
  more: Math.max(0, all.length - MAX_LISTED),
});

/** Of the duty that it is about: the next reminder after it, or that none is to come any more. */
function reminderAfter(running: RunningInspection, about: string, after: Tried['after']): object {
  if (after === undefined) return {};
  const today = localDate(running.view.now);
  const of = ({ state, view }: Pick<RunningInspection, 'state' | 'view'>) => {
    const duty = view.milestones.find(({ id }) => id === about);
    return duty === undefined ? [] : toCome(duty, { facts: state.facts, calendar: calendarDataOf(state) }, today);
  };
  const [was, is] = [of(running)[0], of(after)[0]];
  return { reminder: is, noMoreReminders: was !== undefined && is === undefined };
}
