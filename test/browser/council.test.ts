import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { setUpAddress } from '../../client/web/set-up/link.ts';
import { addDays } from '../../domain/calendar/civil-date.ts';
import { localDate } from '../../domain/calendar/london.ts';
import { type BrowserRig, browserRig, impactful, picture, signIn, WIDTHS } from './support.ts';

// Four people, one council from nothing, one inspection from its report to its end: in a browser without scripts, and without a file
// or a command.

const COUNCIL = 'middlesbrough';
const at = (role: string): string => `${role}@middlesbrough.example.org`;
const STORY_MS = 240_000;
const today = localDate(new Date().toISOString());

const ends: (() => Promise<void>)[] = [];
let rig: BrowserRig;

beforeAll(async () => {
  rig = await browserRig((end) => ends.unshift(end));
});

afterAll(async () => {
  for (const end of ends) await end();
});

async function somebody(role: string, next: string): Promise<Page> {
  const page = await rig.window({ width: WIDTHS.desk, scripts: false });
  await signIn(rig, page, at(role), next);
  return page;
}

async function fillDate(page: Page, legend: string, date: string): Promise<void> {
  const group = page.getByRole('group', { name: legend });
  const [year = '', month = '', day = ''] = date.split('-');
  await group.getByLabel('Day').fill(String(Number(day)));
  await group.getByLabel('Month').fill(String(Number(month)));
  await group.getByLabel('Year').fill(year);
}

const press = (page: Page, name: string | RegExp): Promise<void> => page.getByRole('button', { name }).first().click();
const follow = (page: Page, name: string | RegExp): Promise<void> => page.getByRole('link', { name }).first().click();

/** Continue, look, confirm; what is said then. */
async function carryOut(page: Page, confirm: RegExp = /^Confirm/): Promise<string> {
  await press(page, 'Continue');
  const problems = page.locator('.govuk-error-summary');
  if ((await problems.count()) > 0) throw new Error(await problems.innerText());
  await press(page, confirm);
  return page.getByRole('alert').innerText();
}

/** The council, by whoever has the address that duecourse prints: its people, the meetings of its Cabinet, its constitution. */
async function setUp(): Promise<Page> {
  const page = await rig.window({ width: WIDTHS.desk, scripts: false });
  await page.goto('/');
  expect(await page.locator('main').innerText()).toContain('No council is set up here yet');
  await page.goto(setUpAddress(rig.board.parts, new Date()));
  await press(page, 'Continue');
  expect(await page.getByRole('alert').innerText()).toContain('Enter what the council is called');
  await page.getByLabel('What is the council called?').fill('Middlesbrough Council');
  await page.getByLabel('England and Wales').check();
  await page.getByLabel('Your email address').fill(at('democratic-services'));
  await page.getByLabel('What is your role called?').fill('Democratic Services Manager');
  await page.getByLabel('Email address of the Director').fill(at('director'));
  await picture(page, 'council-0-set-up');
  await press(page, 'Continue');
  await picture(page, 'council-0-set-up-check');
  await press(page, 'Set up the council');
  await page.getByRole('heading', { name: 'Before your first inspection' }).waitFor();
  await picture(page, 'council-0-first-steps');

  const people = `/administration/${COUNCIL}/people`;
  await page.goto(people);
  await page.locator('a[href$="/do/change-role/assistant-director"]').click();
  await page.getByLabel('Email address').fill(at('assistant-director'));
  await carryOut(page, /^(Confirm|Change)/);
  for (const [title, id, capacity] of [
    ['Head of Early Help', 'head-of-early-help', 'owner'],
    ['Head of Assessment and Safeguarding', 'head-of-safeguarding', 'owner'],
    ['Chair of the Overview and Scrutiny Board', 'scrutiny-chair', 'member'],
  ] as const) {
    await page.goto(people);
    await follow(page, 'Add a role');
    await page.getByLabel('What the role is called').fill(title);
    await page.getByLabel('Email address').fill(at(id));
    if (capacity === 'owner') await page.getByLabel('Whom it answers to').selectOption('assistant-director');
    await page.getByLabel('What its holder may do').selectOption(capacity);
    await page.getByLabel('Short name').fill(id);
    expect(await carryOut(page)).toContain('The role is added.');
  }
  await page.goto(`/administration/${COUNCIL}/bodies/cabinet`);
  await follow(page, 'Add meetings by a cycle');
  await page.getByLabel('How its meetings come round').selectOption('weekday');
  await page.getByLabel('Which of the month').selectOption('second');
  await page.locator('#weekday').selectOption('tuesday');
  await fillDate(page, 'First meeting, or the day from which on they are', today);
  await fillDate(page, 'Last day', addDays(today, 330));
  await carryOut(page);
  await page.goto(`/administration/${COUNCIL}/rules`);
  await follow(page, 'Choose the constitution');
  await page.locator('#constitution').selectOption('middlesbrough');
  expect(await carryOut(page)).toContain('The constitution is chosen.');
  await page.goto(`/administration/${COUNCIL}`);
  const steps = await page.locator('.govuk-task-list').innerText();
  expect(steps.match(/Done/g)).toHaveLength(2);
  expect(steps).toContain('2 roles have no holder');
  // The address has done its work.
  const late = await rig.window({ scripts: false });
  await late.goto(setUpAddress(rig.board.parts, new Date()));
  expect(await late.locator('main').innerText()).toContain('A council is set up here already');
  return page;
}

