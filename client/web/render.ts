import type { RuleBook } from '../files/rule-book.ts';
import { marksAfter } from '../../domain/milestone/due-marks.ts';
import nunjucks from 'nunjucks';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { packageRoot } from '../../platform/package-root.ts';
import { formatDate, formatShortDate } from '../../domain/calendar/civil-date.ts';
import { formatInstant, localDate } from '../../domain/calendar/london.ts';
import { entryOf } from '../../domain/closed-table.ts';
import { INSPECTION_STATUSES } from '../../domain/lifecycle/inspection-status.ts';
import { type ColumnName, LISTED_COLUMNS, type ListedMilestone } from '../../domain/milestone/columns.ts';
import { cellOf, type CellWriters, IN_WORDS } from '../milestone-cells.ts';
import type { RecordOfDecision } from '../../domain/decisions/record-of-decision.ts';
import { MEASURE_HEADS } from '../../domain/measures/measure-lines.ts';
import { ACTION_HEADS } from '../../domain/progress/action-lines.ts';
import { type ProgressReport, REPORT_SECTIONS } from '../../domain/progress/report.ts';

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

/** The record of a decision as a page to print. */
export function renderRecord(record: RecordOfDecision): string {
  return renderTemplate('record.html', { record });
}

/** What duecourse believes about deadlines, as a document to print. */
export function renderRuleBook(book: RuleBook): string {
  return renderTemplate('rule-book.html', { book });
}

/** The first of a list, and how many there are after them. */
const firstOf = (list: readonly string[], max: number): string[] =>
  list.length <= max ? [...list] : [...list.slice(0, max), `… and ${list.length - max} more.`];

/**
 * The quarterly update as a page to print.
 *
 * @param maxActions so many actions it names one by one; of the others it says how many there are
 */
export function renderReport(report: ProgressReport, maxActions = Number.POSITIVE_INFINITY): string {
  const actions = report.actions.slice(0, maxActions);
  return renderTemplate('report.html', {
    report: { ...report, actions, unreported: firstOf(report.unreported, maxActions) },
    more: report.actions.length - actions.length,
    sections: REPORT_SECTIONS,
    heads: ACTION_HEADS,
    measureHeads: MEASURE_HEADS,
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
  own.addGlobal('cellOf', (row: ListedMilestone, name: ColumnName) => cellOf(row, name, ON_A_PAGE));
  own.addFilter('date', (date: string) => formatDate(date));
  own.addFilter('dueMarks', marksAfter);
  own.addFilter('shortDate', (date: string) => formatShortDate(date));
  own.addFilter('instant', (at: string) => formatInstant(at));
  own.addFilter('day', (at: string) => formatDate(localDate(at)));
  own.addFilter('isWebAddress', (text: string) => /^https?:\/\/[^\s]+$/.test(text));
  for (const [kind, inWords] of Object.entries(IN_WORDS)) own.addFilter(kind, inWords);
  own.addFilter('inspectionStatus', (name: string) => entryOf(INSPECTION_STATUSES, name)?.words ?? name);
  return own;
}
