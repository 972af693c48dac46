import type { LifecycleView } from '../lifecycle/view.ts';
import { coverage } from '../progress/coverage.ts';
import { isFixed } from '../milestone/strengths.ts';
import { isPending } from '../milestone/milestone-state.ts';
import { someOf } from '../some-of.ts';
import { dutyOfAction } from '../plan/action-duty.ts';

type Shown = Pick<LifecycleView, 'milestones' | 'ended' | 'improvement' | 'status'>;

/**
 * That all recommendations are met, so that the inspection can be closed, and what has to be done before; undefined while one
 * is not. A recommendation is met once every action that answers it is done, or no longer applies, and one at least is done.
 */
export function closableInWords(view: Shown): string | undefined {
  if (view.status !== 'open') return undefined;
  const rows = coverage(view.improvement);
  if (rows.length === 0 || !rows.every(({ actions }) => isMet(actions, view))) return undefined;
  const before = view.milestones.filter((each) => isPending(each) && isFixed(each)).map(({ title }) => `"${title}"`);
  return before.length === 0
    ? 'All recommendations are met: the inspection can be closed.'
    : `All recommendations are met. The inspection can be closed once these are done: ${someOf(before)}.`;
}

function isMet(actions: readonly string[], view: Shown): boolean {
  const stands = actions.map((action) => statusOf(dutyOfAction(action), view));
  return stands.includes('completed') && stands.every((each) => each === 'completed' || each === 'gone');
}

function statusOf(id: string, { milestones, ended }: Shown): 'completed' | 'gone' | 'open' {
  const status = ended[id]?.status ?? milestones.find((each) => each.id === id)?.status;
  if (status === 'completed') return 'completed';
  return status === undefined || status === 'waived' || status === 'lapsed' ? 'gone' : 'open';
}