test.each(['phone', 'desk', 'dark'] as const)('on a %s the set-up pages stand in nobody’s way', async (as) => {
  const page = await rig.window({ width: as === 'phone' ? WIDTHS.phone : WIDTHS.desk, dark: as === 'dark' });
  await page.goto(setUpAddress(rig.board.parts, new Date()));
  expect(await impactful(page)).toEqual([]);
  await press(page, 'Continue');
  expect(await impactful(page)).toEqual([]);
  await page.getByLabel('What is the council called?').fill('Anyborough Council');
  await page.getByLabel('Scotland').check();
  await page.getByLabel('Your email address').fill('somebody@anyborough.example.org');
  await page.getByLabel('What is your role called?').fill('Clerk');
  await press(page, 'Continue');
  await page.getByRole('heading', { name: /^Check before/ }).waitFor();
  expect(await impactful(page)).toEqual([]);
  expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  await picture(page, `set-up-check-${as}`);
  await page.context().close();
});

test(
  'a council’s story from nothing: set up, report, plan, a round, evidence, a call-in, a leaver, the quarterly report, the end',
  async () => {
    const reference = `council-${Date.now().toString(36)}`;
    const id = `${COUNCIL}/${reference}` as const;

    const first = await setUp();
    await first.context().close();

    // The manager starts from the report, sees that a date is wrong, and puts it right before anything is started.
    const manager = await somebody('assistant-director', '/start');
    await manager.getByLabel('Framework of the inspection').selectOption('ilacs-2018');
    await press(manager, 'Fill in a form');
    await manager.getByLabel('Title').fill('Inspection of children’s services');
    await manager.getByLabel('Reference').fill(reference);
    await fillDate(manager, 'First day of the inspection', '2026-10-05');
    await fillDate(manager, 'Last day of the inspection', '2026-10-09');
    await fillDate(manager, 'Report received (one of the two dates is needed)', '2026-10-01');
    await manager.locator('#recommendations').fill('Lead the practice');
    await press(manager, 'See what follows');
    expect(await manager.getByRole('alert').innerText()).toContain('Report received: the report can');
    await fillDate(manager, 'Report received (one of the two dates is needed)', '2026-11-02');
    await press(manager, 'See what follows');
    await manager.getByRole('heading', { name: /^Check before you start/ }).waitFor();
    await manager.getByRole('link', { name: 'Change title' }).click();
    await manager.getByLabel('Title').fill('Inspection of children’s services, October 2026');
    await press(manager, 'See what follows');
    await picture(manager, 'council-1-check');
    await press(manager, 'Start this inspection');
    await manager.getByRole('heading', { name: 'Write the plan now, or later' }).waitFor();

    // The plan: a theme and two actions, on one page and one check page.
    await follow(manager, 'Write the plan now');
    await follow(manager, 'Add a theme');
    await manager.getByRole('textbox', { name: 'Title' }).fill('Practice leadership');
    await manager.getByLabel('Accountable officer').selectOption('assistant-director');
    await press(manager, 'Keep in my draft');
    await follow(manager, 'Add actions');
    for (const [index, title] of ['Train all team managers', 'Audit ten cases a month'].entries()) {
      const row = manager.getByRole('group', { name: `Action ${index + 1}` }).first();
      await row.getByLabel('What is to be done').fill(title);
      await row.getByLabel('Theme (optional)').selectOption({ label: 'Practice leadership' });
      await row.getByLabel('Owner').selectOption('head-of-early-help');
      const [year = '', month = '', day = ''] = addDays(today, 120).split('-');
      await row.getByLabel('Day').fill(day);
      await row.getByLabel('Month').fill(month);
      await row.getByLabel('Year').fill(year);
    }
    await press(manager, 'Look at what changes');
    await manager.getByLabel('Why?').fill('Agreed by the improvement board');
    await press(manager, 'Carry out');
    expect(await manager.getByRole('alert').innerText()).toContain('The plan is revised.');

    // A round: asked by the manager, answered by the owner in a minute, seen by the manager.
    await manager.goto(`/inspections/${id}`);
    await follow(manager, 'Ask for progress');
    await fillDate(manager, 'By when are answers to be there?', addDays(today, 10));
    await manager.getByLabel('What is it for?').fill('the improvement board');
    expect(await carryOut(manager)).not.toBe('');
    const owner = await somebody('head-of-early-help', '/');
    expect(new URL(owner.url()).pathname).toBe('/my-duties');
    await picture(owner, 'council-2-my-duties');
    await follow(owner, /^Report progress/);
    for (const nth of [0, 1])
      await owner
        .getByRole('radio', { name: /^Green/ })
        .nth(nth)
        .click();
    await owner.getByRole('button', { name: 'Send what you have entered' }).nth(1).click();
    expect(await owner.getByRole('alert').innerText()).toContain('Your 2 reports are on record.');
    await manager.goto(`/inspections/${id}/progress`);
    expect(await manager.locator('main').innerText()).toContain('Train all team managers');
    await picture(manager, 'council-3-progress');

    // Evidence, then done.
    await owner.goto('/my-duties');
    await owner.getByRole('link', { name: 'Train all team managers', exact: true }).click();
    await owner.getByText('Add evidence').first().click();
    await owner.getByLabel('Or a link').fill('https://www.example.org/training-register');
    await press(owner, 'Add evidence');
    expect(await owner.locator('main').innerText()).toContain('https://www.example.org/training-register');
    await follow(owner, 'Mark as done');
    expect(await carryOut(owner)).not.toBe('');

    // A decision is recorded and published; the scrutiny chair finds its window on their first page, and calls it in.
    const administrator = await somebody('democratic-services', `/inspections/${id}/do/decide`);
    await administrator.getByLabel('Title', { exact: true }).fill('Approve the plan');
    await administrator.getByLabel('Short name').fill('plan');
    await fillDate(administrator, 'When was it taken?', today);
    await fillDate(administrator, 'When was its record published? (optional)', today);
    await administrator.getByLabel('It is a key decision').check();
    expect(await carryOut(administrator)).not.toBe('');
    const chair = await somebody('scrutiny-chair', '/');
    expect(new URL(chair.url()).pathname).toBe('/waiting');
    expect(await chair.locator('main').innerText()).toContain('Approve the plan');
    await picture(chair, 'council-4-member');
    await chair.goto(`/inspections/${id}/decisions/plan`);
    await follow(chair, 'Call the decision in');
    await chair.getByLabel('Who calls it in?').fill('Five members of the board');
    await chair.getByLabel('Why?').fill('The cost is not set out');
    expect(await carryOut(chair)).not.toBe('');

    // The owner leaves: their work goes to somebody else in one go.
    await administrator.goto(`/administration/${COUNCIL}/people`);
    await administrator
      .getByRole('row')
      .filter({ hasText: 'Head of Early Help' })
      .getByRole('link', { name: /^Pass on work/ })
      .click();
    await administrator.getByLabel('Who takes it?').selectOption('head-of-safeguarding');
    await administrator.getByLabel('Why?').fill('leaves the council');
    await picture(administrator, 'council-5-leaver');
    expect(await carryOut(administrator, /^(Confirm|Pass)/)).toContain('The work is passed on.');
    const taker = await somebody('head-of-safeguarding', '/my-duties');
    expect(await taker.locator('main').innerText()).toContain('Audit ten cases a month');

    // The quarterly report, and the end.
    await manager.goto(`/inspections/${id}/report`);
    const report = await manager.locator('body').innerText();
    for (const said of ['Train all team managers', 'Audit ten cases a month']) expect(report).toContain(said);
    await picture(manager, 'council-6-report');

    // Scrutiny is content, the plan is sent, and the response to the inspection ends.
    await administrator.goto(`/inspections/${id}/decisions/plan`);
    await follow(administrator, 'Record what scrutiny resolved');
    await administrator.getByLabel('Outcome').selectOption('no-further-action');
    await administrator.locator('#reasons').fill('The cost was set out at the meeting');
    expect(await carryOut(administrator)).not.toBe('');
    const duties = await rig.board.register.milestones(COUNCIL, reference);
    const set = duties.filter(({ status, strength }) => status === 'open' && strength === 'statutory');
    expect(set.map(({ strand }) => strand)).toContain('plan-submission');
    const submitted = async () =>
      (await rig.board.register.milestones(COUNCIL, reference)).flatMap(({ status, strength, title }) =>
        status === 'submitted' && strength === 'statutory' ? [title] : [],
      );
    for (const { owner: role, title } of set) {
      const sender = await somebody(role, '/my-duties');
      await sender.getByRole('link', { name: title, exact: true }).click();
      await follow(sender, /^(Submit|Mark as done)$/);
      expect(await carryOut(sender)).not.toBe('');
    }
    // Nothing that waits for the inspectorate is left behind: that it was accepted is put on record first.
    await expect.poll(submitted, { timeout: 30_000 }).not.toEqual([]);
    for (const title of await submitted()) {
      await administrator.goto('/waiting');
      await administrator.getByRole('link', { name: new RegExp(`^Accept\\b.*${title}`) }).click();
      expect(await carryOut(administrator)).toContain('It is accepted.');
    }
    await administrator.goto(`/inspections/${id}/do/close`);
    await administrator.getByLabel('Why is it closed?').fill('The service goes on without an inspection');
    await administrator.getByLabel('Where does it go?').selectOption({ label: 'It is dropped' });
    await administrator.getByLabel('Whose it is from now on, or why').fill('The audit is done by the service itself');
    await picture(administrator, 'council-7-close');
    expect(await carryOut(administrator)).toContain('The inspection is closed.');
    await manager.goto(`/inspections/${id}`);
    expect(await manager.locator('main').innerText()).toContain('closed');
    await picture(manager, 'council-8-closed');
    expect(rig.board.errors).toEqual([]);
  },
  STORY_MS,
);
