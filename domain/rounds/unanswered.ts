import { type CivilDate, formatDate } from '../calendar/civil-date.ts';
import { localDate } from '../calendar/london.ts';
import type { RegisterEntry } from '../lifecycle/entry.ts';
import type { LifecycleView } from '../lifecycle/view.ts';
import { isPending } from '../milestone/milestone-state.ts';
import { awaited, isRound } from './answers.ts';
import { roundData, silenceInWords, silentIn } from './silence.ts';

/**
 * Who has not answered when asked for progress, by name: in the rounds that have closed since a day, and in those that are
 * open, of which the date is said.
 *
 * @param history entries of the register
 */
export function unansweredRounds(
  { milestones }: Pick<LifecycleView, 'milestones'>,
  history: readonly RegisterEntry[],
  since: CivilDate,
  roleTitle: (role: string) => string,
): string[] {
  const closed = history
    .filter(({ at }) => localDate(at) >= since)
    .flatMap((entry) =>
      (silentIn(entry) ?? []).map((silent) => `${entry.row?.title ?? ''}: ${silenceInWords(silent)}`),
    );
  const open = milestones
    .filter((each) => isRound(each) && isPending(each))
    .flatMap(({ title, due, round }) =>
      round === undefined
        ? []
        : roundData(awaited(milestones, round), roleTitle).silent.map(
            (silent) => `${title} (answers by ${formatDate(due)}): so far ${silenceInWords(silent)}`,
          ),
    );
  return [...closed, ...open];
}
