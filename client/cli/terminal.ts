import { dueMarks, type MarkedDate } from '../../domain/milestone/due-marks.ts';
import { stripVTControlCharacters } from 'node:util';
import Table from 'cli-table3';
import colours from 'picocolors';
import { seenJson } from './seen-stream.ts';
import { formatShortDate } from '../../domain/calendar/civil-date.ts';

/** What every command that prints data takes. */
export interface PrintOptions {
  json?: boolean;
}

/** Prints data: as JSON for programs, or as the command renders it for people. */
export function print<T>(data: T, options: PrintOptions, render: (data: T) => string): void {
  process.stdout.write(`${options.json === true ? seenJson(data) : render(data)}\n`);
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

/** Rows laid out at a time: cli-table3 takes four times as long for twice as many. */
const TABLE_PAGE = 100;

/**
 * A table for people, as wide as the screen allows: the column at `wrap` takes what is left.
 *
 * @param part of a table that is printed a part at a time: only the first has the head
 */
export function table(
  head: string[],
  rows: readonly string[][],
  wrap: number,
  part: 'whole' | 'later part' = 'whole',
): string {
  const widths = columnWidths(head, rows, wrap);
  const parts: string[] = [];
  for (let from = 0; from === 0 || from < rows.length; from += TABLE_PAGE)
    parts.push(tablePart(from === 0 && part === 'whole' ? head : [], rows.slice(from, from + TABLE_PAGE), widths));
  return parts.join('\n');
}

/** How wide each column is: as its widest cell, and the one that gives way as what the screen leaves. */
function columnWidths(head: string[], rows: readonly string[][], wrap: number): number[] {
  const widths = head.map((title, column) =>
    rows.reduce((widest, row) => Math.max(widest, plainLength(row[column] ?? '')), title.length),
  );
  const others = widths.reduce((sum, width, column) => (column === wrap ? sum : sum + width + 2), 0);
  const screen = process.stdout.columns ?? 140;
  const left = Math.max(20, Math.min(widths[wrap] ?? 20, screen - others - 2));
  return widths.map((width, column) => (column === wrap ? left : width));
}

function tablePart(head: string[], rows: readonly string[][], widths: number[]): string {
  const made = new Table({
    head: head.map((title) => colours.bold(title)),
    chars: PLAIN,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
    colWidths: widths,
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

/** A due date as a table shows it; one that may still change is marked. */
export function dueCell(due: string, marked: MarkedDate): string {
  const marks = dueMarks(marked);
  return `${formatShortDate(due)}${marks.length === 0 ? '' : colours.yellow(` ${marks.join(', ')}`)}`;
}

export { colours };
