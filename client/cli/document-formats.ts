import { Option } from 'commander';
import { namesOf } from '../../domain/closed-table.ts';
import { recordAsMarkdown, type RecordOfDecision } from '../../domain/decisions/record-of-decision.ts';
import { type ProgressReport, reportAsMarkdown } from '../../domain/progress/report.ts';
import { bookAsMarkdown, type RuleBook } from '../files/rule-book.ts';
import { colours } from './terminal.ts';

type Writer<Document> = (document: Document) => string | Promise<string>;

/** Pages are rendered by what only they need: it is loaded when one is asked for. */
const pages = () => import('../web/render.ts');

/** What the quarterly update can be written as; the option and its help follow from this. */
export const REPORT_FORMATS = {
  markdown: reportAsMarkdown,
  html: async (report) => (await pages()).renderReport(report),
} as const satisfies Record<string, Writer<ProgressReport>>;

/** What the record of a decision can be written as. */
export const RECORD_FORMATS = {
  text: recordAsText,
  markdown: recordAsMarkdown,
  html: async (record) => (await pages()).renderRecord(record),
} as const satisfies Record<string, Writer<RecordOfDecision>>;

/** What the rule book can be written as. */
export const BOOK_FORMATS = {
  html: async (book) => (await pages()).renderRuleBook(book),
  markdown: bookAsMarkdown,
} as const satisfies Record<string, Writer<RuleBook>>;

/** `--format`, with the formats there are. */
export function formatOption<Format extends string>(
  formats: Readonly<Record<Format, unknown>>,
  byDefault: Format,
): Option {
  return new Option('--format <format>', 'how').choices(namesOf(formats)).default(byDefault);
}

function recordAsText({ authority, heading, parts }: RecordOfDecision): string {
  return `${[
    colours.bold(`${authority}: record of decision`),
    heading,
    ...parts.flatMap((part, index) => ['', colours.bold(`${index + 1}. ${part.heading}`), `   ${part.text}`]),
  ].join('\n')}\n`;
}
