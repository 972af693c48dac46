import { end } from '../milestone/end.ts';
import type { Milestone } from '../milestone/milestone.ts';
import { cycleOf } from '../milestone/milestone-state.ts';
import { missedInWords } from '../milestone/missed-before.ts';
import { lapsePreparations } from './lapse-preparations.ts';
import { milestoneOf, milestonesOf, withMilestones } from './milestones.ts';
import { record } from './record.ts';
import type { LifecycleState } from './state.ts';

/** From so many missed rounds on, one stands for all of them: docs/decisions/0020-folded-misses.md. */
const FOLD_FROM = 3;

/**
 * Of a cycle whose misses pile up, the newest missed round stands for those before it: they end as missed, on record, and
 * nobody is reminded of them any more. What somebody has put on hold, or asked a later date for, stands alone.
 *
 * @param now an instant, UTC
 */
export function foldMissed(state: LifecycleState, now: string): LifecycleState {
  const cycles = new Map<string, Milestone[]>();
  for (const milestone of milestonesOf(state)) {
    const cycle = cycleOf(milestone);
    if (cycle !== undefined && isLeft(milestone)) cycles.set(cycle, [...(cycles.get(cycle) ?? []), milestone]);
  }
  return [...cycles.values()]
    .filter((missed) => missed.length > 1 && timesOf(missed) >= FOLD_FROM)
    .reduce((next, missed) => fold(next, missed, now), state);
}

/** Missed, and nobody has said anything about it that is still to come. */
function isLeft({ status, missed, extensionRequested }: Milestone): boolean {
  return status === 'open' && missed === true && extensionRequested === undefined;
}

/** How many rounds these are, with those that they stand for already. */
const timesOf = (missed: readonly Milestone[]): number =>
  missed.reduce((sum, { missedBefore }) => sum + 1 + (missedBefore?.times ?? 0), 0);

function fold(state: LifecycleState, missed: readonly Milestone[], now: string): LifecycleState {
  const inOrder = missed.toSorted((a, b) => (a.occurrence ?? 0) - (b.occurrence ?? 0));
  const newest = inOrder.at(-1);
  if (newest === undefined) return state;
  const since = inOrder.map(({ due, missedBefore }) => missedBefore?.since ?? due).sort()[0] ?? newest.due;
  const missedBefore = { times: timesOf(inOrder) - 1, since };
  const folded = inOrder.slice(0, -1).map((each) => end(each, { status: 'missed' }));
  const marked = withMilestones(state, { ...newest, missedBefore }, ...folded);
  const standing = milestoneOf(marked, newest.id) ?? newest;
  const recorded = record(marked, now, [
    ...folded.map((milestone) => ({
      kind: 'milestone-folded' as const,
      milestone,
      text: `${milestone.title}: missed, and from now on part of "${standing.title}".`,
    })),
    {
      kind: 'milestone-confirmed' as const,
      milestone: standing,
      text: `${standing.title}: ${missedInWords(missedBefore)}`,
      data: { missedBefore },
    },
  ]);
  return folded.reduce((next, each) => lapsePreparations(next, each, now), recorded);
}
