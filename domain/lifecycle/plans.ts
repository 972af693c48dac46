import { formatDate } from '../calendar/civil-date.ts';
import { namesOf } from '../closed-table.ts';
import { localDate } from '../calendar/london.ts';
import { mustBePermitted } from '../milestone/permissions.ts';
import { Refusal } from '../refusal.ts';
import type { Actor, CommandPayload } from '../schemas/commands.ts';
import { PLAN_KINDS, PLAN_STAGES } from '../progress/plan-kinds.ts';
import type { PlanVersion } from '../schemas/inspection.ts';
import { record } from './record.ts';
import type { LifecycleState } from './state.ts';

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
  const name = `${PLAN_KINDS[plan].title}, version ${version}`;
  if (on > localDate(now))
    throw new Refusal(
      'wrong-date',
      `${name} can't have been ${PLAN_STAGES[stage].done} on ${formatDate(on)}, in the future.`,
    );
  const newest = Math.max(0, ...plans.filter((each) => each.plan === plan).map((each) => each.version));
  if (version < newest)
    throw new Refusal(
      'wrong-state',
      `${PLAN_KINDS[plan].title} is at version ${newest} already; version ${version} can't go on.`,
    );
  if (version > newest + 1)
    throw new Refusal(
      'wrong-state',
      `${PLAN_KINDS[plan].title} is at version ${newest}; the next is ${newest + 1}, not ${version}.`,
    );
  const before = plans.find((each) => each.plan === plan && each.version === version);
  const last = before?.stages.at(-1);
  const order = namesOf(PLAN_STAGES);
  const [from, to] = [last === undefined ? -1 : order.indexOf(last.stage), order.indexOf(stage)];
  if (to <= from)
    throw new Refusal(
      'wrong-state',
      `${name} was ${PLAN_STAGES[last?.stage ?? 'draft'].done} already; it can't go back to "${stage}".`,
    );
  if (last !== undefined && on < last.on)
    throw new Refusal(
      'wrong-date',
      `${name} can't have been ${PLAN_STAGES[stage].done} on ${formatDate(on)}, before it was ${PLAN_STAGES[last.stage].done} on ${formatDate(last.on)}.`,
    );
  const passedOver = order.slice(from + 1, to);
  if (passedOver.length > 0 && note === undefined)
    throw new Refusal(
      'missing-reason',
      `${name} has not been ${passedOver.map((each) => PLAN_STAGES[each].done).join(', ')}; say in a note why that is passed over.`,
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
      text: `${name}: ${PLAN_STAGES[stage].done} on ${formatDate(on)}${by === undefined ? '' : ` by ${by}`}.${note === undefined ? '' : ` ${note}`}`,
      data: { plan, version, stage, on, appendices: after.appendices },
    },
  ]);
}
