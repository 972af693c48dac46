import { type CivilDate, formatDate } from '../calendar/civil-date.ts';
import type { Actor } from '../commands/actor.ts';
import { record } from '../lifecycle/record.ts';
import type { LifecycleState } from '../lifecycle/state.ts';
import { Refusal } from '../refusal.ts';
import { someOf } from '../some-of.ts';
import type { Measure } from '../schemas/measures.ts';
import { keptValues, withoutDay } from './measures.ts';
import type { KeptValue } from './newest-value.ts';

/** The value that counts for a day. @throws Refusal 'wrong-date' where none is kept for it */
export function keptOn(state: LifecycleState, { id, title }: Pick<Measure, 'id' | 'title'>, day: CivilDate): KeptValue {
  const kept = keptValues(state.measured?.[id]);
  const found = kept.findLast(({ on }) => on === day);
  if (found !== undefined) return found;
  const days = [...new Set(kept.map(({ on }) => on))].toReversed().map(formatDate);
  throw new Refusal(
    'wrong-date',
    days.length === 0
      ? `"${title}" has no value.`
      : `"${title}" has no value for ${formatDate(day)} that can be corrected. There are values for ${someOf(days)}.`,
    'of',
  );
}

/** What was entered for a day does not count: the state has the newest of the others. */
export function takeBackValues(
  state: LifecycleState,
  { id, title }: Pick<Measure, 'id' | 'title'>,
  on: CivilDate,
  { text, reason, actor, now }: { text: string; reason: string; actor: Actor; now: string },
): LifecycleState {
  const data = { measure: id, title, on, reason };
  return record({ ...state, measured: withoutDay(state.measured, id, on) }, now, [
    { kind: 'measure-taken-back', actor, text, data },
  ]);
}
