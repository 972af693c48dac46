import { type CivilDate, formatDate } from '../calendar/civil-date.ts';
import { localDate } from '../calendar/london.ts';
import type { RegisterEntry } from '../lifecycle/entry.ts';
import type { LifecycleView } from '../lifecycle/view.ts';
import { isPending } from '../milestone/milestone-state.ts';
import { askedAbout, awaited, isAnswered, isRound } from './answers.ts';
import { roundData, silenceInWords, silentIn } from './silence.ts';

/**
 * Who has not answered when asked for progress, by name: in the rounds that have closed since a day, and in those that are
 * open though their day has passed. Of a round whose day is still to come: by when answers are due, and how many have come.
 *
 * @param history entries of the register
 */
export function unansweredRounds(
  { milestones, now }: Pick<LifecycleView, 'milestones' | 'now'>,
  history: readonly RegisterEntry[],
  since: CivilDate,
  roleTitle: (role: string) => string,
): string[] {
  const closed = history
    .filter(({ at }) => localDate(at) >= since)
    .flatMap((entry) =>
      (silentIn(entry) ?? []).map((silent) => `${entry.row?.title ?? ''}: ${silenceInWords(silent)}`),
    );
  const today = localDate(now);
  const open = milestones
    .filter((each) => isRound(each) && isPending(each))
    .flatMap(({ title, due, round }) => {
      if (round === undefined) return [];
      // Nobody has been silent before the day by which they are asked to answer.
      if (today <= due) return [`${title}: ${stillToCome(milestones, round, due)}`];
      return roundData(awaited(milestones, round), roleTitle).silent.map(
        (silent) => `${title} (answers by ${formatDate(due)}): so far ${silenceInWords(silent)}`,
      );
    });
  return [...closed, ...open];
}

/** 'answers are due by Friday 4 December 2026: on 2 of 5 actions they have come.' */
function stillToCome(milestones: LifecycleView['milestones'], round: { askedAt: string }, due: CivilDate): string {
  const about = askedAbout(milestones);
  const answered = about.filter((each) => isAnswered(each, round)).length;
  return `answers are due by ${formatDate(due)}: on ${answered} of ${about.length} action${about.length === 1 ? '' : 's'} they have come.`;
}
