import { dueDate } from '../plan/due-date.ts';
import { type Facts, type Trigger, triggerOf } from '../facts/facts.ts';
import { DEFAULT_LADDER } from '../plan/default-ladder.ts';
import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import type { PlannedMilestone } from '../milestone/milestone.ts';
import type { Period } from '../schemas/common.ts';
import type { Action } from '../schemas/inspection.ts';
import { missed, refusesNothing, type Strand } from './strand.ts';

/** The actions of the improvement plan, each with its accountable officer. */
export const improvementActions: Strand = {
  name: 'improvement-actions',
  title: 'Improvement actions',
  lane: 5,
  milestones: (facts, calendar) => facts.inspection.actions.flatMap((action) => fromAction(action, facts, calendar)),
  refuses: refusesNothing,
  atCutOff: missed,
};

const ON_THE_DAY: Period = { n: 0, unit: 'calendar-day', convention: 'after' };

function fromAction(action: Action, facts: Facts, calendar: WorkingCalendar): PlannedMilestone[] {
  const own = typeof action.due === 'string';
  const trigger: Trigger | undefined =
    typeof action.due === 'string'
      ? { event: 'action-date', date: action.due }
      : triggerOf(
          facts.inspection,
          action.due.from,
          action.due.from === 'report-received' ? 'report-published' : undefined,
        );
  if (trigger === undefined) return [];
  const period: Period =
    typeof action.due === 'string'
      ? ON_THE_DAY
      : { n: action.due.n, unit: action.due.unit, convention: action.due.convention };
  const answer = dueDate({ period, trigger, roll: own ? 'none' : 'next', cutOff: '24:00' }, calendar);
  const theme = facts.inspection.themes.find((each) => each.id === action.theme);
  const under = [
    ...(theme === undefined ? [] : [`Theme: ${theme.title}`]),
    ...(action.recommendations.length === 0
      ? []
      : [
          `It answers recommendation${action.recommendations.length === 1 ? '' : 's'} ${action.recommendations.join(', ')}.`,
        ]),
    ...(action.measure === undefined ? [] : [`Measured by: ${action.measure}`]),
  ];
  return [
    {
      id: `improvement-actions/${action.id}`,
      strand: 'improvement-actions',
      title: action.title,
      act: 'Carry out the action, then mark it complete with a link to the evidence.',
      due: answer.due,
      dueAt: answer.dueAt,
      cutOff: '24:00',
      owner: action.owner ?? theme?.officer ?? facts.authority.chain.director,
      provisional: answer.provisional,
      strength: 'commitment',
      extendable: true,
      rule: {
        id: 'improvement-plan',
        version: 1,
        citation: { cite: "The council's own improvement plan", confidence: 'U' },
        calendar: calendar.version,
      },
      explanation: [
        ...answer.explanation,
        "The date is the council's own, from its improvement plan.",
        ...under,
        `Calendar: ${calendar.version}.`,
      ],
      ladder: DEFAULT_LADDER,
    },
  ];
}
