import { BUTTONS } from './buttons.ts';
import { roleTitle } from '../authority/roles.ts';
import { formatDate } from '../calendar/civil-date.ts';
import { announce } from '../milestone/milestone-state.ts';
import { milestoneCommand } from './definition.ts';
import { REASON } from './fields.ts';
import { whoGrants } from './later-dates.ts';
import { mustBeExtendable, mustBeLater } from './steps.ts';

/** The owner asks for a later date: who may grant it is told. */
export const requestExtension = milestoneCommand({
  title: BUTTONS.requestExtension,
  help: 'Whoever may grant it is told: your manager, or beyond the council’s cap on later dates the role that it names. Until then the date stays.',
  fields: {
    to: {
      kind: 'date',
      toBeDone: true,
      label: 'Which date do you ask for?',
      missing: 'Enter the date that you ask for',
    },
    reason: REASON,
  },
  may: { capacities: [], owner: true },
  verb: 'ask for a later date for it',
  done: 'Your request is on record, and whoever may grant it is told.',
  yieldsTo: () => 'extend',
  effect: 'move',
  entry: 'extension-requested',
  possible: mustBeExtendable,
  step(milestone, { to, reason }, { actor, now, facts }) {
    mustBeLater(milestone, to, now);
    const text = `${roleTitle(facts.authority, actor.role)} asks for it to be due on ${formatDate(to)}: ${reason}. Please grant or decline it.`;
    const { extensionDeclined: _earlier, ...rest } = milestone;
    return announce(
      { ...rest, extensionRequested: { to, reason, by: actor.role, at: now } },
      { kind: 'extension-requested', to: whoGrants(milestone, facts), readyAt: now, urgent: false, text },
    );
  },
  sentence: ({ to, reason }, { who }) => `${who} asks for it to be due on ${formatDate(to)}: ${reason}.`,
});
