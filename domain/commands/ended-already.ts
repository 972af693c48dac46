import { roleTitle } from '../authority/roles.ts';
import { formatDate } from '../calendar/civil-date.ts';
import { localDate } from '../calendar/london.ts';
import type { Facts } from '../facts/facts.ts';
import type { Milestone, MilestoneStatus } from '../milestone/milestone.ts';
import { MILESTONE_STATUSES } from '../milestone/statuses.ts';
import { actionOfDuty } from '../plan/action-duty.ts';
import { inPlaceOf } from '../revisions/in-place.ts';
import { Refusal } from '../refusal.ts';
import type { Authority } from '../schemas/authority.ts';

/** A duty that has ended, with as much as is known of who ended it. */
interface Ended extends Partial<Pick<Milestone, 'completed' | 'waived' | 'accepted'>> {
  id: string;
  title: string;
  status: MilestoneStatus | 'ended';
}

const standsAs = (status: MilestoneStatus | 'ended'): string =>
  status === 'ended' ? 'has ended' : MILESTONE_STATUSES[status].stands;

/**
 * Why nothing more can be done to a duty that has ended, and who has ended it, for whoever had a form open meanwhile. Of an action that was taken out of the plan: by whose word, and what has taken its place.
 */
export function endedAlready(facts: Facts, ended: Ended): Refusal {
  const { authority, inspection } = facts;
  const { withdrawn = [] } = inspection;
  const { id, title, status } = ended;
  const action = actionOfDuty(id);
  const gone =
    status === 'lapsed' ? withdrawn.findLast((each) => each.what === 'action' && each.id === action) : undefined;
  if (gone === undefined)
    return new Refusal(
      'wrong-state',
      `"${title}" ${standsAs(status)}${byWhom(authority, ended)}; nothing more can be done to it.`,
    );
  const instead = inPlaceOf(gone, facts);
  return new Refusal(
    'wrong-state',
    `"${title}" was taken out of the plan on ${formatDate(gone.on)} (${gone.reason}): nobody has to do it any more.${instead}`,
  );
}

/** By whom, and when; '' where nobody did it, or nobody knows any more. */
function byWhom(authority: Authority, { completed, waived, accepted }: Ended): string {
  if (accepted !== undefined) return ` (accepted by ${accepted.by} on ${formatDate(accepted.on)})`;
  const { by, at } = completed ?? waived ?? {};
  if (by === undefined || at === undefined || by === '') return '';
  return ` (by ${roleTitle(authority, by)} on ${formatDate(localDate(at))})`;
}
