import nunjucks from 'nunjucks';
import { join } from 'node:path';
import type { RecordOfDecision } from '../../domain/decisions/record-of-decision.ts';
import type { ProgressReport } from '../../domain/progress/report.ts';
import { packageRoot } from '../../activities/package-root.ts';

/** A page that says something, with one button at most. */
export interface PlainPage {
  title: string;
  said: string[];
  form?: { action: string; wanted: string; button: string };
}

export const TEMPLATES = join(packageRoot(), 'client', 'web', 'templates');
let environment: nunjucks.Environment | undefined;

/** Everything in it is escaped. */
export function renderPlainPage(page: PlainPage): string {
  return templates().render('page.html', { page });
}

/** The record of a decision as a page to print. */
export function renderRecord(record: RecordOfDecision): string {
  return templates().render('record.html', { record });
}

/** The quarterly update as a page to print. */
export function renderReport(report: ProgressReport): string {
  return templates().render('report.html', { report });
}

function templates(): nunjucks.Environment {
  environment ??= new nunjucks.Environment(new nunjucks.FileSystemLoader(TEMPLATES), {
    autoescape: true,
    throwOnUndefined: false,
  });
  return environment;
}
