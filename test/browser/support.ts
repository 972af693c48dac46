import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import axe, { type AxeResults } from 'axe-core';
import { type Browser, type BrowserContext, chromium, type Locator, type Page } from 'playwright-core';
import { packageRoot } from '../../platform/package-root.ts';
import { freePorts } from '../../platform/embedded/ports.ts';
import type { Keep } from '../register/support.ts';
import { type BoardRig, boardRig, signInLinkIn } from '../support/board.ts';
import { findBrowser } from '../support/ensure-tools.mjs';

/** Pictures of the pages, kept for people to look at. */
const PICTURES = join(packageRoot(), 'test-output', 'board');

/** The least a page is made for, and a desk's. */
export const WIDTHS = { phone: 360, desk: 1280 };

export interface BrowserRig {
  board: BoardRig;
  browser: Browser;
  /** Where the pages are served. */
  address: string;
  /** A browser window of somebody's own, with cookies of its own. */
  window(options?: { width?: number; scripts?: boolean; dark?: boolean }): Promise<Page>;
}

/** The whole board behind a real address, and a real Chromium in front of it. */
export async function browserRig(keep: Keep): Promise<BrowserRig> {
  const executablePath = findBrowser();
  if (executablePath === undefined) throw new Error('there is no browser: run `node platform/setup.mjs test`');
  const [port = 0] = await freePorts(1);
  const address = `http://127.0.0.1:${port}`;
  const board = await boardRig(keep, { boardUrl: address });
  await board.serve(port);
  const browser = await chromium.launch({
    executablePath,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  keep(() => browser.close());
  mkdirSync(PICTURES, { recursive: true });
  return {
    board,
    browser,
    address,
    async window({ width = WIDTHS.desk, scripts = true, dark = false } = {}) {
      const context: BrowserContext = await browser.newContext({
        viewport: { width, height: 900 },
        javaScriptEnabled: scripts,
        colorScheme: dark ? 'dark' : 'light',
        locale: 'en-GB',
        timezoneId: 'Europe/London',
        baseURL: address,
      });
      context.setDefaultTimeout(20_000);
      return context.newPage();
    },
  };
}

/** Signs in as people do: asks for the link, reads the mail, opens the link, presses the button. */
export async function signIn({ board }: BrowserRig, page: Page, email: string, next = '/'): Promise<void> {
  await page.goto(next);
  await page.getByLabel('Email address').fill(email);
  const before = board.mail.received.length;
  await page.getByRole('button', { name: 'Send' }).click();
  await page.goto(await signInLinkIn(board.mail, email, before));
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** What is pressed, counted: whatever a person clicks on the page. */
export function presses(page: Page) {
  let n = 0;
  return {
    async on(role: 'radio' | 'button' | 'link', name: string | RegExp, nth = 0): Promise<void> {
      n += 1;
      await page.getByRole(role, { name }).nth(nth).click();
    },
    count: () => n,
  };
}

/** Pictures take a third of the time of these tests, and nobody looks at most of them: they are made where that is asked for. */
const KEEPS_PICTURES = (process.env['DUECOURSE_TEST_PICTURES'] ?? '') !== '';

/** Keeps a picture of the whole page, or of a part of it. */
export async function picture(page: Page, name: string, part?: Locator): Promise<void> {
  if (!KEEPS_PICTURES) return;
  const path = join(PICTURES, `${name}.png`);
  await (part === undefined
    ? page.screenshot({ path, fullPage: true, animations: 'disabled' })
    : part.screenshot({ path, animations: 'disabled' }));
}

/**
 * What axe-core finds of impact moderate, serious or critical.
 *
 * @param rules which of its rules alone; all where none is named
 */
export async function impactful(page: Page, ...rules: string[]): Promise<string[]> {
  await page.evaluate(axe.source);
  const only = rules.length === 0 ? '' : `{ runOnly: ${JSON.stringify(rules)} }`;
  const { violations } = await page.evaluate<AxeResults>(`axe.run(${only})`);
  return violations
    .filter(({ impact }) => impact !== 'minor')
    .map(
      ({ id: rule, impact, nodes }) => `${impact}: ${rule}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`,
    );
}
