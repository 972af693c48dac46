import { formatDate } from '../calendar/civil-date.ts';
import { dueDate } from '../plan/due-date.ts';
import { type Facts, type Trigger, triggerOf } from '../facts/facts.ts';
import { DEFAULT_LADDER } from '../plan/default-ladder.ts';
import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import type { PlannedMilestone } from '../milestone/milestone.ts';
import type { Period } from '../schemas/common.ts';
import type { Action } from '../schemas/inspection.ts';
import { signOffBy } from '../acceptance/accepter.ts';
import { isAcceptance } from '../acceptance/awaiting.ts';
import { acceptanceNamed, planAcceptance } from '../acceptance/plan-acceptance.ts';
import type { Effect } from '../milestone/effect.ts';
import { missed, type Strand } from './strand.ts';

/** The actions of the improvement plan, each with its accountable officer. */
export const improvementActions: Strand = {
  name: 'improvement-actions',
  title: 'Improvement actions',
  lane: 5,
  milestones: (facts, calendar) => [
    ...facts.inspection.actions.flatMap((action) => fromAction(action, facts, calendar)),
    ...(facts.awaiting ?? []).flatMap((each) => planAcceptance(each, facts, calendar)),
  ],
  refuses: (effect, milestone) => (isAcceptance(milestone) ? ofAcceptance(effect, milestone) : undefined),
  atCutOff: missed,
};

/** It ends with what is made of the duty itself; its date, and a pause, are as of any duty. */
function ofAcceptance(effect: Effect, { title }: PlannedMilestone): string | undefined {
  if (effect === 'pause' || effect === 'move') return undefined;
  if (effect === 'pass-on')
    return `"${title}" is for whom the plan names; an administrator can accept it in their place.`;
  return `"${title}" ends once what was submitted is accepted, or sent back: do that there.`;
}

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
  const accepted = acceptanceNamed(action, facts.inspection);
  const theme = facts.inspection.themes.find((each) => each.id === action.theme);
  const under = [
    ...(theme === undefined
      ? []
      : [`Theme: ${theme.title}${theme.until === undefined ? '' : `, to be reached by ${formatDate(theme.until)}`}`]),
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
      ...(theme?.until === undefined ? {} : { themeEnds: theme.until }),
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
      ...(accepted === undefined ? {} : { signOff: signOffBy(accepted, facts.authority) }),
    },
  ];
}
