import { stripVTControlCharacters } from 'node:util';
import Table from 'cli-table3';
import colours from 'picocolors';
import { formatShortDate } from '../../domain/calendar/civil-date.ts';

/** What every command that prints data takes. */
export interface PrintOptions {
  json?: boolean;
}

/** Prints data: as JSON for programs, or as the command renders it for people. */
export function print<T>(data: T, options: PrintOptions, render: (data: T) => string): void {
  process.stdout.write(`${options.json === true ? JSON.stringify(data, null, 2) : render(data)}\n`);
}

/** A line about work in progress; on the error stream, so that data stays clean. */
export function progress(line: string): void {
  process.stderr.write(`${colours.dim(line)}\n`);
}

const PLAIN = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
};

/** A table for people, as wide as the screen allows: the column named by `wrap` takes what is left. */
export function table(head: string[], rows: string[][], wrap: number): string {
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => plainLength(row[column] ?? ''))),
  );
  const others = widths.reduce((sum, width, column) => (column === wrap ? sum : sum + width + 2), 0);
  const screen = process.stdout.columns ?? 140;
  const left = Math.max(20, Math.min(widths[wrap] ?? 20, screen - others - 2));
  const made = new Table({
    head: head.map((title) => colours.bold(title)),
    chars: PLAIN,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
    colWidths: head.map((_title, column) => (column === wrap ? left : null)),
    wordWrap: true,
  });
  made.push(...rows);
  return made
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

function plainLength(text: string): number {
  return stripVTControlCharacters(text).length;
}

/** A due date as a table shows it; provisional ones are marked. */
export function dueCell(due: string, provisional: boolean): string {
  return `${formatShortDate(due)}${provisional ? colours.yellow(' provisional') : ''}`;
}

export { colours };
