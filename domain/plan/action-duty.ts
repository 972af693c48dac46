import type { Inspection } from '../schemas/inspection.ts';
import type { Action } from '../schemas/plan.ts';
import type { StrandName } from '../schemas/rule-pack.ts';

const STRAND: StrandName = 'improvement-actions';

/** The id of the duty of an action of the plan. */
export const dutyOfAction = (action: string): string => `${STRAND}/${action}`;

/** The action of a duty; undefined where it is no action's. */
export const actionOfDuty = (duty: string): string | undefined =>
  duty.startsWith(`${STRAND}/`) ? duty.slice(STRAND.length + 1) : undefined;

/** The action of the plan whose duty this is; undefined where there is none, or none any more. */
export const actionWith = ({ actions }: Pick<Inspection, 'actions'>, duty: string): Action | undefined => {
  const id = actionOfDuty(duty);
  return id === undefined ? undefined : actions.find((each) => each.id === id);
};
