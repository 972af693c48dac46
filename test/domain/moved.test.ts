import { expect, test } from 'vitest';
import type { ActionReport } from '../../domain/progress/series.ts';
import { movedSince } from '../../domain/rounds/moved.ts';

const ASKED = '2016-03-01T09:00:00.000Z';
let seq = 0;
const report = (milestone: string, at: string, said: Partial<ActionReport>): ActionReport => ({
  ...{ milestone, at, seq: ++seq, on: at.slice(0, 10), by: 'team-manager', counts: null, due: null },
  ...{ rating: null, percent: null, forecast: null, text: null, noChange: false },
  ...said,
});
const [BEFORE, AFTER] = ['2016-02-01T09:00:00.000Z', '2016-03-02T09:00:00.000Z'];

test.each<[string, ActionReport[], object[]]>([
  ['nobody has reported since', [report('a', BEFORE, { rating: 'Green' })], []],
  [
    'the same was said again',
    [report('a', BEFORE, { rating: 'Green' }), report('a', AFTER, { rating: 'Green', noChange: true })],
    [],
  ],
  [
    'a rating, and what was said to it; what has stayed is not said',
    [
      report('a', BEFORE, { rating: 'Green', percent: 20 }),
      report('a', AFTER, { rating: 'Amber', percent: 20, text: 'One is ill.' }),
    ],
    [{ milestone: 'a', before: ['Green'], now: ['Amber'], text: 'One is ill.' }],
  ],
  [
    'a per cent and a forecast that there was none of',
    [report('a', BEFORE, { percent: 20 }), report('a', AFTER, { percent: 60, forecast: '2016-04-01' })],
    [
      {
        milestone: 'a',
        before: ['20 per cent done'],
        now: ['60 per cent done', 'expected by Fri 1 April 2016'],
        text: null,
      },
    ],
  ],
  [
    'the first report of all',
    [report('a', AFTER, { rating: 'Red' })],
    [{ milestone: 'a', before: [], now: ['Red'], text: null }],
  ],
  [
    'the newest of several, on either side',
    [
      report('a', BEFORE, { rating: 'Red' }),
      report('a', '2016-02-20T09:00:00.000Z', { rating: 'Amber' }),
      report('a', ASKED, { rating: 'Amber' }),
      report('a', AFTER, { rating: 'Green' }),
      report('b', BEFORE, { rating: 'Green' }),
    ],
    [{ milestone: 'a', before: ['Amber'], now: ['Green'], text: null }],
  ],
])('%s', (_what, series, moved) => {
  expect(movedSince(series, ASKED)).toEqual(moved);
});
