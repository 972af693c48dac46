import { hasLapsed, MILESTONE_STATUSES } from '../../domain/milestone/statuses.ts';
import { formatShortDate } from '../../domain/calendar/civil-date.ts';
import { type InspectionRef, inspectionRef, partsOf } from '../../domain/inspection-ref.ts';
import type { ViewedMilestone } from '../../domain/lifecycle/view.ts';
import { measureLines } from '../../domain/measures/measure-lines.ts';
import type { ShownMeasure } from '../../domain/measures/measures.ts';
import { dutyOfAction } from '../../domain/plan/action-duty.ts';
import { everyInWords } from '../../domain/plan/cycles.ts';
import type { MilestoneStatus } from '../../domain/milestone/milestone.ts';
import { promiseId } from '../../domain/plan/promise-id.ts';
import { valueInWords } from '../../domain/revisions/change-words.ts';
import type { PlanPart } from '../../domain/revisions/plan-items.ts';
import type { ReadPlan } from '../plan/proposal.ts';
import type { SharedRow } from '../plan/shared-actions.ts';
import { colours, table } from './terminal.ts';

/** The plan's actions; of the plan as it runs as they stand: with later dates that were granted, and to whom they were passed on. */
export function actionLines({ actions, themes }: PlanPart, standing: readonly ViewedMilestone[]): string[] {
  if (actions.length === 0) return ['No action is in the plan yet.'];
  const duties = new Map(standing.map((each) => [each.id, each]));
  return [
    table(
      ['Action', 'Title', 'Theme', 'Recommendations', 'Owner', 'Due', 'Status'],
      actions.map((each) => {
        const duty = duties.get(dutyOfAction(each.id));
        const owner = each.owner ?? themes.find(({ id }) => id === each.theme)?.officer ?? '';
        return [
          each.id,
          each.title,
          each.theme ?? '',
          each.recommendations.join(', '),
          duty === undefined || duty.owner === owner ? owner : `${duty.owner} (in the plan: ${owner})`,
          dueInWords(each.due, duty),
          duty === undefined ? '' : MILESTONE_STATUSES[duty.status].words,
        ];
      }),
      1,
    ),
  ];
}

/** By when: as it stands, and what the first date was where a later one was granted; without a duty, as the plan says. */
function dueInWords(planned: PlanPart['actions'][number]['due'], duty: ViewedMilestone | undefined): string {
  if (duty === undefined) return typeof planned === 'string' ? formatShortDate(planned) : valueInWords(planned);
  const first = duty.firstDue === duty.due ? '' : ` (first ${formatShortDate(duty.firstDue)})`;
  return `${formatShortDate(duty.due)}${first}`;
}

export function measureRows(measures: readonly ShownMeasure[], today: string): string[] {
  if (measures.length === 0) return [];
  return [
    '',
    table(
      ['Measure', 'Baseline', 'Target', 'Newest value', 'Where it stands'],
      measureLines(measures, [], today).map((each) => [
        each.title,
        each.baseline,
        each.target,
        each.newest,
        each.stands,
      ]),
      0,
    ),
  ];
}

export function promiseLines(commitments: PlanPart['commitments']): string[] {
  if (commitments.length === 0) return [];
  return [
    '',
    table(
      ['Promise', 'What', 'How often, or by when', 'To'],
      commitments.map((each) => [
        promiseId(each),
        each.title ?? (each.rule === undefined ? '' : `as the rule ${each.rule} calls it`),
        each.due !== undefined
          ? valueInWords(each.due)
          : each.every === undefined
            ? 'as its rule says'
            : everyInWords(each.every),
        each.body ?? each.to ?? '',
      ]),
      1,
    ),
  ];
}

export function sharedLines(shared: readonly SharedRow[]): string[] {
  if (shared.length === 0) return [];
  return [
    '',
    colours.bold('Actions kept in other inspections'),
    table(
      ['Action', 'Title', 'Recommendations', 'Owner', 'Due', 'Status'],
      shared.map(({ name, recommendations, duty }) => [
        name,
        duty?.title ?? colours.yellow('not there any more'),
        recommendations.join(', '),
        duty?.ownerTitle ?? '',
        duty === null ? '' : formatShortDate(duty.due),
        standing(duty?.status),
      ]),
      1,
    ),
  ];
}

/** One that nobody has to do any more answers nothing. */
const standing = (status: MilestoneStatus | undefined): string =>
  status === 'waived' || (status !== undefined && hasLapsed({ status }))
    ? colours.yellow(`${MILESTONE_STATUSES[status].words}: it answers nothing any more`)
    : status === undefined
      ? ''
      : MILESTONE_STATUSES[status].words;

export function countingLines(countingOn: ReadPlan['countingOn'], ref: InspectionRef): string[] {
  const { authority } = partsOf(ref);
  return countingOn.length === 0
    ? []
    : [
        '',
        colours.bold('Counted on by other inspections'),
        ...countingOn.map(
          ({ reference, action }) =>
            `  ${action} also answers a recommendation of ${inspectionRef(authority, reference)}`,
        ),
      ];
}
