import { roleTitle } from '../authority/roles.ts';
import { milestonesOf, withMilestones } from '../lifecycle/milestones.ts';
import { record } from '../lifecycle/record.ts';
import { end } from '../milestone/end.ts';
import { isPending } from '../milestone/milestone-state.ts';
import { command } from './definition.ts';
import { ADMINISTRATORS_ONLY } from './may.ts';

/**
 * The inspection should never have been started: it leaves every list, calendar and figure, whoever had mail about it is told
 * once, and its record stays whole. What has been done in it is not asked about: it was the wrong one.
 */
export const withdraw = command({
  subject: 'inspection',
  title: 'Withdraw the inspection',
  help: 'Say that it was started by mistake. It leaves every list, calendar and figure; its record is kept. Everybody who had mail about it is told once.',
  fields: {
    reason: {
      kind: 'line',
      label: 'Why is it withdrawn?',
      missing: 'Say why it is withdrawn',
      hint: 'This goes on record, and into the mail.',
    },
  },
  may: ADMINISTRATORS_ONLY,
  verb: 'withdraw the inspection',
  done: 'The inspection is withdrawn.',
  warning: 'This can’t be taken back: nobody is reminded of its duties any more, and its reference stays used.',
  entries: ['inspection-withdrawn', 'milestone-lapsed'],
  apply(state, { reason }, { actor, now }) {
    const lapsed = milestonesOf(state)
      .filter(isPending)
      .map((each) => end(each, { status: 'lapsed' }));
    // Nothing else is told of it any more.
    const silent = milestonesOf(state).map((each) => ({ ...each, announcements: [] }));
    const withdrawn = { by: actor.role, at: now, reason, told: [] };
    const after = withMilestones({ ...state, status: 'withdrawn', withdrawn }, ...silent, ...lapsed);
    return record(after, now, [
      ...lapsed.map((each) => ({
        kind: 'milestone-lapsed' as const,
        milestone: each,
        actor,
        text: `${each.title}: no longer needed, because the inspection was withdrawn.`,
      })),
      {
        kind: 'inspection-withdrawn' as const,
        actor,
        text: `Withdrawn by ${roleTitle(state.facts.authority, actor.role)}, because it was started by mistake: ${reason}`,
        data: { reason },
      },
    ]);
  },
});
