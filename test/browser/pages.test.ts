import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hook } from '../support/hook.ts';
import { addDays } from '../../domain/calendar/civil-date.ts';
import { localDate } from '../../domain/calendar/london.ts';
import { type BrowserRig, browserRig, impactful, picture, signIn, WIDTHS } from './support.ts';
import type { InspectionRef } from '../../domain/inspection-ref.ts';

const ADMINISTRATOR = 'democratic-services@middlesbrough.example.org';
const DAYS_AGO = 130;

const ends: (() => Promise<void>)[] = [];
let rig: BrowserRig;
const pages = new Map<keyof typeof WIDTHS, Page>();
let dark: Page;
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
  dark = await rig.window({ dark: true });
  await signIn(rig, dark, ADMINISTRATOR);
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
  const kept = await board.register.board.keptAuthority(authority);
  if (kept === null) throw new Error('the council is not on file');
  await board.register.board.keepAuthority(
    { ...kept.authority, webhooks: [hook({ id: 'in-browser', address: 'https://hooks.example/' })] },
    new Date().toISOString(),
  );
  const told = {
    council: { id: authority, name: 'Middlesbrough' },
    inspection: { reference, title: '2016' },
    path: '/',
  };
  await board.register.webhooks.test({ authority, webhook: 'in-browser' }, told, 'm', new Date().toISOString());
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
      id: 'plan-approved',
      title: 'Approve the improvement plan',
      body: 'executive',
      takenOn: inDays(-1),
      publishedOn: inDays(-1),
      key: true,
      urgent: false,
    },
    as,
  );
  const { facts } = (await board.engine.inspect(inspection)).state;
  const [action, next] = facts.inspection.actions;
  if (action === undefined || next === undefined) throw new Error('the example has no actions');
  const title = 'Put one supervision standard in place';
  const edits = [{ kind: 'put' as const, what: 'action' as const, item: { ...action, title } }];
  await board.engine.command(inspection, 'revise', { edits, reason: 'The board has said so' }, as);
  await board.register.board.planDrafts.keep(
    { authority, reference, email: ADMINISTRATOR },
    {
      ...{ role: as.role, revision: 2 },
      edits: [
        { kind: 'put', what: 'action', item: { ...next, title: 'Set review points for every assessment' } },
        { kind: 'withdraw', what: 'action', id: 'diverse-communities' },
        {
          kind: 'put',
          what: 'theme',
          item: { id: 'so-9', title: 'Leadership', officer: 'executive-director', recommendations: ['xi'] },
        },
      ],
    },
    { after: 0, now: new Date().toISOString() },
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
  ['sorted', '/?status=all&sort=-title'],
  ['views', '/views'],
  ['search', '/search?q=head'],
  ['search-for-nothing', '/search?q=there-is-no-such-thing'],
  ['coming-up', '/coming-up'],
  ['my-duties', '/my-duties'],
  ['waiting', '/waiting'],
  ['inspection-progress', '/inspections/ID/progress'],
  ['inspections', '/inspections'],
  ['inspection', '/inspections/ID'],
  ['inspection-plan', '/inspections/ID/plan'],
  ['inspection-timeline', '/inspections/ID/timeline'],
  ['inspection-timeline-quarter', '/inspections/ID/timeline?zoom=quarter'],
  ['inspection-duties', '/inspections/ID/duties'],
  ['inspection-facts', '/inspections/ID/facts'],
  ['inspection-reports', '/inspections/ID/reports'],
  ['inspection-frozen', '/inspections/ID/frozen'],
  ['history', '/inspections/ID/history'],
  ['report', '/inspections/ID/report'],
  ['briefing', '/inspections/ID/briefing'],
  ['board-pack', '/inspections/ID/board-pack'],
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
  ['plan-edit', '/inspections/ID/plan/edit'],
  ['plan-actions', '/inspections/ID/plan/edit/actions'],
  ['plan-beside', '/inspections/ID/plan/edit/actions?beside=chronologies'],
  ['plan-split', '/inspections/ID/plan/edit/split/care-plan-audit'],
  ['plan-move', '/inspections/ID/plan/edit/move/chronologies'],
  ['plan-change-action', '/inspections/ID/plan/edit/change/action/chronologies'],
  ['plan-change-theme', '/inspections/ID/plan/edit/change/theme/so-1'],
  ['plan-add-recommendation', '/inspections/ID/plan/edit/add/recommendation'],
  ['plan-add-measure', '/inspections/ID/plan/edit/add/measure'],
  ['plan-add-promise', '/inspections/ID/plan/edit/add/promise'],
  ['plan-change-promise', '/inspections/ID/plan/edit/change/promise/cabinet-update'],
  ['plan-add-approval', '/inspections/ID/plan/edit/add/approval'],
  ['plan-owners', '/inspections/ID/plan/edit/owners'],
  ['plan-withdraw-theme', '/inspections/ID/plan/edit/withdraw/theme/so-1'],
  ['plan-changes', '/inspections/ID/plan/edit/changes'],
  ['plan-discard', '/inspections/ID/plan/edit/discard'],
  ['plan-revisions', '/inspections/ID/plan/revisions'],
  ['plan-revision', '/inspections/ID/plan/revisions/2'],
  ['plan-compare', '/inspections/ID/plan/revisions/compare'],
  ['plan-begin', '/inspections/ID/plan/begin'],
  ['plan-workbook', '/inspections/ID/plan/workbook'],
  ['decisions', '/decisions'],
  ['questions', '/questions'],
  ['undeliverable', '/undeliverable'],
  ['rules', '/rules'],
  ['rule-pack', '/rules/ilacs-2018'],
  ['constitution', '/rules/constitutions/middlesbrough'],
  ['public-page', '/inspections/ID/public-page'],
  ['figures', '/figures?years=3'],
  ['figures-print', '/figures/print'],
  ['health', '/health'],
  ['feeds', '/feeds'],
  ['for-programs', '/api'],
  ['start', '/start'],
  ['guided-start', '/start/guided?authority=middlesbrough&framework=ilacs-2018'],
  ['start-many', '/start/many'],
  ['administration', '/administration/middlesbrough'],
  ['administration-people', '/administration/middlesbrough/people'],
  ['administration-away', '/administration/middlesbrough/do/away/head-of-early-help'],
  ['administration-stand-in', '/administration/middlesbrough/do/stand-in/head-of-early-help'],
  ['administration-bodies', '/administration/middlesbrough/bodies'],
  ['administration-body', '/administration/middlesbrough/bodies/executive'],
  ['administration-cycle', '/administration/middlesbrough/do/add-cycle/executive'],
  ['administration-meetings', '/administration/middlesbrough/bodies/executive/file'],
  ['administration-calendar', '/administration/middlesbrough/bodies/executive/calendar'],
  ['administration-days', '/administration/middlesbrough/days'],
  ['administration-elections', '/administration/middlesbrough/elections'],
  ['administration-add-election', '/administration/middlesbrough/do/add-election'],
  ['administration-rules', '/administration/middlesbrough/rules'],
  ['administration-constitution', '/administration/middlesbrough/do/constitution'],
  ['administration-integrations', '/administration/middlesbrough/integrations'],
  ['administration-word-template', '/administration/middlesbrough/word-template'],
  ['administration-add-webhook', '/administration/middlesbrough/do/add-webhook'],
  ['administration-webhook', '/administration/middlesbrough/webhooks/in-browser'],
  ['administration-settings', '/administration/middlesbrough/settings'],
  ['administration-ratings', '/administration/middlesbrough/ratings'],
  ['administration-partners', '/administration/middlesbrough/partners'],
  ['administration-who-hears', '/administration/middlesbrough/who-hears?owner=head-of-early-help'],
  ['administration-pass-on', '/administration/middlesbrough/pass-on/head-of-early-help'],
  ['settings', '/settings'],
  ['administration-file', '/administration/middlesbrough/file'],
  ['administration-history', '/administration/middlesbrough/history'],
  ['help', '/help'],
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
    if (name === 'inspection-timeline')
      await picture(page, `timeline-${WIDTHS[at]}`, page.locator('section[aria-label="Timeline"] svg.timeline'));
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

test.each(SHOWN)('%s on a dark screen: all of it can be read', async (name, path) => {
  await dark.goto(path.replace('ID', id));
  await picture(dark, `${name}-dark`);
  // The rest is the same in every scheme, and has been looked at above.
  expect(await impactful(dark, 'color-contrast')).toEqual([]);
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

test('on a phone the timeline is opened at today, and can be moved from there', async () => {
  const page = pages.get('phone');
  if (page === undefined) throw new Error('nobody is signed in');
  await page.goto(`/inspections/${id}/timeline`);
  // What opens it lets go of it after half a second.
  await page.waitForTimeout(1000);
  const left = `document.querySelector('section[aria-label="Timeline"]').scrollLeft`;
  const today = await page.locator('.timeline-text--today').boundingBox();
  expect(await page.evaluate<number>(left)).toBeGreaterThan(0);
  expect(today?.x ?? -1).toBeGreaterThan(-1);
  expect(today?.x ?? WIDTHS.phone).toBeLessThan(WIDTHS.phone);
  await page.evaluate(`${left} = 0`);
  expect(await page.evaluate<number>(left)).toBe(0);
});

test('the timeline in print: it fits the paper, and its table goes with it', async () => {
  const page = pages.get('desk');
  if (page === undefined) throw new Error('nobody is signed in');
  await page.goto(`/inspections/${id}/timeline`);
  await page.emulateMedia({ media: 'print' });
  await page.setViewportSize({ width: 794, height: 1123 });
  const svg = await page.locator('section[aria-label="Timeline"] svg.timeline').boundingBox();
  expect(svg?.width).toBeLessThanOrEqual(794);
  expect(await page.getByRole('table').count()).toBeGreaterThan(0);
  await picture(page, 'timeline-page-print');
  await picture(page, 'timeline-print', page.locator('section[aria-label="Timeline"] svg.timeline'));
  await page.emulateMedia({ media: null });
  await page.setViewportSize({ width: WIDTHS.desk, height: 900 });
});

test('the figures for a board are one page of A4', async () => {
  const page = pages.get('desk');
  if (page === undefined) throw new Error('nobody is signed in');
  await page.goto('/figures/print');
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
  expect(pdf).toMatch(/\/MediaBox \[0 0 59[45][.\d]* 84[12]/);
});

test('they are one page under the band of a demonstration too, which says so on paper', async () => {
  const page = pages.get('desk');
  if (page === undefined) throw new Error('nobody is signed in');
  const { board } = rig.board.register;
  const [authority = ''] = id.split('/');
  const kept = await board.keptAuthority(authority);
  if (kept === null) throw new Error('the council is not on file');
  const keep = (demonstration?: true) =>
    board.keepAuthority(
      { ...kept.authority, ...(demonstration === undefined ? {} : { demonstration }) },
      new Date().toISOString(),
    );
  await keep(true);
  const band = page.getByRole('region', { name: 'Demonstration' });
  // Who somebody is, is looked up again after a moment.
  await expect
    .poll(
      async () => {
        await page.goto('/figures/print');
        return band.count();
      },
      { timeout: 20_000, interval: 500 },
    )
    .toBe(1);
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  await page.emulateMedia({ media: 'print' });
  const said = await band.getByText('Demonstration', { exact: true }).isVisible();
  // It takes no line from what has to fit.
  const heights = await page.evaluate<number[]>(
    "[...document.querySelectorAll('.govuk-phase-banner')].map((each) => getComputedStyle(each).position === 'absolute' ? 0 : each.offsetHeight)",
  );
  await page.emulateMedia({ media: null });
  await keep();
  expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
  expect([said, heights]).toEqual([true, [0]]);
});

function focused(page: Page): Promise<string> {
  return page.evaluate<string>('document.activeElement.textContent.trim()');
}
