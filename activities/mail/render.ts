import { join } from 'node:path';
import nunjucks from 'nunjucks';
import { packageRoot } from '../package-root.ts';
import type { Page } from './page.ts';

const folder = (): string => join(packageRoot(), 'activities', 'mail', 'templates');
let html: nunjucks.Environment | undefined;
let text: nunjucks.Environment | undefined;

/** The mail as HTML: everything in it is escaped. */
export function renderHtml(page: Page): string {
  html ??= new nunjucks.Environment(new nunjucks.FileSystemLoader(folder()), {
    autoescape: true,
    throwOnUndefined: true,
  });
  return html.render('digest.html', { page });
}

/** The mail as plain text, from the same page. A template of its own reads better than HTML with its tags taken out. */
export function renderText(page: Page): string {
  text ??= new nunjucks.Environment(new nunjucks.FileSystemLoader(folder()), {
    autoescape: false,
    throwOnUndefined: true,
    trimBlocks: true,
    lstripBlocks: true,
  });
  return text.render('digest.txt', { page });
}
