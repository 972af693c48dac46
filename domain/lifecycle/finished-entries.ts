import { isPending } from '../milestone/milestone-state.ts';
import type { Digest } from './digest.ts';
import { titleOfFinished } from './milestones.ts';
import type { LifecycleState, MailState } from './state.ts';

/**
 * Calendar entries that a reader was sent, of duties that nobody has to do any more: they go from the calendar.
 *
 * @param max so many are taken back by one mail
 */
export function finishedEntries(
  mail: MailState | undefined,
  state: LifecycleState,
  max: number,
): Pick<Digest, 'finished'> {
  const finished = Object.entries(mail?.calendar ?? {})
    .filter(([milestone]) => {
      const { status = 'open' } = state.kept[milestone] ?? { status: 'lapsed' as const };
      return !isPending({ status });
    })
    .slice(0, max)
    .map(([milestone, entry]) => ({ milestone, title: titleOfFinished(state, milestone, entry.due), ...entry }));
  return finished.length === 0 ? {} : { finished };
}
