import { MILESTONE_STATUSES } from '../milestone/statuses.ts';
import { accepterOf } from '../acceptance/accepter.ts';
import { acceptedOnFile, submittedAgainOnFile } from '../acceptance/accepted-on-file.ts';
import { followTakingBack } from '../acceptance/follow-submission.ts';
import { findRole, roleTitle } from '../authority/roles.ts';
import { formatDate } from '../calendar/civil-date.ts';
import { localDate } from '../calendar/london.ts';
import { endedMilestone } from '../lifecycle/ended.ts';
import { plannedOf, titleOfEnded, withMilestones } from '../lifecycle/milestones.ts';
import { record } from '../lifecycle/record.ts';
import type { LifecycleState } from '../lifecycle/state.ts';
import type { Milestone } from '../milestone/milestone.ts';
import { announce, isPending } from '../milestone/milestone-state.ts';
import { Refusal } from '../refusal.ts';
import { followCompletion } from '../sustained/follow-completion.ts';
import { STRANDS } from '../strands/strands.ts';
import { unstopped } from '../unstopped.ts';
import { command } from './definition.ts';
import { REASON } from './fields.ts';
import { endedId, findMilestone } from './find-milestone.ts';
import { ABOVE_OWNER, mustBePermitted, OWNER_AND_ABOVE } from './may.ts';
import { openedAgain } from './opened-again.ts';
import { toOwner } from './steps.ts';
import { acceptedAlready, submittedAt } from './submitted.ts';

const VERB = 'open it again';

/** It was ended or submitted by mistake, or has fallen back: it is to be done again, by the date that it had. */
export const reopen = command({
  subject: 'milestone',
  title: 'Open it again',
  help: 'It is to be done after all, by the date that it had, and reminders begin again. What was submitted is taken back: nobody has to accept it any more. Its owner is told, where it is not they who open it.',
  fields: { reason: REASON },
  may: OWNER_AND_ABOVE,
  verb: VERB,
  done: 'It is open again.',
  entries: ['milestone-reopened'],
  duty: (about, state) => reopenable(state, about),
  check(about, state, { actor }) {
    const milestone = reopenable(state, about);
    const { title, metOn, strand, status } = milestone;
    if (!isOwnersToOpen(state, milestone)) mustBePermitted(ABOVE_OWNER, VERB, actor, state.facts, milestone);
    const why = STRANDS[strand].refuses('reopen', milestone);
    if (why !== undefined) throw new Refusal('wrong-state', why);
    const accepted = acceptedOnFile(state.facts.inspection, milestone.id);
    if (accepted !== undefined) throw acceptedAlready(title, accepted.on);
    const again = submittedAgainOnFile(state.facts.inspection, milestone);
    if (again !== undefined) throw submittedAgainAlready(title, again.on);
    if (metOn !== undefined)
      throw new Refusal(
        'wrong-state',
        `"${title}" ${MILESTONE_STATUSES[status].stands} because of what is on file (${formatDate(metOn)}). If that is wrong, correct it.`,
      );
  },
  apply(state, { milestone: name, reason }, { actor, now }) {
    const before = reopenable(state, name);
    const opened = asPlannedNow(openedAgain(before), state);
    const isOwner = actor.role === opened.owner;
    const after = isOwner ? opened : announce(opened, toOwner('reopened', opened, now, `Open again: ${reason}.`));
    const who = roleTitle(state.facts.authority, actor.role);
    const how =
      before.status === 'submitted'
        ? `what was submitted on ${formatDate(localDate(submittedAt(before) ?? now))} was taken back by ${who}; it is due ${formatDate(after.due)}`
        : `opened again by ${who}, due ${formatDate(after.due)}`;
    const ended = { ...state.ended };
    delete ended[before.id];
    const recorded = record(withMilestones({ ...state, ended }, after), now, [
      {
        kind: 'milestone-reopened',
        milestone: after,
        actor,
        text: `${after.title}: ${how}: ${unstopped(reason)}.`,
        data: { reason, was: before.status, due: after.due, dueVersion: after.dueVersion },
      },
    ]);
    return followCompletion(followTakingBack(recorded, after, now), after, now);
  },
});

/**
 * Is it for its owner to open it again? What they have submitted, until it is accepted or sent back; and what is done by their own
 * word alone. What others have said of it is for those above.
 */
function isOwnersToOpen(state: LifecycleState, milestone: Milestone): boolean {
  const { id, status, owner, completed } = milestone;
  if (status === 'submitted') return true;
  if (status !== 'completed' || accepterOf(milestone, state.facts.authority) !== undefined) return false;
  return (completed?.by ?? state.ended[id]?.by) === owner;
}

/** @param on the day on which it was submitted again, which is on file: dates may count from it */
const submittedAgainAlready = (title: string, on: string): Refusal =>
  new Refusal(
    'wrong-state',
    `It is on file that "${title}" was submitted again on ${formatDate(on)}. If that is wrong, withdraw it first: correct-event plan-resubmitted --withdraw.`,
  );

/** A date that nobody set follows from the facts, which may have been corrected since it ended. */
function asPlannedNow(opened: Milestone, state: LifecycleState): Milestone {
  const planned = plannedOf(state).get(opened.id);
  if (planned === undefined || opened.moves.length > 0 || planned.dueAt === opened.dueAt) return opened;
  const { stricter: _before, ...rest } = opened;
  const { due, dueAt, provisional, explanation, stricter } = planned;
  return { ...rest, due, dueAt, provisional, explanation, ...(stricter === undefined ? {} : { stricter }) };
}

/**
 * One that has ended, as it was left, or that is submitted.
 *
 * @throws Refusal where it is still to do, there is none, or it can't be taken up where it was left
 */
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
  const is = findMilestone(state, name);
  if (!isPending(is)) return is;
  throw new Refusal(
    'wrong-state',
    `"${is.title}" ${MILESTONE_STATUSES[is.status].stands}: only what is submitted or has ended can be opened again.`,
  );
}
