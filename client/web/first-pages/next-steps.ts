import { isAcceptance } from '../../../domain/acceptance/awaiting.ts';
import type { CommandName } from '../../../domain/commands/commands.ts';
import { definitionOf } from '../../../domain/commands/commands.ts';
import { inspectionRef } from '../../../domain/inspection-ref.ts';
import type { ListedMilestone } from '../../../domain/milestone/columns.ts';
import { actingRole, unyielding } from '../forms/offered.ts';
import type { RunningInspection } from '../inspections.ts';
import type { Membership } from '../people.ts';
import { milestonePath } from '../milestone-path.ts';

/** A link that opens the form of what comes next. */
export interface NextStep {
  href: string;
  text: string;
}

type Duty = Pick<ListedMilestone, 'authority' | 'reference' | 'milestone' | 'strand' | 'standing'>;

/** What is done about a duty of a kind, the usual first. */
const usualOf = ({ strand, standing }: Duty): CommandName[] => {
  if (standing === 'submitted') return ['progress', 'reopen'];
  if (strand === 'improvement-actions') return ['progress', 'submit', 'complete'];
  return strand === 'plan-submission' ? ['submit'] : ['submit', 'complete'];
};

/** The forms that come next for a duty, as far as the inspection would take them of somebody now. */
export function nextSteps(duty: Duty, running: RunningInspection, membership: Membership): NextStep[] {
  const about = submittedDuty(duty.milestone);
  const names: CommandName[] = about === duty.milestone ? usualOf(duty) : ['accept', 'sendBack'];
  return stepsOf(names, { ...duty, milestone: about }, running, membership);
}

/** Of some forms about a duty those that the inspection would take of somebody now. */
export function stepsOf(
  names: readonly CommandName[],
  { authority, reference, milestone }: Pick<Duty, 'authority' | 'reference' | 'milestone'>,
  running: RunningInspection,
  membership: Membership,
): NextStep[] {
  const base = milestonePath(inspectionRef(authority, reference), milestone);
  const possible = names.filter((name) => actingRole(membership, running, name, milestone).possible);
  return unyielding(possible, milestone, running, membership).map((name) => ({
    href: `${base}/do/${name}`,
    text: definitionOf(name).title,
  }));
}

/** Of a duty to accept another, that other: it is accepted there; of any other itself. */
export const submittedDuty = (milestone: string): string =>
  isAcceptance({ id: milestone }) ? milestone.replace(/--acceptance-\d+$/, '') : milestone;
