import { join } from 'node:path';
import nunjucks from 'nunjucks';
import { packageRoot } from '../../platform/package-root.ts';
import type { OperatorPage } from './operator-page.ts';
import type { Page } from './page.ts';
import type { StandInPage } from './stand-in-page.ts';
import type { SummaryPage } from './summary-page.ts';

/** Mails by day, as the page that shows them all has them. */
export interface MailsPage {
  title: string;
  count: number;
  days: {
    day: string;
    heading: string;
    mails: { time: string; to: string; subject: string; html: string; file: string }[];
  }[];
}

const folder = (): string => join(packageRoot(), 'activities', 'mail', 'templates');
let html: nunjucks.Environment | undefined;
let text: nunjucks.Environment | undefined;

/** The mail as HTML: everything in it is escaped. */
export function renderHtml(page: Page): string {
  return escaping().render('digest.html', { page });
}

/** The morning summary as HTML, and as plain text. */
export function renderSummaryHtml(page: SummaryPage): string {
  return escaping().render('summary.html', { page });
}

export function renderSummaryText(page: SummaryPage): string {
  return plain().render('summary.txt', { page });
}

/** For whom somebody stands in, as HTML and as plain text. */
export function renderStandInHtml(page: StandInPage): string {
  return escaping().render('stand-in.html', { page });
}

export function renderStandInText(page: StandInPage): string {
  return plain().render('stand-in.txt', { page });
}

/** What the operator is told, as HTML and as plain text. */
export function renderOperatorHtml(page: OperatorPage): string {
  return escaping().render('operator.html', { page });
}

export function renderOperatorText(page: OperatorPage): string {
  return plain().render('operator.txt', { page });
}

/** The page that shows mails, each in a frame of its own that runs nothing. */
export function renderMailsPage(page: MailsPage): string {
  return escaping().render('mails.html', { page });
}

function escaping(): nunjucks.Environment {
  html ??= new nunjucks.Environment(new nunjucks.FileSystemLoader(folder()), {
    autoescape: true,
    throwOnUndefined: true,
  });
  return html;
}

/** The mail as plain text, from the same page. A template of its own reads better than HTML with its tags taken out. */
export function renderText(page: Page): string {
  return plain().render('digest.txt', { page });
}

function plain(): nunjucks.Environment {
  text ??= new nunjucks.Environment(new nunjucks.FileSystemLoader(folder()), {
    autoescape: false,
    throwOnUndefined: true,
    trimBlocks: true,
    lstripBlocks: true,
  });
  return text;
}
