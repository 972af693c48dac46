import { roleTitle } from '../authority/roles.ts';
import { columnsThatDiffer, type MilestoneRow } from '../milestone/columns.ts';
import type { Milestone } from '../milestone/milestone.ts';
import { isEnded } from '../milestone/milestone-state.ts';
import { milestoneOf, milestonesOf } from './milestones.ts';
import { type Happening, record, rowIn } from './record.ts';
import type { LifecycleState } from './state.ts';

/**
 * Lists show each duty as its newest entry has it. Whatever a change has altered of a duty beside what it recorded itself (the
 * round that follows a promise’s owner, the title of one whose date people have set) goes on record here, quietly: whoever
 * has to hear of a change hears of it by that change’s own words.
 *
 * @param now an instant, UTC
 */
export function withAllOnRecord(before: LifecycleState, after: LifecycleState, now: string): LifecycleState {
  const recorded = new Map(
    after.unrecorded.flatMap(({ seq, row }) => (row === null || seq <= before.seq ? [] : [[row.milestone, row]])),
  );
  const unsaid = milestonesOf(after).flatMap((duty): Happening[] => {
    const was = milestoneOf(before, duty.id);
    // What is the same in both is the same object.
    if (was === duty || isEnded(duty)) return [];
    const row = recorded.get(duty.id) ?? (was === undefined ? undefined : rowIn(before, was, now));
    const differs = row === undefined ? [] : columnsThatDiffer(row, rowIn(after, duty, now));
    if (row !== undefined && differs.length === 0) return [];
    return [row === undefined || row.owner === duty.owner ? otherwise(duty, differs) : ofAnother(row, duty, after)];
  });
  return record(after, now, unsaid);
}

function ofAnother({ owner, ownerTitle }: MilestoneRow, duty: Milestone, { facts }: LifecycleState): Happening {
  return {
    kind: 'milestone-owner-changed',
    milestone: duty,
    text: `${duty.title}: belongs to ${roleTitle(facts.authority, duty.owner)} from now on, to ${ownerTitle} before.`,
    data: { from: owner, to: duty.owner, due: duty.due, dueVersion: duty.dueVersion },
  };
}

function otherwise(duty: Milestone, differs: readonly string[]): Happening {
  const what = differs.length === 0 ? '' : ` What is new: ${differs.join(', ').toLowerCase()}.`;
  return { kind: 'milestone-confirmed', milestone: duty, text: `${duty.title}: on record as it stands now.${what}` };
}
