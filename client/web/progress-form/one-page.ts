import type { ShownMeasure } from '../../../domain/measures/measures.ts';
import { fieldsOf, type TypedField } from './fields.ts';
import type { OwnAction } from './own-actions.ts';

/** So many stand on the form at once: a page of more is neither read nor sent, and a form of more fields is refused. */
export const MAX_ACTIONS = 40;
export const MAX_MEASURES = 20;

type Typed = Readonly<Record<string, unknown>>;

/** The actions that stand on the form, how many follow once these are sent, and those that need no answer. */
export interface OnePage {
  shown: OwnAction[];
  more: number;
  answered: OwnAction[];
}

/**
 * Which actions stand on the form, in the plan's order. Those about which something is typed are the first to be among them,
 * answered or not, so that it is not lost; then those that were reported on longest ago, or never. So each has its turn, also
 * where no round asks, and none is ever answered.
 */
export function onOnePage(actions: readonly OwnAction[], typed: Typed): OnePage {
  const withWords = namesIn(typed, 'action');
  const asked = actions.filter(({ answered, name }) => !answered || withWords.has(name));
  const shown = firstOf(asked, MAX_ACTIONS, ({ name, duty }) => [withWords.has(name), duty.progress?.at ?? '']);
  return {
    shown,
    more: asked.length - shown.length,
    answered: actions.filter(({ answered, name }) => answered && !withWords.has(name)),
  };
}

/** Which measures stand on the form: the same way. */
export function measuresOnOnePage(measures: readonly ShownMeasure[], typed: Typed): ShownMeasure[] {
  const withWords = namesIn(typed, 'measure');
  return firstOf(measures, MAX_MEASURES, ({ id, newest }) => [withWords.has(id), newest?.on ?? '']);
}

const namesIn = (typed: Typed, kind: TypedField['of']): Set<string> =>
  new Set(fieldsOf(typed).flatMap(({ of, name }) => (of === kind ? [name] : [])));

/** So many of a list, in its order: those with words first, then those of which something was said longest ago. */
function firstOf<T>(list: readonly T[], max: number, rankOf: (one: T) => [hasWords: boolean, last: string]): T[] {
  const ranks = list.map((one) => ({ one, rank: rankOf(one) }));
  const first = ranks
    .toSorted(({ rank: [a, before] }, { rank: [b, after] }) => Number(b) - Number(a) || compare(before, after))
    .slice(0, max);
  const chosen = new Set(first.map(({ one }) => one));
  return list.filter((one) => chosen.has(one));
}

const compare = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);
