import { formatDate } from '../calendar/civil-date.ts';
import { localDate, todayInLondon } from '../calendar/london.ts';
import { Refusal } from '../refusal.ts';
import { milestoneCommand } from './definition.ts';
import { mustBePending } from './steps.ts';

/** Its owner is on it, and says when it will be done. */
export const acknowledge = milestoneCommand({
  title: 'Say that you are on it',
  help: 'Promise a date. The chain is not told until that date has passed. A date set by law keeps its reminders.',
  fields: {
    promisedOn: {
      kind: 'date',
      label: 'When will it be done?',
      missing: 'Enter the date by which it will be done',
      flag: 'promised',
    },
    note: { kind: 'line', label: 'A note', optional: true },
  },
  may: { capacities: [], owner: true, above: true },
  verb: 'promise a date for it',
  done: 'Your promise is on record.',
  effect: 'pause',
  entry: 'milestone-acknowledged',
  possible: (milestone) => mustBePending(milestone, 'acknowledged'),
  step(milestone, { promisedOn }, { actor, now }) {
    if (promisedOn < localDate(now))
      throw new Refusal(
        'wrong-date',
        `The promised date ${formatDate(promisedOn)} is in the past: ${todayInLondon(now)}.`,
      );
    return { ...milestone, acknowledged: { by: actor.role, promisedOn, at: now } };
  },
  sentence: ({ promisedOn }, { who }) => `acknowledged by ${who}, promised for ${formatDate(promisedOn)}.`,
});
