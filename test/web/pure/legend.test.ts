import { expect, test } from 'vitest';
import { legendIn } from '../../../client/web/pictures/legend.ts';
import { onTimeSvg } from '../../../client/web/pictures/on-time.ts';
import { ratingsSvg } from '../../../client/web/pictures/ratings.ts';
import { textWidth } from '../../../client/web/pictures/text-width.ts';
import { namesOf } from '../../../domain/closed-table.ts';
import { RAGS } from '../../../domain/progress/progress.ts';

/** What a phone held upright shows of a picture before it is moved: 360 pixels without the page's edges. */
const PHONE = 330;

const quarter = { from: '2026-01-01', until: '2026-03-31', title: 'January to March 2026' };
const counts = { onTime: 3, late: 2, notDone: 1, byFirstDate: 3, firstDue: 6 };

test.each([
  ['done on time', onTimeSvg([{ ...quarter, ...counts }] as never)],
  ['ratings', ratingsSvg([{ title: 'Theme', rags: namesOf(RAGS) }], [{ on: '2026-03-31' }] as never, 'x')],
])('the legend of the picture of %s is read whole on a phone', (_what, svg) => {
  const words = [...svg.matchAll(/<text class="figure-text" x="([\d.]+)"[^>]*>([^<]+)/g)].map(([, x, text = '']) => ({
    end: Number(x) + textWidth(text, 13),
    text,
  }));
  const legend = words.filter(({ text }) => /^(Done on time|Done late|Not done|[A-Z–-]: .*)$/.test(text));
  expect(legend.length).toBeGreaterThan(2);
  for (const { end, text } of legend) expect([text, end <= PHONE]).toEqual([text, true]);
});

test('what finds no room in a line begins the next one', () => {
  const entries = ['Done on time', 'Done late', 'Done by somebody else', 'Not done'].map((words) => ({
    words,
  }));
  const placed = legendIn(entries, { left: 4, y: 10, size: 13 });
  expect(placed.map(({ y }) => y)).toEqual([10, 10, 30, 30]);
  expect(placed[2]?.x).toBe(4);
});
