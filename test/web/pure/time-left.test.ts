import { expect, test } from 'vitest';
import { renderTemplate } from '../../../client/web/render.ts';
import { placed } from '../../support/rows.ts';

// A Saturday, seen on the Friday before it.
const TODAY = '2026-10-30';
const SATURDAY = {
  ...placed({ milestone: 'improvement-actions/audit', title: 'Audit the files', due: '2026-10-31' }),
  ...{ standing: 'open', workingDaysLate: 0, notes: [], others: [], steps: [] },
};
const AROUND = {
  ...{ title: 'x', version: 'x', today: TODAY, links: [], id: 'anyborough/2016', tabs: [] },
  ...{ milestonePath: () => '', formAt: () => '' },
};

test.each<[string, object]>([
  [
    'duties.html',
    { groups: [{ name: 'week', title: 'Due this week', rows: [SATURDAY], rounds: [] }], weekEnds: TODAY },
  ],
  ['inspection.html', { open: true, summary: {}, late: [], next: [SATURDAY], far: { lines: [] }, themes: [] }],
  ['milestone.html', { row: { ...SATURDAY, explanation: [] }, late: 0 }],
])('%s does not say of a day off that follows that it is today', (template, shown) => {
  const html = renderTemplate(template, { ...AROUND, ...shown });
  expect(html).toContain('due before the next working day');
  expect(html).not.toMatch(/due today|0 working days/);
});

test('what is on hold says so in words, also when its day has passed', () => {
  const rows = [{ ...SATURDAY, standing: 'held', due: '2026-10-28', workingDaysLate: 2 }];
  const groups = [{ name: 'later', title: 'Later', rows, rounds: [] }];
  const html = renderTemplate('duties.html', { ...AROUND, groups, weekEnds: TODAY });
  expect(html).toMatch(/its date has passed\s*<strong class="govuk-tag govuk-tag--yellow">\s*On hold/);
});
