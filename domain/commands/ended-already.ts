import { formatDate } from '../calendar/civil-date.ts';
import type { MilestoneStatus } from '../milestone/milestone.ts';
import { actionOfDuty } from '../plan/action-duty.ts';
import { Refusal } from '../refusal.ts';
import type { Inspection } from '../schemas/inspection.ts';

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
    return new Refusal('wrong-state', `"${title}" is already ${status}; nothing more can be done to it.`);
  const instead = gone.replacedBy === undefined ? '' : ` In its place: ${gone.replacedBy.join(', ')}.`;
  return new Refusal(
    'wrong-state',
    `"${title}" was taken out of the plan on ${formatDate(gone.on)} (${gone.reason}): nobody has to do it any more.${instead}`,
  );
}
