import { afterAll, beforeAll, expect, test } from 'vitest';
import { addDays } from '../../domain/calendar/civil-date.ts';
import { localDate } from '../../domain/calendar/london.ts';
import type { InspectionRef } from '../../domain/inspection-ref.ts';
import { type BrowserRig, browserRig, impactful, picture, presses, signIn, WIDTHS } from './support.ts';

const OWNER = 'head-of-looked-after-children@middlesbrough.example.org';
const ADMINISTRATOR = 'democratic-services@middlesbrough.example.org';
const ACTIONS = ['care-plan-audit', 'adoption-tracking', 'care-leavers'] as const;

const ends: (() => Promise<void>)[] = [];
let rig: BrowserRig;
let id: InspectionRef;
const today = localDate(new Date().toISOString());

beforeAll(async () => {
  rig = await browserRig((end) => ends.unshift(end));
  id = await rig.board.start('examples/middlesbrough-2016.yaml', { received: addDays(today, -20) });
  const as = { id: ADMINISTRATOR, role: 'democratic-services' };
  const { engine, register } = rig.board;
  // Three open actions are left of the owner's.
  await engine.command(id, 'complete', { milestone: 'statutory-visits' }, as);
  const { seq } = await engine.command(id, 'openRound', { by: addDays(today, 10), title: 'the board' }, as);
  await register.reached('middlesbrough', id.split('/')[1] ?? '', seq, 20_000);
});

afterAll(async () => {
  for (const end of ends) await end();
});

/** The path to which the round's link in a mail leads. */
const FORM = () => `/my-duties/progress/${id}`;

test('from the mail’s link an owner reports on three actions by four presses, without scripts', async () => {
  const page = await rig.window({ scripts: false });
  await signIn(rig, page, OWNER, FORM());
  expect(new URL(page.url()).pathname).toBe(FORM());
  const press = presses(page);
  for (const [nth] of ACTIONS.entries()) await press.on('radio', /^Green/, nth);
  await press.on('button', 'Send what you have entered', 1);
  expect(await page.getByRole('alert').innerText()).toContain('Your 3 reports are on record.');
  expect(press.count()).toBeLessThanOrEqual(4);
  for (const action of ACTIONS) {
    const [row] = await rig.board.register.milestones(
      'middlesbrough',
      id.split('/')[1] ?? '',
      `improvement-actions/${action}`,
    );
    expect([action, row?.rating]).toEqual([action, 'Green']);
  }
});

test('in the next round nothing has changed: one press says so of all three', async () => {
  const as = { id: ADMINISTRATOR, role: 'democratic-services' };
  const { seq } = await rig.board.engine.command(id, 'openRound', { by: addDays(today, 12), title: 'scrutiny' }, as);
  await rig.board.register.reached('middlesbrough', id.split('/')[1] ?? '', seq, 20_000);
  const page = await rig.window({ scripts: false });
  await signIn(rig, page, OWNER, FORM());
  const press = presses(page);
  await press.on('button', 'No change on all of these');
  expect(await page.getByRole('alert').innerText()).toContain('Your 3 reports are on record.');
  expect(press.count()).toBe(1);
});

test.each(['phone', 'desk'] as const)('on a %s the owner’s pages stand in nobody’s way', async (at) => {
  const as = { id: ADMINISTRATOR, role: 'democratic-services' };
  const { seq } = await rig.board.engine.command(
    id,
    'openRound',
    { by: addDays(today, 14), title: `a round for the ${at}` },
    as,
  );
  await rig.board.register.reached('middlesbrough', id.split('/')[1] ?? '', seq, 20_000);
  const page = await rig.window({ width: WIDTHS[at] });
  await signIn(rig, page, OWNER, '/my-duties');
  for (const [name, path] of [
    ['owner-duties', '/my-duties'],
    ['owner-progress', FORM()],
  ] as const) {
    await page.goto(path);
    await picture(page, `${name}-${WIDTHS[at]}`);
    expect([name, await impactful(page)]).toEqual([name, []]);
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(WIDTHS[at]);
  }
  await page.getByLabel('How much of it is done, in per cent?').first().fill('140');
  await page.getByRole('button', { name: 'Send what you have entered' }).nth(1).click();
  await picture(page, `owner-progress-mistake-${WIDTHS[at]}`);
  expect(await impactful(page)).toEqual([]);
  await page.getByRole('alert').getByRole('link').first().click();
  expect(await page.evaluate<string>('location.hash')).toMatch(/^#percent--/);
});
