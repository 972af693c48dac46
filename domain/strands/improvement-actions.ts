import { BUTTONS } from '../commands/buttons.ts';
import { formatDate } from '../calendar/civil-date.ts';
import { type EarlierPlan, plannedBefore } from '../plan/earlier-plan.ts';
import { dueDate } from '../plan/due-date.ts';
import type { Facts } from '../facts/facts.ts';
import { DEFAULT_LADDER } from '../plan/default-ladder.ts';
import { ownDate } from '../plan/own-due.ts';
import { OWN_PLAN } from '../plan/own-plan.ts';
import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import { withBeside } from '../milestone/beside.ts';
import type { PlannedMilestone } from '../milestone/milestone.ts';
import type { Action } from '../schemas/plan.ts';
import { signOffBy } from '../acceptance/accepter.ts';
import { isAcceptance } from '../acceptance/awaiting.ts';
import { acceptanceNamed, planAcceptance } from '../acceptance/plan-acceptance.ts';
import type { Effect } from '../milestone/effect.ts';
import { planHolding } from '../sustained/plan-holding.ts';
import { missed, type Strand } from './strand.ts';
import { dutyOfAction } from '../plan/action-duty.ts';
import { recommendationsInWords } from '../plan/recommendation-words.ts';
import { calendarSentence } from '../plan/citation.ts';

/** The actions of the improvement plan, each with its accountable officer. */
export const improvementActions: Strand = {
  name: 'improvement-actions',
  title: 'Improvement actions',
  lane: 5,
  milestones: (facts, calendar, _options, earlier) => [
    ...fromActions(facts, calendar, earlier),
    ...(facts.awaiting ?? []).flatMap((each) => planAcceptance(each, facts, calendar)),
    ...(facts.holding ?? []).flatMap((each) => planHolding(each, facts, calendar)),
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

function fromActions(facts: Facts, calendar: WorkingCalendar, earlier: EarlierPlan | undefined): PlannedMilestone[] {
  const before = plannedBefore(facts, earlier);
  const { actions, recommendations } = facts.inspection;
  const words = new Map(recommendations.map(({ id, text }) => [id, text]));
  return actions.flatMap((action) => before(action) ?? fromAction(action, facts, calendar, words));
}

/** @param words of each recommendation, by its name */
function fromAction(
  action: Action,
  facts: Facts,
  calendar: WorkingCalendar,
  words: ReadonlyMap<string, string>,
): PlannedMilestone[] {
  const { setBy } = action;
  const date = ownDate(action.due, setBy, facts);
  if (date === undefined) return [];
  const answer = dueDate({ ...date, cutOff: '24:00' }, calendar);
  const accepted = acceptanceNamed(action, facts.inspection);
  const theme = facts.inspection.themes.find((each) => each.id === action.theme);
  const under = [
    ...(theme === undefined
      ? []
      : [`Theme: ${theme.title}${theme.until === undefined ? '' : `, to be reached by ${formatDate(theme.until)}`}`]),
    ...(action.recommendations.length === 0
      ? []
      : [
          `It answers recommendation${action.recommendations.length === 1 ? '' : 's'} ${recommendationsInWords(action.recommendations, (id) => words.get(id) ?? id)}.`,
        ]),
    ...(action.measure === undefined ? [] : [`Measured by: ${action.measure}`]),
  ];
  const planned: PlannedMilestone[] = [
    {
      id: dutyOfAction(action.id),
      strand: 'improvement-actions',
      title: action.title,
      act: `Carry out the action, then press "${accepted === undefined ? BUTTONS.complete : BUTTONS.submit}", with a link to the evidence.`,
      due: answer.due,
      dueAt: answer.dueAt,
      cutOff: '24:00',
      owner: action.owner ?? theme?.officer ?? facts.authority.chain.director,
      provisional: answer.provisional,
      ...(theme === undefined ? {} : { theme: { id: theme.id, title: theme.title } }),
      ...(action.recommendations.length === 0 ? {} : { recommendations: action.recommendations }),
      ...(theme?.until === undefined ? {} : { themeEnds: theme.until }),
      strength: setBy === undefined ? 'commitment' : 'imposed',
      extendable: setBy === undefined,
      rule: {
        id: 'improvement-plan',
        version: 1,
        citation: setBy === undefined ? OWN_PLAN : { cite: setBy, confidence: 'file' },
        calendar: calendar.version,
      },
      explanation: [
        ...answer.explanation,
        setBy === undefined
          ? "The date is the council's own, from its improvement plan."
          : `It was set by ${setBy}, so that the council can't grant a later date.`,
        ...under,
        calendarSentence(calendar.version),
      ],
      ladder: DEFAULT_LADDER,
      ...(accepted === undefined ? {} : { signOff: signOffBy(accepted, facts.authority) }),
    },
  ];
  return planned.map((each) => withBeside(each, action.with ?? theme?.with ?? []));
}
