import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { packageRoot } from '../../platform/package-root.ts';
import { loadStart } from '../../client/files/load-start.ts';
import { type BrowserRig, browserRig, picture, signIn, WIDTHS } from './support.ts';

const FILE = 'examples/middlesbrough-2016.yaml';
const MANAGER = 'assistant-director@middlesbrough.example.org';
const ADMINISTRATOR = 'democratic-services@middlesbrough.example.org';
const PLAN = 'plan-submission/written-action-plan';
/** Three people, eight pictures of long pages: each step has its own, shorter bound. */
const STORY_MS = 180_000;

const ends: (() => Promise<void>)[] = [];
let rig: BrowserRig;

beforeAll(async () => {
  rig = await browserRig((end) => ends.unshift(end));
  const { authority } = loadStart(FILE).facts;
  await rig.board.register.board.keepAuthority(authority, new Date().toISOString());
});

afterAll(async () => {
  for (const end of ends) await end();
});

describe.each([
  { at: 'desk', width: WIDTHS.desk, scripts: true },
  { at: 'phone', width: WIDTHS.phone, scripts: true },
  { at: 'desk', width: WIDTHS.desk, scripts: false },
  { at: 'phone', width: WIDTHS.phone, scripts: false },
])('Middlesbrough 2016, on a $at, scripts: $scripts', ({ at, width, scripts }) => {
  const reference = `story-${at}-${scripts ? 'scripts' : 'plain'}-${Date.now().toString(36)}`;
  const step = (page: Page, name: string) => picture(page, `story-${at}-${scripts ? 'scripts' : 'plain'}-${name}`);

  test(
    'is started from its file, submitted by its owner, and leaves the overdue list',
    async () => {
      const manager = await rig.window({ width, scripts });
      await signIn(rig, manager, MANAGER, '/start');
      expect(new URL(manager.url()).pathname).toBe('/start');
      await manager.getByLabel('Inspection file (YAML)').setInputFiles({
        name: 'middlesbrough-2016.yaml',
        mimeType: 'application/yaml',
        buffer: Buffer.from(
          readFileSync(join(packageRoot(), FILE), 'utf8').replace('reference: 2016', `reference: ${reference}`),
        ),
      });
      await manager.getByRole('button', { name: 'See what follows' }).click();
      await expectText(manager, 'Check before you start');
      await expectText(manager, 'Thu 30 June 2016');
      await step(manager, '1-preview');
      await manager.getByRole('button', { name: 'Start this inspection' }).click();
      await manager.waitForURL(`**/inspections/middlesbrough/${reference}**`);
      await step(manager, '2-started');
      await expectText(manager, 'How far it is');
      await manager.getByRole('link', { name: 'Duties', exact: true }).click();
      const planRow = manager.getByRole('row').filter({ hasText: 'Written action plan' }).first();
      expect(await planRow.innerText()).toContain('Overdue');
      await step(manager, '2-duties');

      const administrator = await rig.window({ width, scripts });
      await signIn(rig, administrator, ADMINISTRATOR, `/?q=${reference}`);
      const planLink = `/inspections/middlesbrough/${reference}/milestones/${PLAN}`;
      expect(await administrator.locator(`a[href="${planLink}"]`).count()).toBe(1);
      const overdueBefore = await overdueCount(administrator);
      await step(administrator, '3-overdue');

      const milestones = await rig.board.register.milestones('middlesbrough', reference);
      const role = milestones.find((each) => each.milestone === PLAN)?.owner;
      const owner = await rig.window({ width, scripts });
      await signIn(rig, owner, `${role}@middlesbrough.example.org`, '/my-duties');
      await owner.locator(`a[href="${planLink}"]`).click();
      await owner.getByRole('link', { name: 'Submit', exact: true }).click();
      await step(owner, '4-submit');

      // A day that has not come: the workflow's own words, where it was asked, and what was typed is still there.
      await fillDate(owner, '31', '12', '2099');
      await owner.getByLabel('Link to the evidence').fill('https://www.example.org/plan');
      await owner.getByRole('button', { name: 'Continue' }).click();
      expect(await owner.getByRole('alert').innerText()).toContain('31 December 2099');
      expect(await owner.getByLabel('Link to the evidence').inputValue()).toBe('https://www.example.org/plan');
      await step(owner, '5-refused');

      await fillDate(owner, '', '', '');
      await owner.getByRole('button', { name: 'Continue' }).click();
      await expectText(owner, 'https://www.example.org/plan');
      const tooLate = await owner.context().newPage();
      await tooLate.goto(`${planLink}/do/submit`);
      await tooLate.getByRole('button', { name: 'Continue' }).click();
      await owner.getByRole('button', { name: 'Confirm: submit' }).click();
      await expectText(owner, 'It is submitted, and waits for Ofsted to accept it or send it back.');
      await step(owner, '6-submitted');

      // A second window, opened before: the workflow refuses.
      await tooLate.getByRole('button', { name: 'Confirm: submit' }).click();
      expect(await tooLate.getByRole('alert').innerText()).toContain('was already submitted on');

      await administrator.reload();
      expect(await administrator.locator(`a[href="${planLink}"]`).count()).toBe(0);
      expect(await overdueCount(administrator)).toBe(overdueBefore - 1);
      await step(administrator, '7-no-longer-overdue');
      expect(rig.board.errors).toEqual([]);
    },
    STORY_MS,
  );
});

async function expectText(page: Page, text: string): Promise<void> {
  await page.getByText(text).first().waitFor();
  expect(await page.getByText(text).count()).toBeGreaterThan(0);
}

async function fillDate(page: Page, day: string, month: string, year: string): Promise<void> {
  await page.getByLabel('Day').fill(day);
  await page.getByLabel('Month').fill(month);
  await page.getByLabel('Year').fill(year);
}

async function overdueCount(page: Page): Promise<number> {
  const text = await page
    .getByRole('link', { name: /^Overdue/ })
    .last()
    .innerText();
  return Number(/\d+/.exec(text)?.[0]);
}
