import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import type { Facts } from '../facts/facts.ts';
import { meetingsOf } from '../meetings/meetings.ts';
import type { PlannedMilestone } from '../milestone/milestone.ts';
import { milestoneFromRule } from '../plan/from-rule.ts';
import type { AcceptedBy } from '../schemas/accepted-by.ts';
import type { Inspection } from '../schemas/inspection.ts';
import type { Action } from '../schemas/plan.ts';
import { acceptanceId, type Awaiting } from './awaiting.ts';
import { actionWith } from '../plan/action-duty.ts';
import { followUpRule } from '../plan/own-plan.ts';

const RULE = followUpRule('acceptance', {
  act: 'Look at what was submitted; then accept it, or send it back with a reason and a new date.',
  roll: 'none',
  before: [5, 2, 0],
});

/** Who must accept an action: as it says itself, or as its theme does. */
export function acceptanceNamed(action: Action, { themes }: Pick<Inspection, 'themes'>): AcceptedBy | undefined {
  return action.acceptedBy ?? themes.find((each) => each.id === action.theme)?.acceptedBy;
}

/** The duty to accept an action that has been submitted; none where it is no longer in the plan. */
export function planAcceptance(awaiting: Awaiting, facts: Facts, calendar: WorkingCalendar): PlannedMilestone[] {
  const { inspection, authority } = facts;
  const action = actionWith(inspection, awaiting.milestone);
  const named = action === undefined ? undefined : acceptanceNamed(action, inspection);
  if (action === undefined || named === undefined) return [];
  const body = authority.bodies.find(({ id }) => id === named.body);
  const title = `Accept: ${action.title}`;
  return [
    milestoneFromRule(
      { ...RULE, title, period: { n: named.within, unit: 'working-day', convention: 'after' } },
      {
        id: acceptanceId(awaiting),
        title,
        owner: awaiting.role,
        trigger: { event: 'handed-in', date: awaiting.on },
        ...(body === undefined ? {} : { body: body.id }),
        ...(body === undefined || body.meetings.length === 0
          ? {}
          : { meetings: { body: body.name, meetings: meetingsOf(body), orBefore: true as const } }),
      },
      calendar,
    ),
  ];
}
