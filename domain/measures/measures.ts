import { type CivilDate, formatDate } from '../calendar/civil-date.ts';
import type { LifecycleState } from '../lifecycle/state.ts';
import type { RegisterEntry } from '../lifecycle/entry.ts';
import type { EntryKind } from '../lifecycle/entry-kinds.ts';
import { notAmong } from '../nearest.ts';
import { Refusal } from '../refusal.ts';
import type { Inspection } from '../schemas/inspection.ts';
import type { Measure } from '../schemas/measures.ts';
import type { KeptValue, KeptValues, NewestValue } from './newest-value.ts';
import type { Direction } from './directions.ts';

/** A measure without its values, which are not facts of the plan. */
export type BareMeasure = Omit<Measure, 'values'>;

/** A measure as people see it, with its newest value; null where there is none yet. */
export interface ShownMeasure extends BareMeasure {
  newest: NewestValue | null;
}

export const measuresOf = ({ measures = [] }: Pick<Inspection, 'measures'>): readonly Measure[] => measures;

/** The measures of a lifecycle, each with its newest value. */
export const shownMeasures = ({ facts, measured = {} }: Pick<LifecycleState, 'facts' | 'measured'>): ShownMeasure[] =>
  measuresOf(facts.inspection).map(({ values: _values, ...each }) => ({
    ...each,
    newest: newestOf(measured[each.id]),
  }));

function newestOf(kept: KeptValues | undefined): NewestValue | null {
  if (kept === undefined) return null;
  const { earlier: _earlier, ...newest } = kept;
  return newest;
}

/** @param field of the command that names it; undefined where none does @throws Refusal 'unknown-measure' */
export function findMeasure(inspection: Pick<Inspection, 'measures'>, id: string, field: string | undefined): Measure {
  const measures = measuresOf(inspection);
  const found = measures.find((each) => each.id === id);
  if (found !== undefined) return found;
  const ids = measures.map((each) => each.id);
  throw new Refusal('unknown-measure', notAmong('This inspection has no measure', id, ids, 'It has'), field);
}

/** So many values of a measure are kept beside the newest: three years, where one is given each month. */
const MAX_EARLIER = 36;

/** The values of a measure that are kept, by their days. */
export function keptValues(kept: KeptValues | undefined): KeptValue[] {
  if (kept === undefined) return [];
  const { earlier = [], values: _values, ...newest } = kept;
  return [...earlier, newest];
}

/** With a newer value, or one more of an earlier day. */
export function withValue(before: KeptValues | undefined, given: KeptValue): KeptValues {
  const kept = keptValues(before);
  const later = kept.findIndex(({ on }) => on > given.on);
  const all = later === -1 ? [...kept, given] : kept.toSpliced(later, 0, given);
  return keptOf(all, (before?.values ?? 0) + 1);
}

function keptOf(all: readonly KeptValue[], values: number): KeptValues {
  const newest = all.at(-1);
  if (newest === undefined) throw new RangeError('There is no value to keep.');
  const earlier = all.slice(0, -1).slice(-MAX_EARLIER);
  return { ...newest, values, ...(earlier.length === 0 ? {} : { earlier }) };
}

/** Without what was given for a day. */
export function withoutDay(
  measured: Readonly<Record<string, KeptValues>> = {},
  measure: string,
  day: CivilDate,
): Record<string, KeptValues> {
  const { [measure]: before, ...others } = measured;
  const kept = keptValues(before);
  const left = kept.filter(({ on }) => on !== day);
  if (before === undefined || left.length === 0) return others;
  return { ...others, [measure]: keptOf(left, before.values - (kept.length - left.length)) };
}

/** What the entry of a value says in particular: enough for a table that stands by itself. */
export interface ValueData {
  measure: string;
  title: string;
  unit: string;
  value: number;
  on: CivilDate;
  source: string;
  target: Measure['target'];
  baseline: { value: number; on: CivilDate } | null;
  direction: Direction;
}

export const valueData = (
  { id, title, unit, target, baseline, direction, source: usual }: BareMeasure,
  { value, on, source }: { value: number; on: CivilDate; source?: string | undefined },
): ValueData => ({
  ...{ measure: id, title, unit, value, on, source: source ?? usual, target, direction },
  baseline: baseline ?? null,
});

/** One value of a measure's series. */
export interface MeasureValue extends ValueData {
  seq: number;
  /** When it was given: an instant, UTC. */
  at: string;
  /** The role that gave it; null where a file did not say. */
  by: string | null;
}

/** The kinds of entry that a measure's series is made of. */
export const SERIES_KINDS = ['measure-recorded', 'measure-taken-back'] as const satisfies EntryKind[];

/** That what was given for a measure's day before an entry does not count. */
interface TakenBack {
  measure: string;
  on: CivilDate;
  seq: number;
}

/** What is taken back by entries of the register. */
export const takenBackIn = (entries: readonly RegisterEntry[]): TakenBack[] =>
  entries.flatMap(({ kind, seq, data }) => {
    const { measure, on } = data;
    return kind === 'measure-taken-back' && typeof measure === 'string' && typeof on === 'string'
      ? [{ measure, on, seq }]
      : [];
  });

/** The values among entries of the register that count, by the day for which they stand. What was erased is left out. */
export function valuesIn(entries: readonly RegisterEntry[]): MeasureValue[] {
  const takenBack = takenBackIn(entries);
  return entries
    .flatMap(({ kind, seq, at, actor, data }) =>
      kind === 'measure-recorded' && typeof data['value'] === 'number'
        ? [{ ...(data as unknown as ValueData), seq, at, by: actor?.role ?? null }]
        : [],
    )
    .filter(
      ({ measure, on, seq }) => !takenBack.some((each) => each.measure === measure && each.on === on && each.seq > seq),
    )
    .toSorted((a, b) => (a.on === b.on ? a.seq - b.seq : a.on < b.on ? -1 : 1));
}

/** A number with its unit: '21.5 %', '1,200 children'. */
export const amountInWords = (value: number, unit: string): string =>
  `${value.toLocaleString('en-GB', { maximumFractionDigits: 6 })} ${unit}`;

const REACHED: Record<Direction, (value: number, target: number) => boolean> = {
  up: (value, target) => value >= target,
  down: (value, target) => value <= target,
  steady: (value, target) => value === target,
};

const isBetter = (
  value: number,
  than: number,
  { direction, target }: Pick<Measure, 'direction' | 'target'>,
): boolean => {
  if (direction === 'steady') return Math.abs(value - target.value) < Math.abs(than - target.value);
  return direction === 'up' ? value > than : value < than;
};

/** Where a measure stands on a day, in words: reached or not, and beside its baseline. */
export function measureStands(
  { newest, target, direction, baseline }: Pick<ShownMeasure, 'newest' | 'target' | 'direction' | 'baseline'>,
  today: CivilDate,
): string {
  if (newest === null) return 'no value yet';
  const { value } = newest;
  if (REACHED[direction](value, target.value)) return 'target reached';
  const missed = target.by < today ? 'target not reached by its date' : 'target not reached yet';
  if (baseline === undefined) return missed;
  if (value === baseline.value) return `${missed}, as at the baseline`;
  return `${missed}, ${isBetter(value, baseline.value, { direction, target }) ? 'better' : 'worse'} than the baseline`;
}

/** One sentence of a value, for the record. */
export function valueInWords({ title, unit, value, on, target, source }: ValueData): string {
  return `${title}: ${amountInWords(value, unit)} on ${formatDate(on)}; target ${amountInWords(target.value, unit)} by ${formatDate(target.by)}. Source: ${source.replace(/\.$/, '')}.`;
}
