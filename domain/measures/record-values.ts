import type { CivilDate } from '../calendar/civil-date.ts';
import type { Actor } from '../commands/actor.ts';
import { record } from '../lifecycle/record.ts';
import type { LifecycleState } from '../lifecycle/state.ts';
import { Refusal } from '../refusal.ts';
import type { FileMeasureValue } from './file-values.ts';
import type { GivenValue } from './given-value.ts';
import { findMeasure, valueData, valueInWords, withValue } from './measures.ts';

/** What all values that are given at once have in common. */
interface About {
  on: CivilDate;
  /** Where they come from, where that is not what the plan says. */
  source?: string | undefined;
  /** The field of the command in which they are given; undefined where a file gives them. */
  field: string | undefined;
  actor?: Actor | undefined;
  now: string;
}

/**
 * Puts values of measures on record: the state has the newest of each.
 *
 * @throws Refusal 'unknown-measure'; where one is named twice
 */
export function recordValues(
  state: LifecycleState,
  given: readonly GivenValue[],
  { on, source, field, actor, now }: About,
): LifecycleState {
  const twice = given.find(({ measure }, index) => given.findIndex((each) => each.measure === measure) !== index);
  if (twice !== undefined)
    throw new Refusal('duplicate', `"${twice.measure}" is given twice; on one day a measure has one value.`, field);
  return given.reduce((before, { measure, value }) => {
    const data = valueData(findMeasure(before.facts.inspection, measure, field), { value, on, source });
    const newest = withValue(before.measured?.[measure], {
      ...{ value, on },
      ...(actor === undefined ? {} : { by: actor.role }),
      ...(source === undefined ? {} : { source }),
    });
    return record({ ...before, measured: { ...before.measured, [measure]: newest } }, now, [
      {
        kind: 'measure-recorded',
        text: valueInWords(data),
        data: { ...data },
        ...(actor === undefined ? {} : { actor }),
      },
    ]);
  }, state);
}

/** Values that a file brings go on record in the order of their days, as if they had been given here. */
export function enterFileValues(state: LifecycleState, now: string): LifecycleState {
  const { measures = [], ...inspection } = state.facts.inspection;
  if (measures.every(({ values }) => values.length === 0)) return state;
  const bare = measures.map((each) => ({ ...each, values: [] }));
  const emptied: LifecycleState = {
    ...state,
    facts: { ...state.facts, inspection: { ...inspection, measures: bare } },
  };
  const values = measures
    .flatMap(({ id: measure, values: own }) => own.map((each): FileMeasureValue => ({ measure, ...each })))
    .toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
  return values.reduce<LifecycleState>(
    (before, { measure, value, on, by, source }) =>
      recordValues(before, [{ measure, value }], {
        ...{ on, source, now, field: undefined },
        ...(by === undefined ? {} : { actor: { id: 'file', role: by } }),
      }),
    emptied,
  );
}
