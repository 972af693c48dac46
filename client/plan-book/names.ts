import { DIRECTIONS } from '../../domain/measures/directions.ts';
import { namesOf } from '../../domain/closed-table.ts';
import type { PlanItems } from '../../domain/revisions/plan-items.ts';
import { type Choice, distinct } from './choices.ts';
import type { Sent } from './sent.ts';

const kept = new WeakMap<object, Choice[]>();

/** Worked out once for each list: every cell asks. */
function once(of: object, make: () => Choice[]): Choice[] {
  const known = kept.get(of) ?? make();
  kept.set(of, known);
  return known;
}

/** Who may own something, by their titles. */
export const peopleIn = ({ people }: Pick<Sent, 'people'>): Choice[] =>
  once(people, () => distinct(people.map(({ id, title }) => ({ id, text: title }))));

export const themesIn = ({ themes }: { themes: readonly PlanItems['theme'][] }): Choice[] =>
  once(themes, () => distinct(themes.map(({ id, title }) => ({ id, text: title }))));

export const DIRECTION_CHOICES: readonly Choice[] = namesOf(DIRECTIONS).map((id) => ({ id, text: DIRECTIONS[id] }));
