import { type CivilDate, formatShortDate } from '../calendar/civil-date.ts';
import { amountInWords, type MeasureValue, measureStands, type ShownMeasure } from './measures.ts';

/** A measure in the update to Cabinet: all of it in words. */
export interface MeasureLine {
  title: string;
  baseline: string;
  target: string;
  newest: string;
  stands: string;
  values: string;
  source: string;
}

/** The heads of its columns, in their order. */
export const MEASURE_HEADS: Record<keyof MeasureLine, string> = {
  title: 'Measure',
  baseline: 'Baseline',
  target: 'Target',
  newest: 'Newest value',
  stands: 'Where it stands',
  values: 'All values',
  source: 'Where the number comes from',
};

/** So many of a measure's values fit into a report: the newest. */
const MAX_VALUES = 12;

/**
 * Every measure of the plan with its values, figures first.
 *
 * @param values those of all measures, by their days
 */
export function measureLines(
  measures: readonly ShownMeasure[],
  values: readonly MeasureValue[],
  today: CivilDate,
): MeasureLine[] {
  return measures.map((measure) => {
    const { id, title, unit, baseline, target, newest, source } = measure;
    const own = values.filter((each) => each.measure === id).slice(-MAX_VALUES);
    return {
      title,
      baseline: baseline === undefined ? '' : onDay(baseline, unit),
      target: `${amountInWords(target.value, unit)} by ${formatShortDate(target.by)}`,
      newest: newest === null ? '' : onDay(newest, unit),
      stands: measureStands(measure, today),
      values: own.map(({ value, on }) => onDay({ value, on }, unit)).join('; '),
      source: newest?.source ?? source,
    };
  });
}

const onDay = ({ value, on }: { value: number; on: CivilDate }, unit: string): string =>
  `${amountInWords(value, unit)} on ${formatShortDate(on)}`;
