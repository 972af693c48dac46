import { Client } from '@temporalio/client';
import { expect, onTestFinished, test } from 'vitest';
import { unsubscribeBy } from '../../activities/mail/unsubscribe.ts';
import { Engine } from '../../client/engine.ts';
import { boardPages } from '../../client/web/board-pages.ts';
import { milestonePages } from '../../client/web/lists.ts';
import { linksFor, type PageLink } from '../../client/web/navigation.ts';
import { openPage } from '../../client/web/page.ts';
import { appPartsOf } from '../../client/web/app-parts.ts';
import { personOf } from '../../client/web/people.ts';
import { openRegister } from '../../register/register.ts';
import { council } from '../support/facts.ts';
import { outsideBy } from '../../platform/outside/outside.ts';
import { joinedOf } from '../../client/web/joined.ts';
import { secretBox } from '../../platform/encryption/secret-box.ts';
import { readEnvironment } from '../../domain/schemas/environment.ts';
import { lazyConnection } from '../../platform/temporal-connection.ts';

/** The board with a register and an engine that nothing has asked yet: neither connects before. */
function board() {
  const address = '127.0.0.1:1';
  const register = openRegister({ url: `postgres://${address}/none` });
  onTestFinished(() => register.close());
  const engine = new Engine(new Client({ connection: lazyConnection({ address }) }), { taskQueue: 'none', address });
  const [boardUrl, secret] = ['http://localhost/', 'x'.repeat(32)];
  const unsubscribe = unsubscribeBy({ boardUrl, secret });
  const parts = appPartsOf({
    register,
    engine,
    boardUrl,
    secret,
    unsubscribe,
    joined: joinedOf(readEnvironment({})),
    outside: outsideBy({ allow: 'public' }),
    secrets: secretBox([]),
    onError: () => undefined,
  });
  return boardPages(parts, milestonePages(parts), () => ({}));
}

const LINKS: PageLink[] = [
  { href: '/', text: 'Overdue', in: 'navigation', about: 'x' },
  { href: '/inspections', text: 'Inspections', in: 'navigation', about: 'x' },
  { href: '/undeliverable', text: 'Undeliverable', in: 'navigation', about: 'x', only: 'seniors' },
  { href: '/health', text: 'Health', in: 'footer', about: 'x' },
];
const holderOf = (capacity: string) => {
  const email = council.roles.find((role) => role.capacity === capacity)?.email ?? '';
  return personOf({ email, name: 'Somebody', roles: null }, [council]);
};
const shown = (capacity: string, path: string) => linksFor(holderOf(capacity), path, LINKS);

test('every link leads to a page of those that it was said with, and no two to the same', () => {
  const linked = board().flatMap(({ routes, link }) => (link === null ? [] : [{ routes, link }]));
  for (const { routes, link } of linked)
    expect(routes.routes.filter(({ method }) => method === 'GET').map(({ path }) => path)).toContain(link.href);
  expect(new Set(linked.map(({ link }) => link.href)).size).toBe(linked.length);
});

test('a link stands where it belongs, and one for managers is shown to nobody else', () => {
  const texts = (capacity: string) => shown(capacity, '/').navigation.map(({ text }) => text);
  expect(texts('owner')).toEqual(['Overdue', 'Inspections']);
  expect(texts('administrator')).toEqual(['Overdue', 'Inspections', 'Undeliverable']);
  expect(shown('owner', '/').footer).toEqual([{ href: '/health', text: 'Health', current: undefined }]);
});

test.each<[string, (string | undefined)[]]>([
  ['/', ['page', undefined]],
  ['/inspections', [undefined, 'page']],
  ['/inspections/anyborough/2016', [undefined, 'true']],
  ['/start/many', [undefined, 'true']],
  ['/inspections-of-old', [undefined, undefined]],
])('at %s the link to it, or to what it belongs to, is marked', (path, marks) => {
  expect(shown('owner', path).navigation.map(({ current }) => current)).toEqual(marks);
});

test('who has not signed in is led nowhere but to what is for anybody', () => {
  const html = openPage('accessibility.html', { title: 'Accessibility' });
  expect(
    [...html.matchAll(/<a class="[^"]*(?:board-nav|govuk-footer)__link" href="([^"]*)"/g)].map(([, to]) => to),
  ).toEqual(['/accessibility']);
});
