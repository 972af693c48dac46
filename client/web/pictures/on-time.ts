import { formatShortMonth } from '../../../domain/calendar/civil-date.ts';
import { dueIn, type OnTime, percentOf } from '../../../domain/figures/on-time.ts';
import { columnsSvg } from './columns.ts';

/** Both rates of a quarter, in words. */
export const ratesOf = (each: OnTime) => ({
  rate: inPercent(percentOf(each.onTime, dueIn(each))),
  firstRate: inPercent(percentOf(each.byFirstDate, each.firstDue)),
});

const inPercent = (n: number | null): string => (n === null ? 'nothing due' : `${n}%`);

/** What was done on time, late and not, quarter by quarter, as SVG; '' where nothing was due. */
export function onTimeSvg(quarters: readonly OnTime[]): string {
  if (quarters.every((each) => dueIn(each) === 0)) return '';
  return columnsSvg({
    id: 'on-time',
    title: 'Duties done on time, by quarter',
    description: `${quarters.map((each) => `${each.title}: ${each.onTime} of ${dueIn(each)} on time`).join('; ')}. The same is in the table below.`,
    legend: [
      { words: 'Done on time', fill: 'solid' },
      { words: 'Done late', fill: 'hatched' },
      { words: 'Not done', fill: 'empty' },
    ],
    columns: quarters.map((each) => ({
      parts: [each.onTime, each.late, each.notDone],
      above: dueIn(each) === 0 ? 'none due' : ratesOf(each).rate,
      label: [`${formatShortMonth(each.from)}–${formatShortMonth(each.until)}`, each.until.slice(0, 4)],
    })),
  });
}
