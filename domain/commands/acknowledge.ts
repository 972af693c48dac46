import { formatDate } from '../calendar/civil-date.ts';
import { localDate, todayInWords } from '../calendar/london.ts';
import type { Milestone } from '../milestone/milestone.ts';
import { Refusal } from '../refusal.ts';
import { milestoneCommand } from './definition.ts';
import { mustBePending } from './steps.ts';

/**
 * Its owner is on it, and says when it will be done. That pauses the chain to the due date at most: whoever needs longer asks
 * for a later date, which somebody above has to agree to.
 */
export const acknowledge = milestoneCommand({
  title: 'Say that you are on it',
  help: 'Promise a date, no later than the due date. Reminders pause until that date has passed, and your words are kept. If you need longer, ask for a later date.',
  fields: {
    promisedOn: {
      kind: 'date',
      toBeDone: true,
      label: 'When will it be done?',
      missing: 'Enter the date by which it will be done',
      flag: 'promised',
    },
    note: {
      kind: 'line',
      label: 'What are you doing about it?',
      hint: 'This goes on record, and is shown with the duty.',
      optional: true,
    },
  },
  may: { capacities: [], owner: true, above: true },
  verb: 'say that they are on it',
  done: 'Your promise is on record. Reminders pause until that day has passed; what is late is still told to the manager.',
  effect: 'pause',
  entry: 'milestone-acknowledged',
  possible: (milestone) => mustBePending(milestone, 'promised by a date'),
  step(milestone, { promisedOn, note }, { actor, now }) {
    if (promisedOn < localDate(now))
      throw new Refusal(
        'wrong-date',
        `The promised date ${formatDate(promisedOn)} is in the past: ${todayInWords(now)}.`,
        'promisedOn',
      );
    if (promisedOn > milestone.due) throw new Refusal('wrong-date', tooLate(milestone, promisedOn, now), 'promisedOn');
    const said = note === undefined ? {} : { note };
    return { ...milestone, acknowledged: { by: actor.role, promisedOn, at: now, ...said } };
  },
  sentence: ({ promisedOn, note }, { who }) =>
    `acknowledged by ${who}, promised for ${formatDate(promisedOn)}; reminders pause until then.${note === undefined ? '' : ` ${note}`}`,
});

/** A promise beyond the due date would silence what is late: that takes the agreement of somebody above. */
function tooLate({ title, due, extendable }: Milestone, promisedOn: string, now: string): string {
  const was = due < localDate(now) ? 'was' : 'is';
  const instead = extendable
    ? 'Ask for a later date instead: whoever may grant it is told.'
    : 'Its date can’t be moved, and nothing pauses beyond it: promise an earlier day, or mark it as done once it is.';
  return `"${title}" ${was} due on ${formatDate(due)}: ${formatDate(promisedOn)} is after that, and a promise pauses nothing beyond the due date. ${instead}`;
}
