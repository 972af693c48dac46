import { formatDate } from '../calendar/civil-date.ts';
import type { MilestoneStatus } from '../milestone/milestone.ts';
import { MILESTONE_STATUSES } from '../milestone/statuses.ts';
import { actionOfDuty } from '../plan/action-duty.ts';
import { Refusal } from '../refusal.ts';
import type { Inspection } from '../schemas/inspection.ts';

const standsAs = (status: MilestoneStatus | 'ended'): string =>
  status === 'ended' ? 'has ended' : MILESTONE_STATUSES[status].stands;

/**
 * Why nothing more can be done to a duty that has ended. Of an action that was taken out of the plan, perhaps while its owner had a
 * form open: by whose word, and what has taken its place.
 */
export function endedAlready(
  { withdrawn = [] }: Pick<Inspection, 'withdrawn'>,
  { id, title, status }: { id: string; title: string; status: MilestoneStatus | 'ended' },
): Refusal {
  const action = actionOfDuty(id);
  const gone =
    status === 'lapsed' ? withdrawn.findLast((each) => each.what === 'action' && each.id === action) : undefined;
  if (gone === undefined)
    return new Refusal('wrong-state', `"${title}" ${standsAs(status)}; nothing more can be done to it.`);
  const instead = gone.replacedBy === undefined ? '' : ` In its place: ${gone.replacedBy.join(', ')}.`;
  return new Refusal(
    'wrong-state',
    `"${title}" was taken out of the plan on ${formatDate(gone.on)} (${gone.reason}): nobody has to do it any more.${instead}`,
  );
}
