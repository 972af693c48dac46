import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { localDate } from '../../../domain/calendar/london.ts';
import { openLifecycle } from '../../../domain/lifecycle/open-lifecycle.ts';
import { calendarOf, type LifecycleStart } from '../../../domain/lifecycle/state.ts';
import { preview } from '../../../domain/preview/preview.ts';
import { listedAtStart } from '../../../client/web/start/uploaded.ts';
import { packageRoot } from '../../../platform/package-root.ts';
import { example } from '../../support/example.ts';

const EXAMPLES = [
  ...readdirSync(join(packageRoot(), 'examples'))
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => name.replace(/\.yaml$/, '')),
  'every-key/inspection',
];

/** What is listed before a start a few days after the report, with what is begun by it. */
function listed(start: LifecycleStart, now: string) {
  const shown = preview(start.facts, calendarOf(start), { today: localDate(now) });
  const begun = openLifecycle(start, now);
  return {
    shown,
    ...listedAtStart(start, shown, now),
    begun: [...Object.keys(begun.kept), ...Object.keys(begun.ended)],
  };
}

describe('what is listed before a start is what follows from it', () => {
  test.each(EXAMPLES)('%s', (name) => {
    const start = example(name);
    const { report, happened } = start.facts.inspection;
    const day = happened.length > 0 ? '2026-11-26' : (report.received ?? report.published);
    const { milestones, later, begun } = listed(start, `${day}T10:00:00.000Z`);
    const ids = milestones.map(({ id }) => id);
    expect(begun.filter((id) => !ids.includes(id))).toEqual([]);
    expect(ids.length - later).toBe(begun.length);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('a yearly promise, whose second round is beyond the year that is shown', () => {
    const start = example('middlesbrough-2016', { received: '2016-02-19' });
    const { inspection } = start.facts;
    const yearly = { rule: 'member-briefing', every: { n: 12, unit: 'month', convention: 'after' } };
    const facts = { ...start.facts, inspection: { ...inspection, commitments: [yearly] } } as LifecycleStart['facts'];
    const { shown, milestones, later } = listed({ ...start, facts }, '2016-02-22T10:00:00.000Z');
    expect(milestones.length).toBe(shown.milestones.length + 1);
    expect(later).toBe(0);
  });
});
