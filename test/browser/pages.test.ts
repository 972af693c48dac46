import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addDays } from '../../domain/calendar/civil-date.ts';
import { localDate } from '../../domain/calendar/london.ts';
import type { InspectionRef } from '../../domain/inspection-ref.ts';
import { type BrowserRig, browserRig, impactful, picture, PICTURES, signIn, WIDTHS } from './support.ts';

const ADMINISTRATOR = 'democratic-services@middlesbrough.example.org';
const DAYS_AGO = 130;

const ends: (() => Promise<void>)[] = [];
let rig: BrowserRig;
const pages = new Map<keyof typeof WIDTHS, Page>();
let id: InspectionRef;

beforeAll(async () => {
  rig = await browserRig((end) => ends.unshift(end));
  const today = localDate(new Date().toISOString());
  id = await rig.board.start('examples/middlesbrough-2016.yaml', { received: addDays(today, -DAYS_AGO) });
  await livenUp(rig, id, today);
  for (const at of ['phone', 'desk'] as const) {
    const page = await rig.window({ width: WIDTHS[at] });
    await signIn(rig, page, ADMINISTRATOR);
    pages.set(at, page);
  }
});

afterAll(async () => {
  for (const end of ends) await end();
});

/** Something of each kind, so that the pages show what they show in a year's use. */
async function livenUp({ board }: BrowserRig, inspection: InspectionRef, today: string): Promise<void> {
  const [authority = '', reference = ''] = inspection.split('/');
  const open = (await board.register.milestones(authority, reference)).filter((each) => each.status === 'open');
  const actions = open.filter((each) => each.strand === 'improvement-actions').map((each) => each.milestone);
  const [held = '', asked = '', done = ''] = actions;
  const as = { id: ADMINISTRATOR, role: 'democratic-services' };
  const inDays = (days: number) => addDays(today, days);
  const owner = open.find((each) => each.milestone === asked)?.owner ?? '';
  await board.engine.command(
    inspection,
    'hold',
    { milestone: held, reason: 'The panel’s decision is awaited', reviewOn: inDays(20) },
    as,
  );
  await board.engine.command(
    inspection,
    'requestExtension',
    { milestone: asked, to: inDays(60), reason: 'Recruitment takes longer' },
    { id: `${owner}@middlesbrough.example.org`, role: owner },
  );
  await board.engine.command(
    inspection,
    'complete',
    { milestone: done, evidence: 'https://www.example.org/minutes' },
    as,
  );
  await board.engine.command(
    inspection,
    'decide',
    {
      decision: {
        id: 'plan-approved',
        title: 'Approve the improvement plan',
        body: 'executive',
        takenOn: inDays(-1),
        publishedOn: inDays(-1),
        key: true,
        urgent: false,
      },
    },
    as,
  );
  const { seq } = await board.engine.command(
    inspection,
    'ask',
    { id: 'q1', by: 'The scrutiny panel', text: 'How many posts are filled?' },
    as,
  );
  await board.register.reached(authority, reference, seq, 20_000);
}

const SHOWN: [string, string][] = [
  ['overdue', '/'],
  ['all-duties', '/?status=all'],
  ['nothing-found', '/?q=there-is-no-such-thing'],
  ['coming-up', '/coming-up'],
  ['my-duties', '/my-duties'],
  ['inspections', '/inspections'],
  ['inspection', '/inspections/ID'],
  ['history', '/inspections/ID/history'],
  ['report', '/inspections/ID/report'],
  ['inspection-decisions', '/inspections/ID/decisions'],
  ['decision', '/inspections/ID/decisions/plan-approved'],
  ['record-of-decision', '/inspections/ID/decisions/plan-approved/record'],
  ['inspection-questions', '/inspections/ID/questions'],
  ['milestone', '/inspections/ID/milestones/plan-submission/written-action-plan'],
  ['submit', '/inspections/ID/milestones/plan-submission/written-action-plan/do/submit'],
  ['reassign', '/inspections/ID/milestones/plan-submission/written-action-plan/do/reassign'],
  ['decide', '/inspections/ID/do/decide'],
  ['ask', '/inspections/ID/do/ask'],
  ['close', '/inspections/ID/do/close'],
  ['decisions', '/decisions'],
  ['questions', '/questions'],
  ['undeliverable', '/undeliverable'],
  ['rules', '/rules'],
  ['rule-pack', '/rules/ilacs-2018'],
  ['constitution', '/rules/constitutions/middlesbrough'],
  ['health', '/health'],
  ['feeds', '/feeds'],
  ['for-programs', '/api'],
  ['start', '/start'],
  ['guided-start', '/start/guided?authority=middlesbrough&framework=ilacs-2018'],
  ['start-many', '/start/many'],
  ['accessibility', '/accessibility'],
  ['no-such-page', '/no-such-page'],
];

