import { endedOnInWords } from '../../domain/milestone/ended-on.ts';
import { marksAfter } from '../../domain/milestone/due-marks.ts';
import nunjucks from 'nunjucks';
import { createRequire } from 'node:module';
import { recommendationTitle } from '../../domain/plan/recommendation-words.ts';
import { isWebAddress } from '../../domain/web-address.ts';
import { dirname, join } from 'node:path';
import { packageRoot } from '../../platform/package-root.ts';
import { stoodInWords } from '../../domain/figures/themes.ts';
import { formatDate, formatShortDate } from '../../domain/calendar/civil-date.ts';
import { lateInWords, timeLeft, workingDaysInWords } from '../../domain/calendar/lateness.ts';
import { formatInstant, localDate } from '../../domain/calendar/london.ts';
import { entryOf } from '../../domain/closed-table.ts';
import type { Document } from '../../domain/documents/document.ts';
import { dateHint } from './forms/example-days.ts';
import { paperStyles } from '../documents/paper-styles.ts';
import { inShort } from '../../domain/in-short.ts';
import { INSPECTION_STATUSES } from '../../domain/lifecycle/inspection-status.ts';
import { type ColumnName, LISTED_COLUMNS, type ListedMilestone } from '../../domain/milestone/columns.ts';
import { cellOf, type CellWriters, IN_WORDS } from '../milestone-cells.ts';
import { standingInWords } from '../../domain/strands/call-in-window.ts';
import { STATUS_GROUPS } from '../../domain/milestone/statuses.ts';

/** A page that says something, with one button at most. */
export interface PlainPage {
  title: string;
  said: string[];
  form?: { action: string; wanted: string; button: string };
}

export const TEMPLATES = join(packageRoot(), 'client', 'web', 'templates');
/** The folder of GOV.UK Frontend's own parts. */
export const GOVUK = join(dirname(createRequire(import.meta.url).resolve('govuk-frontend/package.json')), 'dist');
let environment: nunjucks.Environment | undefined;

/** A template with what it shows; everything in it is escaped. */
export function renderTemplate(name: string, shown: object): string {
  return templates().render(name, shown).trimStart();
}

/** Everything in it is escaped. */
export function renderPlainPage(page: PlainPage): string {
  return renderTemplate('page.html', { page });
}

/** A page's title, in characters: as much as a tab, a list of bookmarks or a screen reader has room for. */
const MAX_TITLE = 70;

/**
 * A document as a page to read and to print.
 *
 * @param word the address of the same as a Word document
 */
export function renderDocument(document: Document, word?: string): string {
  return renderTemplate('document.html', {
    ...{ document, word, called: inShort(document.title, MAX_TITLE) },
    pictureStyles: paperStyles(),
  });
}

function templates(): nunjucks.Environment {
  environment ??= made();
  return environment;
}

/** How a cell of a list is written where its template does not write it itself. */
const ON_A_PAGE: CellWriters = { ...IN_WORDS, date: formatShortDate, instant: formatInstant };

function made(): nunjucks.Environment {
  const loader = new nunjucks.FileSystemLoader([TEMPLATES, GOVUK]);
  const own = new nunjucks.Environment(loader, { autoescape: true, throwOnUndefined: false });
  own.addGlobal('columns', LISTED_COLUMNS);
  own.addGlobal('statusGroups', STATUS_GROUPS);
  own.addGlobal('cellOf', (row: ListedMilestone, name: ColumnName) => cellOf(row, name, ON_A_PAGE));
  own.addFilter('dateHint', dateHint);
  own.addFilter('date', (date: string) => formatDate(date));
  own.addFilter('dueMarks', marksAfter);
  own.addFilter('timeLeft', ({ due, workingDaysLate }: ListedMilestone, today: string) =>
    timeLeft({ due, left: 0 - workingDaysLate }, today),
  );
  own.addFilter('standingInWords', standingInWords);
  own.addFilter('stood', stoodInWords);
  own.addFilter('endedOn', endedOnInWords);
  own.addFilter('late', (days: number) => lateInWords(days));
  own.addFilter('workingDays', (n: number) => workingDaysInWords(n));
  own.addFilter('shortDate', (date: string) => formatShortDate(date));
  own.addFilter('instant', (at: string) => formatInstant(at));
  own.addFilter('day', (at: string) => formatDate(localDate(at)));
  own.addFilter('recommendation', recommendationTitle);
  own.addFilter('isWebAddress', isWebAddress);
  for (const [kind, inWords] of Object.entries(IN_WORDS)) own.addFilter(kind, inWords);
  own.addFilter('inspectionStatus', (name: string) => entryOf(INSPECTION_STATUSES, name)?.words ?? name);
  return own;
}
