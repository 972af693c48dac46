import { MILESTONE_STATUSES } from '../milestone/statuses.ts';
import { roleTitle } from '../authority/roles.ts';
import { formatDate } from '../calendar/civil-date.ts';
import { localDate, todayInWords } from '../calendar/london.ts';
import { withMilestones } from '../lifecycle/milestones.ts';
import { record } from '../lifecycle/record.ts';
import { calendarOf } from '../lifecycle/state.ts';
import { end } from '../milestone/end.ts';
import { announce, isPending, setDue } from '../milestone/milestone-state.ts';
import { Refusal } from '../refusal.ts';
import { followCompletion } from '../sustained/follow-completion.ts';
import { askedAbout, isHolding } from '../sustained/holding.ts';
import { command } from './definition.ts';
import { REASON } from './fields.ts';
import { findMilestone } from './find-milestone.ts';
import { OWNER_AND_ABOVE } from './may.ts';
import { openedAgain } from './opened-again.ts';
import { reopenable } from './reopen.ts';
import { toOwner } from './steps.ts';

/** The answer "no" to whether what was done still holds: it is opened again, with the reason and a new date. */
export const fallBack = command({
  subject: 'milestone',
  title: 'It has fallen back',
  help: 'What was done no longer holds: it is opened again, with your reason and a new date. Its owner is told.',
  fields: {
    reason: REASON,
    to: { kind: 'date', toBeDone: true, label: 'By when is it to be done again?', missing: 'Enter the new date' },
  },
  may: OWNER_AND_ABOVE,
  verb: 'say that it has fallen back',
  done: 'It is open again.',
  entries: ['milestone-completed', 'milestone-reopened'],
  duty: (about, state) => findMilestone(state, about),
  check(about, state) {
    const asked = findMilestone(state, about);
    if (!isHolding(asked))
      throw new Refusal(
        'wrong-state',
        `"${asked.title}" does not ask whether something still holds. What has ended is opened again by itself.`,
      );
    if (!isPending(asked))
      throw new Refusal('wrong-state', `"${asked.title}" ${MILESTONE_STATUSES[asked.status].stands}.`);
    reopenable(state, askedAbout(asked));
  },
  apply(state, { milestone: name, reason, to }, { actor, now }) {
    if (to <= localDate(now))
      throw new Refusal(
        'wrong-date',
        `The new date ${formatDate(to)} is not in the future: ${todayInWords(now)}.`,
        'to',
      );
    const asked = findMilestone(state, name);
    const before = reopenable(state, askedAbout(asked));
    const said = reason.replace(/\.$/, '');
    const answered = end(asked, {
      status: 'completed',
      at: now,
      by: actor.role,
      outcome: `It has fallen back: ${said}.`,
    });
    // Opened again and given its new date in one: the next version of its date.
    const again = { ...openedAgain(before), dueVersion: before.dueVersion };
    const opened = setDue(again, to, `it had fallen back: ${said}`, calendarOf(state));
    const text = `It has fallen back, and is open again: ${said}. It is to be done by ${formatDate(to)}.`;
    const after = announce(opened, toOwner('reopened', opened, now, text));
    const who = roleTitle(state.facts.authority, actor.role);
    const { [before.id]: _ended, ...ended } = state.ended;
    const recorded = record(withMilestones({ ...state, ended }, answered, after), now, [
      { kind: 'milestone-completed', milestone: answered, actor, text: `${asked.title}: no, by ${who}: ${said}.` },
      {
        kind: 'milestone-reopened',
        milestone: after,
        actor,
        text: `${after.title}: opened again by ${who}, because it had fallen back, due ${formatDate(to)}: ${said}.`,
        data: { reason, was: before.status, due: after.due, dueVersion: after.dueVersion },
      },
    ]);
    return followCompletion(recorded, after, now);
  },
});
