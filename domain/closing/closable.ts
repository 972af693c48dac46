import type { LifecycleView } from '../lifecycle/view.ts';
import { isShared } from '../facts/shared-actions.ts';
import { COUNTS_AS } from '../progress/progress.ts';
import { coverage } from '../progress/coverage.ts';
import { isFixed } from '../milestone/strengths.ts';
import type { MilestoneStatus } from '../milestone/milestone.ts';
import { isPending } from '../milestone/milestone-state.ts';
import { someOf } from '../some-of.ts';
import { dutyOfAction } from '../plan/action-duty.ts';

type Standing = 'completed' | 'gone' | 'open';

/** How actions of other inspections stand, by what they are called here. One that is not known is open. */
export type SharedStanding = ReadonlyMap<string, Standing>;

const NONE: SharedStanding = new Map();

type Shown = Pick<LifecycleView, 'milestones' | 'ended' | 'improvement' | 'status'>;

/**
 * That all recommendations are met, so that the inspection can be closed, and what has to be done before; undefined while one
 * is not. A recommendation is met once every action that answers it is done, or no longer applies, and one at least is done.
 */
export function closableInWords(view: Shown, shared: SharedStanding = NONE): string | undefined {
  if (view.status !== 'open') return undefined;
  const rows = coverage(view.improvement);
  if (rows.length === 0 || !rows.every(({ actions }) => isMet(actions, view, shared))) return undefined;
  const before = view.milestones.filter((each) => isPending(each) && isFixed(each)).map(({ title }) => `"${title}"`);
  return before.length === 0
    ? 'All recommendations are met: the inspection can be closed.'
    : `All recommendations are met. The inspection can be closed once these are done: ${someOf(before)}.`;
}

function isMet(actions: readonly string[], view: Shown, shared: SharedStanding): boolean {
  const stands = actions.map((action) =>
    isShared(action) ? (shared.get(action) ?? 'open') : statusOf(dutyOfAction(action), view),
  );
  return stands.includes('completed') && stands.every((each) => each === 'completed' || each === 'gone');
}

function statusOf(id: string, { milestones, ended }: Shown): Standing {
  return standingOf(ended[id]?.status ?? milestones.find((each) => each.id === id)?.status);
}

/** How an action stands for the recommendations that it answers. */
export function standingOf(status: MilestoneStatus | undefined): Standing {
  const counted = status === undefined ? 'gone' : COUNTS_AS[status];
  if (counted === 'done') return 'completed';
  return counted === 'gone' ? 'gone' : 'open';
}
