import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadStart } from '../../client/files/load-start.ts';
import { type BrowserRig, browserRig, impactful, picture, presses, signIn, WIDTHS } from './support.ts';

const ends: (() => Promise<void>)[] = [];
let rig: BrowserRig;

beforeAll(async () => {
  rig = await browserRig((end) => ends.unshift(end));
  const { authority } = loadStart('examples/middlesbrough-2016.yaml').facts;
  await rig.board.register.board.keepAuthority(authority, new Date().toISOString());
});

afterAll(async () => {
  for (const end of ends) await end();
});

test.each(['phone', 'desk'] as const)(
  'on a %s an administrator marks somebody away in four presses from the first page, without scripts',
  async (at) => {
    const page = await rig.window({ width: WIDTHS[at], scripts: false });
    await signIn(rig, page, 'democratic-services@middlesbrough.example.org');
    expect(new URL(page.url()).pathname).toBe('/');
    const press = presses(page);
    await press.on('link', 'Somebody is away');
    await press.on('link', /^Mark away.*Head of Early Help/);
    for (const [legend, day] of [
      ['First day away', at === 'phone' ? '2' : '12'],
      ['Last day away', at === 'phone' ? '6' : '16'],
    ] as const) {
      const group = page.getByRole('group', { name: legend });
      await group.getByLabel('Day').fill(day);
      await group.getByLabel('Month').fill('2');
      await group.getByLabel('Year').fill('2199');
    }
    await page.getByLabel('Who stands in').selectOption('virtual-school-head');
    await press.on('button', 'Continue');
    await picture(page, `away-check-${WIDTHS[at]}`);
    expect(await page.getByRole('listitem').filter({ hasText: 'they stand in for Head of Early Help' }).count()).toBe(
      1,
    );
    await press.on('button', 'Confirm: mark somebody away');
    expect(await page.getByRole('alert').innerText()).toContain('It is noted who is away, and who stands in.');
    expect(press.count()).toBeLessThanOrEqual(4);
  },
);

test.each(['phone', 'desk'] as const)('on a %s the way there stands in nobody’s way', async (at) => {
  const page = await rig.window({ width: WIDTHS[at] });
  await signIn(rig, page, 'democratic-services@middlesbrough.example.org');
  expect(await impactful(page)).toEqual([]);
  expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(WIDTHS[at]);
  await picture(page, `first-page-${WIDTHS[at]}`);
});
