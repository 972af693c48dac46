import { MILESTONE_STATUSES } from '../milestone/statuses.ts';
import { acceptedOnFile } from '../acceptance/accepted-on-file.ts';
import { findRole, roleTitle } from '../authority/roles.ts';
import { formatDate } from '../calendar/civil-date.ts';
import { endedMilestone } from '../lifecycle/ended.ts';
import { plannedOf, titleOfEnded, withMilestones } from '../lifecycle/milestones.ts';
import { record } from '../lifecycle/record.ts';
import type { LifecycleState } from '../lifecycle/state.ts';
import type { Milestone } from '../milestone/milestone.ts';
import { announce } from '../milestone/milestone-state.ts';
import { Refusal } from '../refusal.ts';
import { followCompletion } from '../sustained/follow-completion.ts';
import { STRANDS } from '../strands/strands.ts';
import { command } from './definition.ts';
import { REASON } from './fields.ts';
import { endedId, findMilestone } from './find-milestone.ts';
import { ABOVE_OWNER } from './may.ts';
import { openedAgain } from './opened-again.ts';
import { toOwner } from './steps.ts';
import { acceptedAlready } from './submitted.ts';

/** It was ended by mistake, or has fallen back: it is to be done again, by the date that it had. */
export const reopen = command({
  subject: 'milestone',
  title: 'Open it again',
  help: 'It is to be done after all, by the date that it had. Its owner is told, and reminders begin again.',
  fields: { reason: REASON },
  may: ABOVE_OWNER,
  verb: 'open it again',
  done: 'It is open again.',
  entries: ['milestone-reopened'],
  duty: (about, state) => reopenable(state, about),
  check(about, state) {
    const milestone = reopenable(state, about);
    const { title, metOn, strand, status } = milestone;
    const why = STRANDS[strand].refuses('reopen', milestone);
    if (why !== undefined) throw new Refusal('wrong-state', why);
    const accepted = acceptedOnFile(state.facts.inspection, milestone.id);
    if (accepted !== undefined) throw acceptedAlready(title, accepted.on);
    if (metOn !== undefined)
      throw new Refusal(
        'wrong-state',
        `"${title}" ${MILESTONE_STATUSES[status].stands} because of what is on file (${formatDate(metOn)}). If that is wrong, correct it.`,
      );
  },
  apply(state, { milestone: name, reason }, { actor, now }) {
    const before = reopenable(state, name);
    const opened = asPlannedNow(openedAgain(before), state);
    const after = announce(opened, toOwner('reopened', opened, now, `Open again: ${reason}.`));
    const ended = { ...state.ended };
    delete ended[before.id];
    const recorded = record(withMilestones({ ...state, ended }, after), now, [
      {
        kind: 'milestone-reopened',
        milestone: after,
        actor,
        text: `${after.title}: opened again by ${roleTitle(state.facts.authority, actor.role)}, due ${formatDate(after.due)}: ${reason}.`,
        data: { reason, was: before.status, due: after.due, dueVersion: after.dueVersion },
      },
    ]);
    return followCompletion(recorded, after, now);
  },
});

/** A date that nobody set follows from the facts, which may have been corrected since it ended. */
function asPlannedNow(opened: Milestone, state: LifecycleState): Milestone {
  const planned = plannedOf(state).get(opened.id);
  if (planned === undefined || opened.moves.length > 0 || planned.dueAt === opened.dueAt) return opened;
  const { stricter: _before, ...rest } = opened;
  const { due, dueAt, provisional, explanation, stricter } = planned;
  return { ...rest, due, dueAt, provisional, explanation, ...(stricter === undefined ? {} : { stricter }) };
}

/** One that has ended, as it was left. @throws Refusal where it has not ended, there is none, or it can't be taken up where it was left */
export function reopenable(state: LifecycleState, name: string): Milestone {
  const id = endedId(state, name) ?? findMilestone(state, name).id;
  const found = state.gone?.[id] === undefined ? endedMilestone(state, id) : undefined;
  if (found !== undefined) {
    // Who owned it may have left the council's file since.
    const owner =
      findRole(state.facts.authority, found.owner) === undefined ? plannedOf(state).get(id)?.owner : undefined;
    return owner === undefined ? found : { ...found, owner };
  }
  if (state.ended[id] !== undefined || state.gone?.[id] !== undefined)
    throw new Refusal(
      'wrong-state',
      `"${titleOfEnded(state, id)}" no longer follows from what is on file. Where it was taken out of the plan, put it there again under another name.`,
    );
  const { title, status } = findMilestone(state, name);
  throw new Refusal(
    'wrong-state',
    `"${title}" ${MILESTONE_STATUSES[status].stands}: only what has ended can be opened again.`,
  );
}
