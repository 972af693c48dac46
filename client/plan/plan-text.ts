import { stringify } from 'yaml';
import { formatDate } from '../../domain/calendar/civil-date.ts';
import { localDate } from '../../domain/calendar/london.ts';
import type { PlanChange } from '../../domain/revisions/changes.ts';
import { changeInWords } from '../../domain/revisions/change-words.ts';
import { planIn, type PlanPart } from '../../domain/revisions/plan-items.ts';
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
): string {
  const { measures, ...lists } = planIn(plan);
  // Values are no part of the plan.
  const bare = measures?.map(({ values: _values, ...measure }) => measure);
  const gone = withdrawn.map(
    ({ what, id, title, on, reason, replacedBy }) =>
      `# Withdrawn on ${on}: ${what} ${id}, ${oneLine(title)}. ${oneLine(reason)}${replacedBy === undefined ? '' : ` (now ${replacedBy.join(', ')})`}\n`,
  );
  return `# ${oneLine(head)}\n${stringify({ revision, ...lists, ...(bare === undefined ? {} : { measures: bare }) }, { lineWidth: 120 })}${gone.join('')}`;
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
