import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { packageRoot } from '../../platform/package-root.ts';
import { signInLinkIn } from '../support/board.ts';
import { type BrowserRig, browserRig, impactful, picture, signIn, WIDTHS } from './support.ts';

const ADMINISTRATOR = 'democratic-services@middlesbrough.example.org';
const MEMBER = 'lead-member@middlesbrough.example.org';
const FILE = 'examples/middlesbrough-2016.yaml';
/** A walk over several pages, each with its picture: each step has its own, shorter bound. */
const WALK_MS = 180_000;

const ends: (() => Promise<void>)[] = [];
let rig: BrowserRig;
let id: string;

beforeAll(async () => {
  rig = await browserRig((end) => ends.unshift(end));
  id = await rig.board.start(FILE, { received: new Date().toISOString().slice(0, 10) });
});

afterAll(async () => {
  for (const end of ends) await end();
});

/** The pages between others: those that no address leads to. */
describe.each(['phone', 'desk'] as const)('on a %s', (at) => {
  test(
    'signing in and out: each page stands by itself',
    async () => {
      const page = await watched(at);
      await page.goto('/my-duties');
      await stands(page, 'sign-in');
      await page.getByRole('button', { name: 'Send' }).click();
      await stands(page, 'sign-in-mistake', 422);
      await page.getByLabel('Email address').fill(MEMBER);
      const before = rig.board.mail.received.length;
      await page.getByRole('button', { name: 'Send' }).click();
      await stands(page, 'check-your-mail');
      const link = await signInLinkIn(rig.board.mail, MEMBER, before);
      await page.goto(link);
      await stands(page, 'sign-in-link');
      await page.getByRole('button', { name: 'Sign in' }).click();
      expect(new URL(page.url()).pathname).toBe('/my-duties');
      await page.goto(`/inspections/${id}/milestones/plan-submission/written-action-plan`);
      expect(await page.getByText('You can read this, not change it.').count()).toBe(1);
      await stands(page, 'milestone-to-read');
      await page.getByRole('button', { name: 'Sign out' }).click();
      await stands(page, 'signed-out');
      await page.goto(link);
      await stands(page, 'link-used-up', 404);
    },
    WALK_MS,
  );

  test(
    'a change: what is checked before it counts, and what is said when it is done',
    async () => {
      const page = await watched(at);
      await signIn(rig, page, ADMINISTRATOR);
      await page.goto(`/inspections/${id}/milestones/plan-submission/written-action-plan/do/reassign`);
      await page.getByLabel('New owner').selectOption(at === 'phone' ? 'assistant-director' : 'chief-executive');
      await page.getByRole('button', { name: 'Continue' }).click();
      await stands(page, 'confirm');
      await page.getByRole('button', { name: 'Confirm' }).click();
      expect(await page.getByRole('alert').innerText()).toContain('It has a new owner, or others beside the owner.');
      await stands(page, 'done');
      await page.goto('/feeds');
      await page.getByRole('button', { name: 'Make a feed' }).click();
      await stands(page, 'feed-made');
      await page.goto('/api');
      await page.getByLabel('What is the key for?').fill('a program');
      await page.getByRole('button', { name: 'Make a key' }).click();
      await stands(page, 'key-made');
    },
    WALK_MS,
  );

  test(
    'a start: what is wrong with a file, and everything that follows from a good one',
    async () => {
      const page = await watched(at);
      await signIn(rig, page, ADMINISTRATOR, '/start');
      const text = readFileSync(join(packageRoot(), FILE), 'utf8');
      await page.getByLabel('Or paste it here').fill(text.replace('framework: sif-2013', 'framework: none'));
      await page.getByRole('button', { name: 'See what follows' }).click();
      await stands(page, 'start-mistakes', 422);
      await page
        .getByLabel('Or paste it here')
        .fill(text.replace('published: 2016-02-19', `received: ${new Date().toISOString().slice(0, 10)}`));
      await page.getByRole('button', { name: 'See what follows' }).click();
      await stands(page, 'start-preview');
      await page.getByRole('link', { name: 'go on to start it' }).click();
      expect(await page.getByRole('button', { name: 'Start this inspection' }).isVisible()).toBe(true);
    },
    WALK_MS,
  );
});

const said = new WeakMap<Page, string[]>();

async function watched(at: keyof typeof WIDTHS): Promise<Page> {
  const page = await rig.window({ width: WIDTHS[at] });
  const lines: string[] = [];
  page.on('console', (message) => lines.push(message.text()));
  said.set(page, lines);
  return page;
}

/** Nothing in anybody's way, nothing wider than the window, nothing blocked or missing; its picture is kept. */
async function stands(page: Page, name: string, status = 200): Promise<void> {
  const width = page.viewportSize()?.width ?? 0;
  await picture(page, `${name}-${width}`);
  expect(await impactful(page)).toEqual([]);
  expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
  // The council's own header stands on its own colour wherever the styles have come.
  expect(await page.evaluate<string>("getComputedStyle(document.querySelector('header')).backgroundColor")).toBe(
    'rgb(29, 53, 87)',
  );
  const lines = said.get(page) ?? [];
  expect(lines.filter((line) => status === 200 || !line.includes(String(status)))).toEqual([]);
  lines.length = 0;
  expect(rig.board.errors).toEqual([]);
}
