import { roleTitle } from '../authority/roles.ts';
import { formatDate } from '../calendar/civil-date.ts';
import { milestonesOf, withMilestones } from '../lifecycle/milestones.ts';
import { record } from '../lifecycle/record.ts';
import type { LifecycleState } from '../lifecycle/state.ts';
import { end } from '../milestone/end.ts';
import type { Milestone } from '../milestone/milestone.ts';
import { isPending } from '../milestone/milestone-state.ts';
import { isFixed } from '../milestone/strengths.ts';
import { Refusal } from '../refusal.ts';
import { isWindow } from '../strands/call-in-window.ts';
import { command } from './definition.ts';
import { MANAGERS_ONLY } from './may.ts';
import { someOf } from '../some-of.ts';

/** The council's response to an inspection has ended; what is still open, and not set by law, lapses. */
export const close = command({
  subject: 'inspection',
  title: 'Close the inspection',
  help: 'Say that the council’s response to this inspection has ended. Duties set by law, or by somebody outside the council, must be met first.',
  fields: {
    reason: { kind: 'line', label: 'Why is it closed?', missing: 'Say why it is closed', hint: 'This goes on record.' },
  },
  may: MANAGERS_ONLY,
  verb: 'close the inspection',
  done: 'The inspection is closed.',
  warning: 'This can’t be taken back: no more reminders go out, and nothing more can be done to it.',
  entries: ['inspection-closed', 'milestone-lapsed'],
  check(_about, state) {
    const blocking = pendingIn(state).filter((each) => isFixed(each) || isWindow(each));
    if (blocking.length > 0)
      throw new Refusal(
        'duties-open',
        `The inspection can't be closed while these are open: ${someOf(blocking.map((each) => `"${each.title}" (due ${formatDate(each.due)})`))}. Complete them, or have them waived, first.`,
      );
  },
  apply(state, { reason }, { actor, now }) {
    const lapsed = pendingIn(state).map((each) => end(each, { status: 'lapsed' }));
    // Nothing is told of it any more, of what was ended before neither.
    const silent = milestonesOf(state).map((each) => ({ ...each, announcements: [] }));
    const closed = withMilestones({ ...state, status: 'closed' }, ...silent, ...lapsed);
    return record(closed, now, [
      ...lapsed.map((each) => ({
        kind: 'milestone-lapsed' as const,
        milestone: each,
        actor,
        text: `${each.title}: lapsed when the inspection was closed.`,
      })),
      {
        kind: 'inspection-closed' as const,
        actor,
        text: `Closed by ${roleTitle(state.facts.authority, actor.role)}: ${reason}`,
        data: { reason },
      },
    ]);
  },
});

const pendingIn = (state: LifecycleState): Milestone[] => milestonesOf(state).filter(isPending);
