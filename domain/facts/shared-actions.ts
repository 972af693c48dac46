import type { Inspection } from '../schemas/inspection.ts';
import type { SharedAction } from '../schemas/plan.ts';

/** What an action of another inspection of the council is called here: '2024/supervision-standard'. No action's own name has a stroke. */
export const sharedName = ({ inspection, action }: SharedAction): string => `${inspection}/${action}`;

/** Is this what an action of another inspection is called? */
export const isShared = (name: string): boolean => name.includes('/');

/** The actions of other inspections that answer this one's recommendations, each once, in the order of these. */
export function sharedActionsOf({ recommendations }: Pick<Inspection, 'recommendations'>): SharedAction[] {
  const all = recommendations.flatMap(({ answeredIn = [] }) => answeredIn);
  return [...new Map(all.map((each) => [sharedName(each), each])).values()];
}
