import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { InspectionRef } from '../../domain/inspection-ref.ts';
import { editBook } from '../support/edited-book.ts';
import { type BrowserRig, browserRig, impactful, picture, signIn, WIDTHS } from './support.ts';

/** The threads that make and read workbooks are brought up here from sources: on a busy machine that takes its time. */
const BUSY_MS = 100_000;

const ends: (() => Promise<void>)[] = [];
const folder = mkdtempSync(join(tmpdir(), 'duecourse-browser-books-'));
let rig: BrowserRig;
let id: InspectionRef;

beforeAll(async () => {
  rig = await browserRig((end) => ends.unshift(end));
  id = await rig.board.start('examples/middlesbrough-2016.yaml', { received: '2026-10-01' });
});
afterAll(async () => {
  for (const end of ends) await end();
  rmSync(folder, { recursive: true, force: true });
});

test('a workbook is downloaded, typed into, brought back, looked at, and carried out', async () => {
  const page = await rig.window({ width: WIDTHS.desk });
  await signIn(rig, page, 'assistant-director@middlesbrough.example.org');
  await page.goto(`/inspections/${id}/plan`);
  await page.getByRole('link', { name: 'Excel workbook' }).click();
  const [had] = await Promise.all([
    page.waitForEvent('download', { timeout: BUSY_MS }),
    page.getByRole('link', { name: 'Download the workbook (.xlsx)' }).click(),
  ]);
  const [out, back] = [join(folder, 'out.xlsx'), join(folder, 'back.xlsx')];
  await had.saveAs(out);
  editBook(out, back, [
    { sheet: 'Actions', cell: 'D2', value: 'Put one standard of supervision in place' },
    { sheet: 'Actions', cell: 'F3', date: '2027-03-26' },
    { sheet: 'Actions', cell: 'E5', value: 'Nobody at all' },
    { sheet: 'Actions', cell: 'I4', value: '▲ Amber' },
    { sheet: 'Actions', cell: 'M4', value: 'Two of five teams are trained.' },
    { sheet: 'Themes', cell: 'G2', value: 'perhaps' },
  ]);
  page.setDefaultTimeout(BUSY_MS);
  await page.getByLabel('The workbook').setInputFiles(back);
  await page.getByRole('button', { name: 'See what changes' }).click();
  for (const at of ['phone', 'desk'] as const) {
    await page.setViewportSize({ width: WIDTHS[at], height: 900 });
    await picture(page, `plan-workbook-check-${WIDTHS[at]}`);
    expect(await impactful(page)).toEqual([]);
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(WIDTHS[at]);
  }
  await page.getByLabel('Why?').fill('Agreed by the improvement board');
  await page.getByRole('button', { name: 'Carry out' }).click();
  expect(await page.getByRole('status').innerText()).toBe('The plan is at revision 2. One report is on record.');
  await picture(page, 'plan-workbook-done');
  expect(rig.board.errors).toEqual([]);
});
