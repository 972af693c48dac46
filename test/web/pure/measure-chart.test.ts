import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CHART, measureChart, measureChartSvg } from '../../../client/web/pictures/measure-chart.ts';
import { addDays } from '../../../domain/calendar/civil-date.ts';

const MEASURE = {
  id: 'supervision',
  title: 'Supervision <recorded>',
  unit: '%',
  baseline: { value: 54, on: '2026-06-30' },
  target: { value: 95, by: '2027-03-31' },
};
const VALUES = [
  { on: '2026-07-31', value: 60 },
  { on: '2026-10-31', value: 72 },
];

describe('the picture of a measure', () => {
  test('sets out from its baseline, goes by its values in their order, and has its target across', () => {
    const { points, target, labels } = measureChart(MEASURE, VALUES);
    expect(points.map(({ baseline }) => baseline)).toEqual([true, false, false]);
    expect(points.map(({ x }) => x)).toEqual(points.map(({ x }) => x).toSorted((a, b) => a - b));
    // Up is more.
    expect(points.map(({ y }) => y)).toEqual(points.map(({ y }) => y).toSorted((a, b) => b - a));
    expect(target.y).toBeLessThan(points.at(-1)?.y ?? 0);
    expect(labels.map(({ text }) => text)).toEqual([
      'Target 95 % by Wed 31 March 2027',
      'Tue 30 June 2026',
      'Wed 31 March 2027',
    ]);
  });

  test('nothing in it is taken for markup, and it names its table', () => {
    const svg = measureChartSvg(MEASURE, VALUES);
    expect(svg).toContain('Supervision &lt;recorded&gt;: values and target. The same is in the table below.');
    expect(svg.match(/<circle/g)).toHaveLength(2);
    expect(svg.match(/class="measure-chart__baseline"/g)).toHaveLength(1);
  });

  test.each([0, 5e-324, 1e-9])('values that are %s apart are level, not a sheet of endless lines', (apart) => {
    const chart = measureChart(
      { ...MEASURE, baseline: { value: 0, on: '2026-06-30' }, target: { value: 0, by: '2027-03-31' } },
      [{ on: '2026-07-31', value: apart }],
    );
    const numbers = chart.lines.map(({ label }) => label.text);
    expect(numbers).toEqual(expect.arrayContaining(['-1', '-0.5', '0', '0.5', '1']));
    expect(numbers.length).toBeLessThan(7);
  });

  test('whatever its values, all of it is on the sheet, and no two texts lie on each other', () => {
    const amount = fc.double({ min: -1e9, max: 1e9, noNaN: true });
    const value = fc.record({ days: fc.integer({ min: 0, max: 4000 }), value: amount });
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 1, maxLength: 24 }),
        fc.option(amount),
        amount,
        (values, baseline, goal) => {
          const on = (days: number) => addDays('2020-01-01', days);
          const chart = measureChart(
            {
              ...{ title: 'x', unit: 'children of all ages', target: { value: goal, by: on(2000) } },
              ...(baseline === null ? {} : { baseline: { value: baseline, on: on(0) } }),
            },
            values.toSorted((a, b) => a.days - b.days).map((each) => ({ on: on(each.days), value: each.value })),
          );
          for (const { x, y } of [...chart.points, chart.target]) {
            expect(x >= CHART.left && x <= CHART.width - CHART.right).toBe(true);
            expect(y >= CHART.top - 1 && y <= CHART.bottom + 1).toBe(true);
          }
          const texts = [...chart.labels, ...chart.lines.map(({ label }) => label)];
          for (const [index, a] of texts.entries()) {
            expect(a.x >= 0 && a.x + a.width <= CHART.width && a.y >= CHART.text - 2 && a.y <= CHART.height).toBe(true);
            for (const b of texts.slice(index + 1))
              expect(Math.abs(a.y - b.y) < CHART.text && a.x < b.x + b.width && b.x < a.x + a.width).toBe(false);
          }
        },
      ),
    );
  });
});
