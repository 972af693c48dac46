import { roleTitle } from '../authority/roles.ts';
import { formatDate } from '../calendar/civil-date.ts';
import { localDate, todayInWords } from '../calendar/london.ts';
import { milestoneOf, milestonesOf } from '../lifecycle/milestones.ts';
import type { LifecycleState } from '../lifecycle/state.ts';
import { isPending } from '../milestone/milestone-state.ts';
import { record } from '../lifecycle/record.ts';
import { replan } from '../lifecycle/replan.ts';
import { askedAbout } from '../rounds/answers.ts';
import { Refusal } from '../refusal.ts';
import { command } from './definition.ts';
import { MANAGERS_ONLY } from './may.ts';

/** More is a slip of the keyboard, or of a program. */
const MAX_ROUNDS = 500;

/** A round beside those that come before a body's papers: owners are asked at once. */
export const openRound = command({
  subject: 'inspection',
  title: 'Ask for progress',
  help: 'Every owner of open actions is asked in their next mail to say how these stand, reminded once, and named where they do not.',
  fields: {
    by: {
      kind: 'date',
      toBeDone: true,
      label: 'By when are answers to be there?',
      missing: 'Enter the day by which answers are needed',
      // `--by` says who acts.
      flag: 'answers-by',
    },
    title: {
      kind: 'line',
      label: 'What is it for?',
      hint: 'For example: the board on 3 March.',
      missing: 'Say what the progress is for',
      flag: 'for',
    },
  },
  may: MANAGERS_ONLY,
  verb: 'ask for progress',
  done: 'The round is open; owners are asked in their next mail.',
  entries: ['round-opened'],
  check(_about, state) {
    if (askedAbout(milestonesOf(state)).length === 0)
      throw new Refusal('wrong-state', 'There is no open action whose owner could be asked.');
  },
  apply(state, { by, title }, { actor, now }) {
    const { facts } = state;
    const on = localDate(now);
    if (by <= on)
      throw new Refusal('wrong-date', `Answers can't be there by ${formatDate(by)}: ${todayInWords(now)}.`, 'by');
    const { rounds = [] } = facts.inspection;
    const same = rounds.find((each) => each.title === title && isStillOpen(state, each.id));
    if (same !== undefined)
      throw new Refusal(
        'wrong-state',
        `Progress is asked for "${title}" already, by ${formatDate(same.by)}: postpone that round, or close it.`,
        'title',
      );
    if (rounds.length >= MAX_ROUNDS)
      throw new Refusal('too-large', `${MAX_ROUNDS} rounds can be opened by hand, and there are as many.`);
    const opened = { id: `round-${rounds.length + 1}`, title, on, by };
    const inspection = { ...facts.inspection, rounds: [...rounds, opened] };
    const recorded = record({ ...state, facts: { ...facts, inspection } }, now, [
      {
        kind: 'round-opened',
        actor,
        text: `${roleTitle(facts.authority, actor.role)} asks for progress by ${formatDate(by)}: ${title}.`,
        data: opened,
      },
    ]);
    return replan(state, recorded, now, 'a round was opened');
  },
});

function isStillOpen(state: LifecycleState, round: string): boolean {
  const milestone = milestoneOf(state, `progress-rounds/${round}`);
  return milestone !== undefined && isPending(milestone);
}
