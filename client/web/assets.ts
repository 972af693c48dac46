import { Hono } from 'hono';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GOVUK, renderDocument, TEMPLATES } from './render.ts';

const YEAR = 'public, max-age=31536000, immutable';

/**
 * GOV.UK Frontend's styles without what belongs to GOV.UK alone: its typeface is licensed for gov.uk addresses only, its
 * crest is the Crown's.
 */
function councilStyles(css: string): string {
  return css
    .replaceAll(/@font-face\{[^}]*\}/g, '')
    .replaceAll(/"?GDS Transport"?,\s*/g, '')
    .replaceAll(/url\([^)]*\)/g, 'none');
}

const file = (...parts: string[]): string => readFileSync(join(...parts), 'utf8');
const GOVUK_CSS = councilStyles(file(GOVUK, 'govuk', 'govuk-frontend.min.css'));
const BOARD_CSS = ['board.css', 'pictures.css', 'inspection.css', 'figures.css']
  .map((name) => file(TEMPLATES, name))
  .join('\n');
const PLAIN_CSS = file(TEMPLATES, 'plain.css');
const ICON = file(TEMPLATES, 'icon.svg');

/** Changes with what the styles hold, so that a browser may keep them for a year. */
export const VERSION = createHash('sha256').update(GOVUK_CSS).update(BOARD_CSS).digest('hex').slice(0, 12);

/** The styles inside documents, which are printed or sent as one file, as a Content-Security-Policy names them. */
export const STYLE_WITHIN = ((): string => {
  const html = renderDocument({ title: '', under: '', on: '2000-01-01', blocks: [] });
  const [, style] = /<style>([^]*?)<\/style>/.exec(html) ?? [];
  if (style === undefined) throw new Error('a document holds no style');
  return `'sha256-${createHash('sha256').update(style).digest('base64')}'`;
})();

export function assetRoutes(): Hono {
  const css = (text: string, keep = YEAR) => ({ text, type: 'text/css; charset=utf-8', keep });
  const icon = { text: ICON, type: 'image/svg+xml', keep: 'public, max-age=86400' };
  const assets = {
    [`/assets/govuk-${VERSION}.css`]: css(GOVUK_CSS),
    [`/assets/board-${VERSION}.css`]: css(BOARD_CSS),
    '/assets/plain.css': css(PLAIN_CSS, 'public, max-age=3600'),
    '/assets/icon.svg': icon,
    // What browsers ask for by themselves on pages that are printed or kept as one file.
    '/favicon.ico': icon,
  };
  const routes = new Hono();
  for (const [path, { text, type, keep }] of Object.entries(assets))
    routes.get(path, (context) => context.body(text, 200, { 'Content-Type': type, 'Cache-Control': keep }));
  return routes;
}
