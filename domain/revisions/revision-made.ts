import type { Actor } from '../commands/actor.ts';
import type { Facts } from '../facts/facts.ts';
import type { Happening } from '../lifecycle/record.ts';
import { someOf } from '../some-of.ts';
import type { PlanPart } from './plan-items.ts';
import { changeTold } from './values.ts';
import { changesOf, type PlanChange } from './changes.ts';
import { editsBetween } from './edits.ts';
import { revisionOf } from './revision.ts';

/** More lines of a revision than this nobody reads in one sentence of the record; its data has all of them. */
const MAX_TOLD = 12;

/** Changes of a plan in a sentence, by what things are called in it and were called before. @param before the plan as it was */
export const changesInSentence = (changes: readonly PlanChange[], after: Facts, before: PlanPart): string =>
  someOf(
    changes.map((change, index) =>
      index < MAX_TOLD ? changeTold({ facts: after, plans: [after.inspection, before] }, change) : '',
    ),
    MAX_TOLD,
  );

/**
 * What a command beside `revise` has made of the plan is a revision of it too, with its lines: whoever had seen the plan before
 * is told of it. Nothing of it where it changed nothing of the plan.
 *
 * @param because without a full stop
 * @returns the facts under the number of the revision, and what is to be recorded of it
 */
export function revisionMade(
  before: Facts,
  after: Facts,
  because: string,
  actor: Actor,
): { facts: Facts; happenings: Happening[] } {
  const changes = changesOf(before.inspection, editsBetween(before.inspection, after.inspection));
  if (changes.length === 0) return { facts: after, happenings: [] };
  const number = revisionOf(before) + 1;
  return {
    facts: { ...after, revision: number },
    happenings: [
      {
        kind: 'plan-revised',
        actor,
        text: `Plan revised (revision ${number}): ${changesInSentence(changes, after, before.inspection)}. ${because}`,
        data: { revision: number, reason: because, changes },
      },
    ],
  };
}
