import { actionOfDuty } from '../plan/action-duty.ts';
import type { Inspection } from '../schemas/inspection.ts';
import type { Measure } from '../schemas/measures.ts';

/** The measures that show the effect of the action behind a duty, or the outcome of its theme; none where it is no action. */
export function measuresOfDuty(
  { actions, measures = [] }: Pick<Inspection, 'actions' | 'measures'>,
  duty: string,
): Measure[] {
  const action = actions.find(({ id }) => id === actionOfDuty(duty));
  if (action === undefined) return [];
  return measures.filter(
    (each) => each.actions.includes(action.id) || (action.theme !== undefined && each.themes.includes(action.theme)),
  );
}
