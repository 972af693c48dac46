import { formatDate } from '../calendar/civil-date.ts';
import { localDate } from '../calendar/london.ts';
import { mustBePermitted } from '../milestone/permissions.ts';
import { Refusal } from '../refusal.ts';
import type { Actor, CommandPayload } from '../schemas/commands.ts';
import type { PlanStage, PlanVersion } from '../schemas/inspection.ts';
import { record } from './record.ts';
import type { LifecycleState } from './state.ts';

const TITLES: Record<PlanVersion['plan'], string> = {
  'immediate-assurance': 'Immediate Assurance Plan',
  'improvement-plan': 'Improvement plan',
};

/** What a stage is called, in a sentence; in the order in which a version goes through them. */
const STAGES: Record<PlanStage, string> = {
  draft: 'drafted',
  commented: 'commented on by the lead inspector',
  agreed: 'agreed by the executive',
  scrutinised: 'scrutinised',
  submitted: 'submitted',
};

/**
 * A version of a plan has reached a stage. Stages go forward only; one that is passed over needs a note that says why. A
 * new version begins as a draft, or with a note.
 *
 * @throws Refusal 'wrong-state' | 'wrong-date' | 'missing-reason' | 'not-permitted'
 */
export function recordPlan(
  state: LifecycleState,
  { plan, version, stage, on: given, by, note, appendices }: CommandPayload<'recordPlan'>,
  actor: Actor,
  now: string,
): LifecycleState {
  const { facts } = state;
  mustBePermitted('recordPlan', actor, facts);
  const plans = facts.inspection.plans ?? [];
  const on = given ?? localDate(now);
  const name = `${TITLES[plan]}, version ${version}`;
  if (on > localDate(now))
    throw new Refusal('wrong-date', `${name} can't have been ${STAGES[stage]} on ${formatDate(on)}, in the future.`);
  const newest = Math.max(0, ...plans.filter((each) => each.plan === plan).map((each) => each.version));
  if (version < newest)
    throw new Refusal(
      'wrong-state',
      `${TITLES[plan]} is at version ${newest} already; version ${version} can't go on.`,
    );
  if (version > newest + 1)
    throw new Refusal(
      'wrong-state',
      `${TITLES[plan]} is at version ${newest}; the next is ${newest + 1}, not ${version}.`,
    );
  const before = plans.find((each) => each.plan === plan && each.version === version);
  const last = before?.stages.at(-1);
  const order = Object.keys(STAGES) as PlanStage[];
  const [from, to] = [last === undefined ? -1 : order.indexOf(last.stage), order.indexOf(stage)];
  if (to <= from)
    throw new Refusal(
      'wrong-state',
      `${name} was ${STAGES[last?.stage ?? 'draft']} already; it can't go back to "${stage}".`,
    );
  if (last !== undefined && on < last.on)
    throw new Refusal(
      'wrong-date',
      `${name} can't have been ${STAGES[stage]} on ${formatDate(on)}, before it was ${STAGES[last.stage]} on ${formatDate(last.on)}.`,
    );
  const passedOver = order.slice(from + 1, to);
  if (passedOver.length > 0 && note === undefined)
    throw new Refusal(
      'missing-reason',
      `${name} has not been ${passedOver.map((each) => STAGES[each]).join(', ')}; say in a note why that is passed over.`,
    );
  const reached = { stage, on, ...(by === undefined ? {} : { by }), ...(note === undefined ? {} : { note }) };
  const after: PlanVersion = {
    plan,
    version,
    stages: [...(before?.stages ?? []), reached],
    appendices: appendices ?? before?.appendices ?? [],
  };
  const others = plans.filter((each) => each !== before);
  const inspection = { ...facts.inspection, plans: [...others, after] };
  return record({ ...state, facts: { ...facts, inspection } }, now, [
    {
      kind: 'plan-recorded',
      actor,
      text: `${name}: ${STAGES[stage]} on ${formatDate(on)}${by === undefined ? '' : ` by ${by}`}.${note === undefined ? '' : ` ${note}`}`,
      data: { plan, version, stage, on, appendices: after.appendices },
    },
  ]);
}
