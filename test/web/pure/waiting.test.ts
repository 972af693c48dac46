import { expect, test } from 'vitest';
import { loadsOf } from '../../../client/web/pages/waiting.ts';
import { renderTemplate } from '../../../client/web/render.ts';
import { council } from '../../support/facts.ts';

const AROUND = { title: 'Waiting for you', version: 'x', links: [], sections: [], loads: [], some: false, silent: [] };
const SILENT = [{ id: 'anyborough/2016', title: 'Anyborough 2016' }];

test.each<[string, object, boolean]>([
  ['where all were looked into', { nothing: true }, true],
  ['not where one did not answer', { nothing: false, silent: SILENT }, false],
  ['not where one was not asked', { nothing: false, notAsked: 1 }, false],
])('nothing is waiting: said %s', (_where, shown, said) => {
  const html = renderTemplate('waiting.html', { ...AROUND, ...shown });
  expect(html.includes('Nothing is waiting for you')).toBe(said);
  // A list of nothing is none.
  expect(html).not.toContain('board-counts"');
});

test('how much somebody has to do leads to no list in which there is more', () => {
  const load = {
    ownerTitle: 'Head of Service',
    authority: 'anyborough',
    open: 5,
    late: 2,
    bar: [],
    lateHref: '/overdue?owner=x',
  };
  const html = renderTemplate('waiting.html', { ...AROUND, loads: [load] });
  expect(html).toContain('<td class="govuk-table__cell" data-label="To do">5</td>');
  expect(html).toContain('href="/overdue?owner=x"');
  expect(html).not.toContain('status=all');
});

test('in the bars what is still to do is not drawn as what is no longer to be done, and their key says which is which', () => {
  const roles = council.roles.filter(({ capacity }) => capacity === 'administrator');
  const person = {
    ...{ email: 'democratic-services@anyborough.example.org', name: 'Democratic Services Manager', roles: [] },
    ...{ guests: [], memberships: [{ authority: council, roles }] },
  };
  const of = (owner: string, open: number, late: number) => ({
    ...{ authority: council.id, owner, ownerTitle: owner, open, late, submitted: 0 },
  });
  const loads = loadsOf(person, [of('director', 4, 1), of('head-of-service', 2, 0)]);
  expect(loads.map(({ bar }) => bar)).toEqual([
    [
      { kind: 'late', x: 0, width: 25 },
      { kind: 'to-do', x: 25, width: 75 },
    ],
    [{ kind: 'to-do', x: 0, width: 50 }],
  ]);
  const html = renderTemplate('waiting.html', { ...AROUND, loads });
  expect(html).not.toContain('board-bar__other');
  expect(html).toMatch(/class="board-bar__to-do"[^>]*\/><\/svg>still to do/);
});

test('what others owe is shown, and not counted among what waits', () => {
  const of = (isForInformation: boolean) => ({
    ...{ kind: 'briefings', title: 'The next briefings', n: 1, more: 0, isForInformation },
    items: [{ href: '/x', title: 'Written update', said: 'The Director gives it by 4 December', of: '', steps: [] }],
  });
  const html = (section: object, some: boolean) =>
    renderTemplate('waiting.html', { ...AROUND, sections: [section], some, nothing: !some });
  expect(html(of(true), false)).toContain('Nothing is waiting for you');
  expect(html(of(true), false)).toContain('Written update');
  expect(html(of(true), true)).not.toContain('href="#briefings"');
  expect(html(of(false), true)).toContain('href="#briefings"');
});
