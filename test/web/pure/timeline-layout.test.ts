import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PicturedMilestone } from '../../../client/web/pictures/picture.ts';
import { fitted, textWidth } from '../../../client/web/pictures/text-width.ts';
import {
  extentOf,
  MAX_NAMED,
  type PlacedText,
  SHEET,
  type TimelineLayout,
  timelineLayout,
} from '../../../client/web/pictures/timeline-layout.ts';
import { timelineSvg } from '../../../client/web/pictures/timeline.ts';
import { isElsewhere, spanWith, windowAround, type Zoom } from '../../../client/web/pictures/zoom.ts';
import { addDays, daysBetween } from '../../../domain/calendar/civil-date.ts';
import { STANDINGS } from '../../../domain/milestone/statuses.ts';
import { STRANDS_BY_LANE } from '../../../domain/strands/strands.ts';

const SPAN = { first: '2025-06-01', last: '2028-02-01' };
const TODAY = '2026-11-26';
const year = windowAround('year', TODAY, SPAN);

const duty = (id: string, due: string, more: Partial<PicturedMilestone> = {}): PicturedMilestone => ({
  ...{ authority: 'anyborough', reference: '2026', milestone: id, strand: 'improvement-actions', title: id, due },
  ...{ standing: 'open', provisional: false, standIn: null, ownerTitle: 'Director' },
  ...more,
});
const laid = (...duties: PicturedMilestone[]) => timelineLayout(duties, year, TODAY);
const textsOf = ({ lanes, ticks }: TimelineLayout): PlacedText[] => [
  ...ticks,
  ...lanes.flatMap(({ label, rows }) => [
    label,
    ...rows.flatMap((row) => [
      ...(row.label === null ? [] : [row.label]),
      ...row.marks.flatMap((each) => each.label ?? []),
    ]),
  ]),
];
const overlap = (a: PlacedText, b: PlacedText): boolean =>
  Math.abs(a.y - b.y) < SHEET.text && a.x < b.x + b.width && b.x < a.x + a.width;

describe('what is looked at', () => {
  test.each([
    ['year', '2026-11-26', '2026-04-01', '2027-03-31', 'April 2026 to March 2027'],
    ['year', '2026-03-31', '2025-04-01', '2026-03-31', 'April 2025 to March 2026'],
    ['quarter', '2026-11-26', '2026-10-01', '2026-12-31', 'October to December 2026'],
    ['quarter', '2028-02-29', '2028-01-01', '2028-03-31', 'January to March 2028'],
  ] as const)('the %s of %s goes from %s to %s', (zoom, day, first, last, title) => {
    expect(windowAround(zoom, day, SPAN)).toMatchObject({ first, last, title });
  });

  test('nobody is led before the first or after the last in which there is anything', () => {
    for (const zoom of ['year', 'quarter'] as const) {
      const early = windowAround(zoom, '1999-01-01', SPAN);
      const late = windowAround(zoom, '2099-01-01', SPAN);
      expect(early.previous).toBeUndefined();
      expect(late.next).toBeUndefined();
      expect(early.first <= SPAN.first && SPAN.first <= early.last).toBe(true);
      expect(late.first <= SPAN.last && SPAN.last <= late.last).toBe(true);
    }
  });

  const OVER = { first: '2024-06-01', last: '2025-02-01' };
  test.each([
    ['today among the duties', SPAN, true, SPAN],
    ['all of it due before today', OVER, true, { first: OVER.first, last: TODAY }],
    ['all of it to come', { first: '2027-06-01', last: '2028-02-01' }, true, { first: TODAY, last: '2028-02-01' }],
    ['one that has ended', OVER, false, OVER],
    ['no duty at all', null, false, { first: TODAY, last: TODAY }],
  ] as const)('reaches today while the inspection is open: %s', (_what, duties, isOpen, expected) => {
    expect(spanWith(duties, { today: TODAY, isOpen })).toEqual(expected);
  });

  test.each([
    ['from another year', '2025-06-01', SPAN, true],
    ['not from its own', TODAY, SPAN, false],
    ['not from the last, beyond which it lies', OVER.last, OVER, false],
    ['not from one before that either', OVER.first, { ...OVER, last: '2025-06-01' }, false],
    ['from the last duties of one that is open', OVER.last, spanWith(OVER, { today: TODAY, isOpen: true }), true],
  ] as const)('today is led to where that shows something else: %s', (_what, day, span, expected) => {
    expect(isElsewhere(TODAY, windowAround('year', day, span), span)).toBe(expected);
  });

  test('from one to the next there is no gap, and back again it is the same', () => {
    for (const zoom of ['year', 'quarter'] as const) {
      let shown = windowAround(zoom, SPAN.first, SPAN);
      while (shown.next !== undefined) {
        const next = windowAround(zoom, shown.next.first, SPAN);
        expect(next.first).toBe(addDays(shown.last, 1));
        expect(next.title).toBe(shown.next.title);
        expect(windowAround(zoom, next.previous?.first ?? '', SPAN)).toEqual(shown);
        shown = next;
      }
      expect(shown.last >= SPAN.last).toBe(true);
    }
  });
});

