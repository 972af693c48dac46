import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BrowserRig, browserRig, picture, signIn, WIDTHS } from './support.ts';

const ends: (() => Promise<void>)[] = [];
let rig: BrowserRig;

beforeAll(async () => {
  rig = await browserRig((end) => ends.unshift(end));
});

afterAll(async () => {
  for (const end of ends) await end();
});

/** Fills in a row of new actions as somebody does who goes from field to field. */
async function fillRow(page: Page, n: number, title: string, theme: string): Promise<void> {
  const row = page.getByRole('group', { name: `Action ${n}` }).first();
  await row.getByLabel('What is to be done').fill(title);
  await row.getByLabel('Theme (optional)').selectOption({ label: theme });
  await row.getByLabel('Day').fill('26');
  await row.getByLabel('Month').fill('3');
  await row.getByLabel('Year').fill(String(new Date().getFullYear() + 1));
}

test('a plan is written after the start, without scripts: themes, six actions on one page, one check page', async () => {
  const page = await rig.window({ width: WIDTHS.desk, scripts: false });
  const reference = `written-${Date.now().toString(36)}`;
  await rig.board.start('examples/middlesbrough-2016.yaml');
  await signIn(rig, page, 'assistant-director@middlesbrough.example.org', '/start');
  await page.goto('/start');
  const file = [
    `reference: ${reference}`,
    'title: Inspection without a plan',
    'authority: middlesbrough',
    'framework: ilacs-2018',
    'fieldwork: { from: 2026-10-05, until: 2026-10-09 }',
    'report: { received: 2026-11-02 }',
    'recommendations: [{ id: r1, text: Lead the practice }]',
  ].join('\n');
  await page.locator('textarea#text').fill(file);
  await page.getByRole('button', { name: 'See what follows' }).click();
  await page.getByRole('button', { name: 'Start this inspection' }).click();
  await page.getByRole('heading', { name: 'Write the plan now, or later' }).waitFor();
  await picture(page, 'story-plan-begin');
  expect(await page.getByRole('link', { name: 'Later' }).count()).toBe(1);
  await page.getByRole('link', { name: 'Write the plan now' }).click();
  await page.getByRole('link', { name: 'Add a theme' }).click();
  await page.getByRole('textbox', { name: 'Title' }).fill('Practice leadership');
  await page.getByLabel('Accountable officer').selectOption('assistant-director');
  await page.getByRole('button', { name: 'Keep in my draft' }).click();
  await page.getByRole('link', { name: 'Add actions' }).first().click();
  for (let n = 1; n <= 6; n++) await fillRow(page, n, `Step ${n} of the practice`, 'Practice leadership');
  await picture(page, 'story-six-actions');
  await page.getByRole('button', { name: 'Look at what changes' }).click();
  await page.getByLabel('Why?').fill('Agreed by the board');
  await picture(page, 'story-plan-changes');
  await page.getByRole('button', { name: 'Carry out' }).click();
  expect(await page.getByRole('alert').innerText()).toContain('The plan is revised.');
  await picture(page, 'story-plan-revised');
  const { facts } = (await rig.board.engine.inspect(`middlesbrough/${reference}`)).state;
  expect([facts.revision, facts.inspection.actions.length]).toEqual([2, 6]);
  expect(rig.board.errors).toEqual([]);
});
