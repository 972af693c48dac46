import { stringify } from 'yaml';
import { formatDate } from '../../domain/calendar/civil-date.ts';
import { localDate } from '../../domain/calendar/london.ts';
import type { PlanChange } from '../../domain/revisions/changes.ts';
import { changeInWords } from '../../domain/revisions/change-words.ts';
import { planIn, type PlanPart } from '../../domain/revisions/plan-items.ts';
import type { ViewedMilestone } from '../../domain/lifecycle/view.ts';
import { dutyOfAction } from '../../domain/plan/action-duty.ts';
import { ownerIn } from '../../domain/revisions/steps.ts';
import type { Withdrawn } from '../../domain/schemas/plan.ts';
import type { PlanRevision } from './plan-revisions.ts';

/**
 * A plan as a file that `duecourse plan revise` takes. What was withdrawn stands at its end as comments: its names can't be
 * used again.
 */
export function planAsYaml(
  plan: PlanPart,
  { head, revision }: { head: string; revision: number },
  withdrawn: readonly Withdrawn[],
  standing: readonly Standing[] = [],
): string {
  const { measures, ...lists } = planIn(plan);
  // Values are no part of the plan.
  const bare = measures?.map(({ values: _values, ...measure }) => measure);
  const gone = withdrawn.map(
    ({ what, id, title, on, reason, replacedBy }) =>
      `# Withdrawn on ${on}: ${what} ${id}, ${oneLine(title)}. ${oneLine(reason)}${replacedBy === undefined ? '' : ` (now ${replacedBy.join(', ')})`}\n`,
  );
  return `# ${oneLine(head)}\n${stringify({ revision, ...lists, ...(bare === undefined ? {} : { measures: bare }) }, { lineWidth: 120 })}${otherwiseInWords(plan, standing)}${gone.join('')}`;
}

/** A duty as it stands, where the plan's own words are not all that holds. */
type Standing = Pick<ViewedMilestone, 'id' | 'owner' | 'due' | 'firstDue'>;

/** The day that an action names, where it names one. */
const dayIn = (due: PlanPart['actions'][number]['due']): string | undefined =>
  typeof due === 'string' ? due : 'by' in due ? due.by : undefined;

/**
 * What the plan does not say of its actions, as comments: later dates that were granted and owners that were given by hand since.
 * They hold until a revision says otherwise.
 */
function otherwiseInWords(plan: PlanPart, standing: readonly Standing[]): string {
  const duties = new Map(standing.map((each) => [each.id, each]));
  const lines = plan.actions.flatMap((action) => {
    const duty = duties.get(dutyOfAction(action.id));
    if (duty === undefined) return [];
    const owner = ownerIn(plan, action);
    const said = [
      ...(duty.due === duty.firstDue || duty.due === dayIn(action.due)
        ? []
        : [`due ${duty.due} by a date granted since (first ${duty.firstDue})`]),
      ...(duty.owner === owner ? [] : [`given to ${duty.owner} since`]),
    ];
    return said.length === 0 ? [] : [`#   ${action.id}: ${said.join('; ')}\n`];
  });
  return lines.length === 0
    ? ''
    : `# What holds beside the plan, and stays unless the action's own due or owner is changed above:\n${lines.join('')}`;
}

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ');

/** A revision in words: when, by whom and why, and what it changed. */
export function revisionInWords({ revision, at, role, reason, minute, changes }: PlanRevision): string[] {
  return [
    `Revision ${revision}, ${formatDate(localDate(at))}, by ${role}: ${reason}${minute === undefined ? '' : ` (${minute})`}`,
    ...changesInWords(changes),
  ];
}

export const changesInWords = (changes: readonly PlanChange[]): string[] =>
  changes.map((change) => `  ${SIGNS[change.kind]} ${changeInWords(change)}`);

/** Said by a sign as well as in words. */
const SIGNS: Record<PlanChange['kind'], string> = { add: '+', change: '~', withdraw: '-' };