describe('the layout', () => {
  test('no two texts lie on each other, none leaves the sheet, no mark lies on another’s name', () => {
    const duties = fc.array(
      fc.record({
        id: fc.integer({ min: 1, max: 9999 }),
        days: fc.integer({ min: 0, max: 364 }),
        strand: fc.constantFrom(...STRANDS_BY_LANE.map(({ name }) => name)),
        title: fc.string({ minLength: 1, maxLength: 90, unit: 'grapheme' }),
        standing: fc.constantFrom(...STANDINGS),
        cycle: fc.option(fc.constantFrom('a', 'b'), { nil: null }),
        forecast: fc.option(fc.integer({ min: -40, max: 400 }), { nil: null }),
        held: fc.option(fc.integer({ min: 1, max: 200 }), { nil: null }),
      }),
      { maxLength: 90 },
    );
    fc.assert(
      fc.property(duties, fc.constantFrom<Zoom>('year', 'quarter'), (all, zoom) => {
        const shown = windowAround(zoom, TODAY, SPAN);
        const length = daysBetween(shown.first, shown.last) + 1;
        const layout = timelineLayout(
          all.map(({ id, days, forecast, held, ...more }) => {
            const due = addDays(shown.first, days % length);
            return duty(`d-${id}`, due, {
              ...more,
              forecast: forecast === null ? null : addDays(due, forecast),
              ...(held === null ? {} : { hold: { since: addDays(due, -held), until: addDays(due, held) } }),
            });
          }),
          shown,
          TODAY,
        );
        const texts = textsOf(layout);
        for (const [index, text] of texts.entries()) {
          expect(text.x).toBeGreaterThanOrEqual(0);
          expect(text.x + text.width).toBeLessThanOrEqual(SHEET.width);
          for (const other of texts.slice(index + 1))
            expect([text, other, overlap(text, other)]).toEqual([text, other, false]);
        }
        for (const { rows } of layout.lanes)
          for (const { label, marks } of rows) {
            if (label !== null) continue;
            const extents = marks.map(extentOf).toSorted(([a], [b]) => a - b);
            for (const [index, [from]] of extents.entries())
              if (index > 0) expect(from).toBeGreaterThanOrEqual(extents[index - 1]?.[1] ?? 0);
          }
        expect(
          layout.lanes.flatMap(({ rows }) => rows.flatMap(({ marks }) => marks.flatMap((each) => each.duties))),
        ).toHaveLength(all.length);
      }),
      { numRuns: 60 },
    );
  });

  test('the rounds of a cycle are one row, under how many there are and what they are called', () => {
    const rounds = [4, 5, 6, 7].map((month) =>
      duty(`update-${month}`, `2026-0${month}-20`, { title: `Update to members, no. ${month}`, cycle: 'update' }),
    );
    const [lane] = laid(...rounds, duty('once', '2026-05-20', { title: 'Once' })).lanes;
    expect(lane?.rows.map(({ label, marks }) => [label?.text, marks.length])).toEqual([
      ['4 × Update to members', 4],
      [undefined, 1],
    ]);
  });

  test('rounds that come too often to be told apart are counted by month', () => {
    const weeks = Array.from({ length: 52 }, (_, n) => duty(`w-${n}`, addDays('2026-04-01', 7 * n), { cycle: 'w' }));
    const [row] = laid(...weeks).lanes[0]?.rows ?? [];
    expect(row?.marks.map((each) => each.label?.text)).toEqual([
      '5',
      '4',
      '4',
      '5',
      '4',
      '5',
      '4',
      '4',
      '5',
      '4',
      '4',
      '4',
    ]);
  });

  test('more of a kind than can be named are counted by month, each under the most urgent of them', () => {
    const many = Array.from({ length: MAX_NAMED + 1 }, (_, n) =>
      duty(`a${n}`, n < 3 ? '2026-05-29' : '2026-08-28', { standing: n === 1 ? 'overdue' : 'completed' }),
    );
    const [row, ...others] = laid(...many).lanes[0]?.rows ?? [];
    expect(others).toEqual([]);
    expect(row?.marks.map(({ standing, label }) => [standing, label?.text])).toEqual([
      ['overdue', '3'],
      ['completed', String(MAX_NAMED - 2)],
    ]);
  });

  test('a forecast stands beside its target: before or after it, and where it lies beyond what is looked at', () => {
    const forecasts = laid(
      duty('late', '2026-06-30', { forecast: '2026-08-31' }),
      duty('early', '2026-09-30', { forecast: '2026-09-01' }),
      duty('beyond', '2027-03-01', { forecast: '2027-09-01' }),
      duty('done', '2026-06-30', { forecast: '2026-08-31', standing: 'completed' }),
      duty('same', '2026-06-30', { forecast: '2026-06-30' }),
    ).lanes.flatMap(({ rows }) => rows.flatMap(({ marks }) => marks));
    const of = (id: string) => forecasts.find(({ duties }) => duties[0]?.milestone === id);
    expect(of('late')?.forecast).toMatchObject({ late: true, beyond: false });
    expect(of('late')?.forecast?.x).toBeGreaterThan(of('late')?.x ?? 0);
    expect(of('early')?.forecast).toMatchObject({ late: false, beyond: false });
    expect(of('beyond')?.forecast).toMatchObject({ late: true, beyond: true });
    expect([of('done')?.forecast, of('same')?.forecast]).toEqual([null, null]);
  });

  test('today is marked where it is looked at, and nowhere else', () => {
    expect(laid(duty('a', '2026-06-30')).today?.at).toBe(TODAY);
    expect(timelineLayout([duty('a', '2025-06-30')], windowAround('year', '2025-06-30', SPAN), TODAY).today).toBeNull();
  });
});

test('what is drawn as one says how many of what it stands for, and leads to where they are told apart', () => {
  const many = Array.from({ length: 40 }, (_, n) =>
    duty(`a${n}`, '2026-05-29', n === 0 ? { standing: 'overdue' } : {}),
  );
  const svg = timelineSvg({
    ...{ title: 'x', today: TODAY, shown: year, milestones: many, daysOff: [] },
    hrefOfSeveral: (from) => `?zoom=quarter&from=${from}`,
  });
  expect(svg).toContain('href="?zoom=quarter&amp;from=2026-05-29"');
  expect(svg).toContain('40 duties from Fri 29 May 2026: 1 overdue, 39 to do');
});

test('a text is cut to its room, with an ellipsis, and never is wider', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.integer({ min: 0, max: 300 }), (text, room) => {
      const cut = fitted(text, room, 13);
      expect(textWidth(cut, 13)).toBeLessThanOrEqual(room);
      if (textWidth(text, 13) <= room) expect(cut).toBe(text);
    }),
  );
});
