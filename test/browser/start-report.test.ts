import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadStart } from '../../client/files/load-start.ts';
import { packageRoot } from '../../platform/package-root.ts';
import { type BrowserRig, browserRig, impactful, picture, signIn, WIDTHS } from './support.ts';

const ADMINISTRATOR = 'democratic-services@middlesbrough.example.org';
const REPORT = join(packageRoot(), 'test', 'report', 'documents', 'sif-anyborough.pdf');

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

/** What every page has to be: readable, in its window, with nothing blocked. */
async function stands(page: Page, name: string): Promise<void> {
  const width = page.viewportSize()?.width ?? 0;
  await picture(page, name);
  expect([name, await impactful(page)]).toEqual([name, []]);
  expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
}

test.each(['phone', 'desk', 'dark'] as const)('from the report to what follows from it, on a %s', async (at) => {
  const page = await rig.window(at === 'dark' ? { dark: true } : { width: WIDTHS[at] });
  const blocked: string[] = [];
  page.on('console', (message) => blocked.push(message.text()));
  await signIn(rig, page, ADMINISTRATOR);
  await page.goto('/start');
  await page.getByRole('button', { name: 'Read the report' }).click();
  await stands(page, `report-none-${at}`);
  await page.getByLabel('Report (PDF, Word or text)').setInputFiles(REPORT);
  await page.getByRole('button', { name: 'Read the report' }).click();
  await stands(page, `report-found-${at}`);
  await page.getByRole('button', { name: 'Go on to the form' }).click();
  await stands(page, `report-form-${at}`);
  await page.getByLabel('Reference').fill(`from-report-${at}`);
  await page.getByRole('button', { name: 'Go on to the recommendations' }).click();
  await stands(page, `report-recommendations-${at}`);
  await page.getByLabel('Keep recommendation 2').uncheck();
  await page.getByLabel('Words of recommendation 1', { exact: true }).fill('');
  await page.getByRole('button', { name: 'See what follows' }).click();
  await stands(page, `report-mistake-${at}`);
  await page.getByLabel('Words of recommendation 1', { exact: true }).fill('Look at every assessment.');
  await page.getByRole('button', { name: 'See what follows' }).click();
  expect(await page.getByRole('heading', { level: 1 }).innerText()).toContain('Check before you start');
  await stands(page, `report-check-${at}`);
  expect(blocked.filter((line) => !line.includes('422'))).toEqual([]);
  expect(rig.board.errors).toEqual([]);
});
