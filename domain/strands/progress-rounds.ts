import type { Effect } from '../milestone/effect.ts';
import type { PlannedMilestone } from '../milestone/milestone.ts';
import { roundsByHand } from '../rounds/plan-rounds.ts';
import { missed, type Strand } from './strand.ts';

/** What a round is told where a command for a duty makes no sense for it. */
const REFUSALS: Record<Effect, ((title: string) => string) | null> = {
  meet: (title) => `"${title}" ends once everybody has answered, or on its day; close it by hand where it is over.`,
  pause: (title) => `"${title}" can't be paused; postpone it, or close it.`,
  move: (title) => `"${title}" gets a later date by postponing the round.`,
  'pass-on': null,
  waive: null,
  reopen: (title) => `"${title}" is over; open another round.`,
  round: null,
  report: (title) => `Progress is reported on actions, not on the round "${title}".`,
};

/** Rounds in which owners are asked for the progress of their actions; those before a body's papers come with the duty to it. */
export const progressRounds: Strand = {
  name: 'progress-rounds',
  title: 'Rounds of progress',
  lane: 7,
  milestones: (facts, calendar) => roundsByHand(facts, calendar),
  refuses: (effect: Effect, { title }: PlannedMilestone) => REFUSALS[effect]?.(title),
  // It is closed before: see runRounds.
  atCutOff: missed,
};
