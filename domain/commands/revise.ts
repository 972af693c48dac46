import { followAccepters } from '../acceptance/follow-submission.ts';
import { roleTitle } from '../authority/roles.ts';
import { localDate } from '../calendar/london.ts';
import { mustKeepEndedRounds } from '../lifecycle/ended-rounds.ts';
import { record } from '../lifecycle/record.ts';
import { replan } from '../lifecycle/replan.ts';
import { calendarOf, type LifecycleState } from '../lifecycle/state.ts';
import { dutyOfAction } from '../plan/action-duty.ts';
import { Refusal } from '../refusal.ts';
import { changesOf, type PlanChange } from '../revisions/changes.ts';
import { revised } from '../revisions/edits.ts';
import { followActions } from '../revisions/follow.ts';
import { doneIn, problemsInWords, revisionProblems } from '../revisions/problems.ts';
import { revisionOf } from '../revisions/revision.ts';
import { unstopped } from '../unstopped.ts';
import { capitalised } from '../words.ts';
import { inPlaceOf } from '../revisions/in-place.ts';
import { changesInSentence } from '../revisions/revision-made.ts';
import { command } from './definition.ts';
import { REASON } from './fields.ts';
import { MANAGERS_ONLY } from './may.ts';

/**
 * The plan has changed: recommendations, themes, actions, promises, owners are added, changed and withdrawn, all at once or
 * not at all. What is withdrawn stays on record; each owner is told once what is new, changed or gone for them.
 */
export const revise = command({
  subject: 'inspection',
  title: 'Revise the plan',
  help: 'Recommendations, themes, actions, promises and owners are added, changed or withdrawn, all at once. Dates follow, and each owner is told once.',
  fields: {
    edits: { kind: 'edits', label: 'What changes' },
    reason: REASON,
    minute: {
      kind: 'line',
      label: 'The minute it rests on',
      hint: 'Where a board decided it.',
      optional: true,
    },
    agreedBy: {
      kind: 'line',
      label: 'Who has agreed?',
      hint: 'Where it changes what somebody outside the council has set.',
      optional: true,
    },
    expect: {
      kind: 'number',
      label: 'The revision that you saw',
      hint: 'Refused where somebody else has revised the plan since.',
      optional: true,
      min: 1,
    },
  },
  may: MANAGERS_ONLY,
  verb: 'revise the plan',
  done: 'The plan is revised.',
  entries: ['plan-revised'],
  form: { aside: 'a plan is written in an editor of its own (client/web/pages/plan.ts); it is too much for one form' },
  cli: { aside: '`duecourse plan revise` shows the difference first' },
  apply(state, { edits, reason, minute, agreedBy, expect }, { actor, now }) {
    const { facts } = state;
    const today = localDate(now);
    mustBeAtRevision(state, expect);
    const changes = changesOf(facts.inspection, edits);
    const problems = revisionProblems({
      facts,
      edits,
      calendar: calendarOf(state),
      today,
      done: doneIn(state),
      agreedBy,
    });
    if (problems.length > 0) throw new Refusal('wrong-plan', problemsInWords(problems), 'edits');
    if (changes.length === 0) throw new Refusal('wrong-state', 'That is the plan as it runs already; nothing changes.');
    const revision = revisionOf(facts) + 1;
    const because = `the plan was revised (revision ${revision}: ${reason})`;
    const next = {
      ...state,
      facts: { ...facts, revision, inspection: revised(facts.inspection, edits, { on: today, reason }) },
    };
    mustKeepEndedRounds(state, next.facts);
    const recorded = record(next, now, [
      {
        kind: 'plan-revised',
        actor,
        text: `Plan revised by ${roleTitle(facts.authority, actor.role)} (revision ${revision}): ${changesInSentence(changes, next.facts, facts.inspection)}. ${reason}${minute === undefined ? '' : ` (${minute})`}${agreedBy === undefined ? '' : ` Agreed by ${agreedBy}.`}`,
        data: {
          ...{ revision, reason, changes },
          ...(minute === undefined ? {} : { minute }),
          ...(agreedBy === undefined ? {} : { agreedBy }),
        },
      },
    ]);
    const followed = followActions(recorded, changes, { now, because, actor });
    const planned = replan(state, followed, now, because, {
      ofNew: () => `New, because ${because}.`,
      ofGone: ({ id }) =>
        `Nobody has to do it any more, because ${because}.${reasonInWords(id, changes)}${inPlaceOfDuty(id, next.facts)}`,
      reasonOfGone: ({ id }) => ownReason(id, changes),
      actor,
      isTold: ({ id }) => followed.kept[id] !== recorded.kept[id],
    });
    return followAccepters(planned, { actor, now });
  },
});

/** Why the action of a duty is withdrawn, where that is more than the reason of the revision. */
function ownReason(duty: string, changes: readonly PlanChange[]): string | undefined {
  const gone = changes.find(
    ({ kind, what, id }) => kind === 'withdraw' && what === 'action' && dutyOfAction(id) === duty,
  );
  return gone?.kind === 'withdraw' ? gone.reason : undefined;
}

function reasonInWords(duty: string, changes: readonly PlanChange[]): string {
  const reason = ownReason(duty, changes);
  return reason === undefined ? '' : ` ${capitalised(unstopped(reason))}.`;
}

/** What stands in the place of an action that was split or merged: 'In its place: a1a, a1b.' */
function inPlaceOfDuty(duty: string, facts: LifecycleState['facts']): string {
  const gone = facts.inspection.withdrawn?.findLast(({ what, id }) => what === 'action' && dutyOfAction(id) === duty);
  return inPlaceOf(gone, facts);
}

function mustBeAtRevision({ facts }: LifecycleState, expected: number | undefined): void {
  const revision = revisionOf(facts);
  if (expected === undefined || expected === revision) return;
  throw new Refusal(
    'wrong-revision',
    expected < revision
      ? `Somebody else has revised the plan since you saw it: it is at revision ${revision}, and you saw ${expected}. Nothing was changed.`
      : `The plan is at revision ${revision}; there is no revision ${expected} yet. Nothing was changed.`,
  );
}
