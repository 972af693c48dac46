import { describe, expect, test } from 'vitest';
import { calendarMonth } from '../../../client/web/pictures/month.ts';
import { windowAround } from '../../../client/web/pictures/zoom.ts';
import { timelineSvg, timelineTable } from '../../../client/web/pictures/timeline.ts';
import type { PicturedMilestone } from '../../../client/web/pictures/picture.ts';

const made = (id: string, due: string, more: Partial<PicturedMilestone> = {}): PicturedMilestone => ({
  authority: 'anyborough',
  reference: '2026',
  milestone: id,
  strand: 'plan-submission',
  title: id,
  due,
  standing: 'open',
  provisional: false,
  standIn: null,
  ownerTitle: 'Director',
  ...more,
});

const MILESTONES = [
  made('late', '2026-03-02', { standing: 'overdue' }),
  made('todo', '2026-05-29', { strand: 'cabinet-updates', provisional: true }),
  made('held', '2026-04-15', { standing: 'held', hold: { since: '2026-03-16', until: '2026-04-10' } }),
  made('sent', '2026-03-20', { standing: 'submitted' }),
  made('done', '2026-03-20', { standing: 'completed' }),
  made('gone', '2026-03-20', { standing: 'waived' }),
];
const OFF = [
  { date: '2026-04-03', title: 'Good Friday' },
  { date: '2026-12-25', title: 'Christmas Day' },
];
const YEAR = { first: '2025-04-01', last: '2026-12-31' };
const svgAt = (today: string) =>
  timelineSvg({
    ...{ title: 'An <inspection>', today, milestones: MILESTONES, daysOff: OFF },
    shown: { ...windowAround('quarter', '2026-03-20', YEAR), last: '2026-05-31' },
    hrefOfSeveral: (from) => `#${from}`,
  });

describe('the timeline', () => {
  const svg = svgAt('2026-03-24');

  test('has a lane for each strand that has something, under its name', () => {
    expect(svg.match(/class="timeline-lane/g)).toHaveLength(2);
    expect(svg).toContain('>Plan submission<');
    expect(svg).toContain('>Cabinet updates<');
    expect(svg).not.toContain('>Member briefings<');
  });

  test('tells where each milestone stands by a shape and a word of its own, and leads to it', () => {
    const shapes = new Map(
      [
        ...svg.matchAll(
          /<a href="\/inspections\/anyborough\/2026\/milestones\/(\w+)"[^>]*><title>([^<]+)<\/title>.*?<g class="timeline-mark[^"]*"[^>]*>(.*?)<\/g>/gs,
        ),
      ].map(([, id = '', words = '', shape = '']) => [id, { words, shape }]),
    );
    expect([...shapes.keys()].toSorted()).toEqual(['done', 'gone', 'held', 'late', 'sent', 'todo']);
    expect(new Set([...shapes.values()].map((each) => each.shape)).size).toBe(6);
    expect(shapes.get('late')?.words).toContain('overdue');
    expect(shapes.get('held')?.words).toContain('on hold');
    expect(shapes.get('todo')?.words).toContain('(provisional)');
    expect(svg).toContain('timeline-mark--provisional');
  });

  test('marks on one day do not lie on each other', () => {
    const places = ['sent', 'done', 'gone'].map((id) => placeOf(svg, id));
    expect(new Set(places.map((each) => each.x)).size).toBe(1);
    expect(new Set(places.map((each) => each.y)).size).toBe(3);
  });

  test('draws today where it is among the dates, and not at all where it is years away', () => {
    const today = Number(/class="timeline-today" x1="([\d.]+)"/.exec(svg)?.[1]);
    expect(today).toBeGreaterThan(placeOf(svg, 'done').x);
    expect(today).toBeLessThan(placeOf(svg, 'held').x);
    expect(svg).toContain('Today, Tue 24 March 2026');
    expect(svgAt('2031-03-24')).not.toContain('timeline-today');
  });

  test('shades days off that are in its months, and hatches a hold from its first to its last day', () => {
    expect(svg).toContain('Good Friday');
    expect(svg).not.toContain('Christmas Day');
    const [, x = '', width = ''] = /class="timeline-hold" x="([\d.]+)" y="[\d.]+" width="([\d.]+)"/.exec(svg) ?? [];
    const perDay = (placeOf(svg, 'held').x - placeOf(svg, 'late').x) / 44;
    expect(Number(width) / perDay).toBeCloseTo(26, 0);
    expect(Number(x)).toBeGreaterThan(placeOf(svg, 'late').x);
    expect(svg).toContain('fill="url(#timeline-hatch)"');
  });

  test('nothing in it is taken for markup', () => {
    expect(svg).toContain('Timeline of An &lt;inspection&gt;');
  });

  test('its table holds every milestone, by date, in the same words', () => {
    const rows = timelineTable({ milestones: MILESTONES });
    expect(rows.map((each) => each.due)).toEqual(MILESTONES.map((each) => each.due).toSorted());
    expect(rows.map((each) => each.words).toSorted()).toEqual(
      ['Done', 'No longer applies', 'On hold', 'Overdue', 'Submitted', 'To do'].toSorted(),
    );
  });
});

describe('a month', () => {
  const month = calendarMonth({ month: '2026-04', today: '2026-04-15', milestones: MILESTONES, daysOff: OFF });

  test('is whole weeks from Monday, each day once, with what falls due on it', () => {
    expect(month.caption).toBe('April 2026');
    expect([month.previous.caption, month.next.month]).toEqual(['March 2026', '2026-05']);
    const days = month.weeks.flat();
    expect(days[0]?.date).toBe('2026-03-30');
    expect(days.at(-1)?.date).toBe('2026-05-03');
    expect(days).toHaveLength(35);
    expect(days.filter((each) => each.inMonth)).toHaveLength(30);
    const [held] = days.filter((each) => each.items.length > 0);
    expect(held).toMatchObject({ date: '2026-04-15', today: true, items: [{ title: 'held', words: 'On hold' }] });
  });

  test('knows days of rest: weekends, and bank holidays by their names', () => {
    const rest = month.weeks.flat().filter((each) => each.rest && each.inMonth);
    expect(rest.map((each) => each.day)).toEqual([3, 4, 5, 11, 12, 18, 19, 25, 26]);
    expect(rest[0]?.off).toBe('Good Friday');
  });
});

function placeOf(svg: string, id: string): { x: number; y: number } {
  const [, x = '', y = ''] =
    new RegExp(`href="/inspections/anyborough/2026/milestones/${id}".*?translate\\(([\\d.]+) ([\\d.]+)\\)`, 's').exec(
      svg,
    ) ?? [];
  return { x: Number(x), y: Number(y) };
}
