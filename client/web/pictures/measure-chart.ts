import { scaleLinear } from 'd3-scale';
import { type CivilDate, formatShortDate, toEpochDay } from '../../../domain/calendar/civil-date.ts';
import { amountInWords, type ShownMeasure } from '../../../domain/measures/measures.ts';
import { renderTemplate } from '../render.ts';
import { fitted, textWidth } from './text-width.ts';
import type { PlacedText } from './timeline-layout.ts';

/** In user units of the picture, at whose size its text can be read on a phone. */
export const CHART = { width: 480, height: 230, left: 64, right: 16, top: 28, bottom: 190, text: 13 } as const;
const LINES = 4;
/** Of the greatest amount: what the six decimals of a line's number can still tell apart. */
const LEAST_APART = 1e-6;

/** A value of the measure on its day. */
export interface ChartValue {
  on: CivilDate;
  value: number;
}

export interface MeasureChart {
  /** The first is the baseline, where there is one. */
  points: { x: number; y: number; baseline: boolean }[];
  target: { y: number; x: number };
  /** Lines across, each with its number. */
  lines: { y: number; label: PlacedText }[];
  /** Words inside the picture. */
  labels: PlacedText[];
}

type Charted = Pick<ShownMeasure, 'title' | 'unit' | 'baseline' | 'target'>;

/** Where a measure's values, its baseline and its target stand. */
export function measureChart({ unit, baseline, target }: Charted, values: readonly ChartValue[]): MeasureChart {
  const all = [...(baseline === undefined ? [] : [baseline]), ...values];
  const amounts = [...all.map(({ value }) => value), target.value];
  const [low, high] = [Math.min(...amounts), Math.max(...amounts)];
  // Values that no number on the sheet would tell apart are level.
  const isLevel = high - low < LEAST_APART * Math.max(1, Math.abs(low), Math.abs(high));
  const y = scaleLinear([isLevel ? low - 1 : low, isLevel ? high + 1 : high], [CHART.bottom, CHART.top]).nice(LINES);
  const days = [...all.map(({ on }) => on), target.by].sort();
  const [first = target.by, last = target.by] = [days[0], days.at(-1)];
  const right = CHART.width - CHART.right;
  const x = scaleLinear(
    [toEpochDay(first), Math.max(toEpochDay(last), toEpochDay(first) + 1)],
    [CHART.left + 8, right - 8],
  );
  const points = all.map(({ on, value }, index) => ({
    ...{ x: round(x(toEpochDay(on))), y: round(y(value)) },
    baseline: baseline !== undefined && index === 0,
  }));
  const targetY = round(y(target.value));
  const words = `Target ${amountInWords(target.value, unit)} by ${formatShortDate(target.by)}`;
  const text = fitted(words, right - CHART.left, CHART.text);
  // Above its line, where there is room.
  const above = targetY - 6 - CHART.text >= 2;
  const targetLabel = placed(text, right - textWidth(text, CHART.text), above ? targetY - 6 : targetY + 17);
  const firstDay = placed(formatShortDate(first), CHART.left, CHART.bottom + 22);
  const lastWords = formatShortDate(last);
  const lastDay = placed(lastWords, right - textWidth(lastWords, CHART.text), CHART.bottom + 22);
  return {
    points,
    target: { y: targetY, x: round(x(toEpochDay(target.by))) },
    lines: y.ticks(LINES).map((tick) => {
      const label = fitted(tick.toLocaleString('en-GB', { maximumFractionDigits: 6 }), CHART.left - 12, CHART.text);
      return {
        y: round(y(tick)),
        label: placed(label, CHART.left - 8 - textWidth(label, CHART.text), round(y(tick)) + 4),
      };
    }),
    labels: [targetLabel, firstDay, ...(first === last || overlaps(firstDay, lastDay) ? [] : [lastDay])],
  };
}

/** The same as SVG; its table says all that it shows. */
export function measureChartSvg(measure: Charted & { id: string }, values: readonly ChartValue[]): string {
  const chart = measureChart(measure, values);
  return renderTemplate('measure-chart.svg', {
    ...chart,
    ...CHART,
    id: measure.id,
    title: measure.title,
    right: CHART.width - CHART.right,
    path: chart.points.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${x} ${y}`).join(' '),
  });
}

const placed = (text: string, x: number, y: number): PlacedText => ({
  ...{ text, x: round(x), y: round(y) },
  width: textWidth(text, CHART.text),
});
const overlaps = (a: PlacedText, b: PlacedText): boolean => a.x < b.x + b.width && b.x < a.x + a.width;
const round = (n: number): number => Math.round(n * 10) / 10;
