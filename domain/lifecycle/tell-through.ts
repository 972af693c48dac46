import type { Announcement } from '../milestone/milestone.ts';
import { announce } from '../milestone/milestone-state.ts';
import { endedMilestone } from './ended.ts';
import { milestoneOf, withMilestones } from './milestones.ts';
import type { LifecycleState } from './state.ts';

/**
 * Tells roles of something by the first of these duties that a mail can carry. One that was put away is in hand until they
 * have been told. Nobody is told where there is none of them.
 */
export function tellThrough(
  state: LifecycleState,
  duties: readonly string[],
  roles: readonly string[],
  told: Omit<Announcement, 'to'>,
): LifecycleState {
  const [carrier] = duties.flatMap((id) => milestoneOf(state, id) ?? endedMilestone(state, id) ?? []);
  if (carrier === undefined || roles.length === 0) return state;
  const { [carrier.id]: _inHand, ...ended } = state.ended;
  return withMilestones({ ...state, ended }, announce(carrier, ...roles.map((to) => ({ ...told, to }))));
}