describe.each(['phone', 'desk'] as const)('on a %s', (at) => {
  test.each(SHOWN)('%s: nothing stands in anybody’s way', async (name, path) => {
    const page = pages.get(at);
    if (page === undefined) throw new Error('nobody is signed in');
    const blocked: string[] = [];
    page.on('console', (message) => blocked.push(message.text()));
    await page.goto(path.replace('ID', id));
    await picture(page, `${name}-${WIDTHS[at]}`);
    if (name === 'inspection')
      await page
        .locator('section[aria-label="Timeline"] svg')
        .screenshot({ path: join(PICTURES, `timeline-${WIDTHS[at]}.png`) });
    expect(await impactful(page)).toEqual([]);
    // No page is wider than the window: only what says so scrolls sideways.
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(WIDTHS[at]);
    // No script, style or picture was blocked by our own policy, and nothing is missing.
    expect(blocked.filter((line) => !(name === 'no-such-page' && line.includes('404')))).toEqual([]);
    page.removeAllListeners('console');
    expect(rig.board.errors).toEqual([]);
  });

  test('a form with mistakes says so at its top and at its fields', async () => {
    const page = pages.get(at);
    if (page === undefined) throw new Error('nobody is signed in');
    await page.goto(`/inspections/${id}/milestones/plan-submission/written-action-plan/do/hold`);
    await page.getByRole('button', { name: 'Continue' }).click();
    await picture(page, `mistakes-${WIDTHS[at]}`);
    expect(await page.getByRole('alert').innerText()).toContain('There is a problem');
    expect(await impactful(page)).toEqual([]);
  });
});

test('with a keyboard alone: the skip link, then each thing in its order, each to be seen where it is', async () => {
  const page = pages.get('desk');
  if (page === undefined) throw new Error('nobody is signed in');
  await page.goto('/');
  await page.keyboard.press('Tab');
  expect(await focused(page)).toBe('Skip to main content');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  expect(await page.evaluate<boolean>("document.activeElement.closest('main') !== null")).toBe(true);
  const outline = await page.evaluate<string>(
    "(({ outlineStyle, boxShadow, backgroundColor }) => [outlineStyle, boxShadow, backgroundColor].join(' '))(getComputedStyle(document.activeElement))",
  );
  expect(outline).toMatch(/solid|rgb/);
});

test('the timeline in print: it fits the paper, and its table goes with it', async () => {
  const page = pages.get('desk');
  if (page === undefined) throw new Error('nobody is signed in');
  await page.goto(`/inspections/${id}`);
  await page.emulateMedia({ media: 'print' });
  await page.setViewportSize({ width: 794, height: 1123 });
  const svg = await page.locator('section[aria-label="Timeline"] svg').boundingBox();
  expect(svg?.width).toBeLessThanOrEqual(794);
  expect(await page.getByRole('table').count()).toBeGreaterThan(0);
  await picture(page, 'inspection-print');
  await page.locator('section[aria-label="Timeline"] svg').screenshot({ path: join(PICTURES, 'timeline-print.png') });
  await page.emulateMedia({ media: null });
  await page.setViewportSize({ width: WIDTHS.desk, height: 900 });
});

function focused(page: Page): Promise<string> {
  return page.evaluate<string>('document.activeElement.textContent.trim()');
}
