import { isExecutive } from '../meetings/body-kind.ts';
import type { Authority } from '../schemas/authority.ts';
import type { Decision } from '../schemas/inspection.ts';

type Council = { authority: Authority };

/** The body that took a decision; undefined where a person did, or it is none of the council's. */
export const bodyOf = ({ body }: Decision, { authority }: Council): Authority['bodies'][number] | undefined =>
  authority.bodies.find((each) => each.id === body);

/** Is it the executive's? Full Council and bodies beside the executive decide what nobody can call in, and nothing key. */
export const isExecutiveDecision = (decision: Decision, council: Council): boolean =>
  isExecutive(bodyOf(decision, council));

/** Why a decision can't be called in, in a sentence; undefined where it can. */
export function exemptionOf(decision: Decision, council: Council): string | undefined {
  const body = bodyOf(decision, council);
  if (!isExecutive(body))
    return `${body?.name ?? 'Who took it'} is not the executive, and only the executive's decisions can be called in.`;
  if (decision.notSubjectToCallIn !== undefined)
    return `It is not subject to call-in: ${decision.notSubjectToCallIn.replace(/\.$/, '')}.`;
  return decision.urgent ? 'It is urgent, and exempt from call-in.' : undefined;
}
