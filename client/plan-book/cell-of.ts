import type { Cell } from 'hucre/xlsx';
import { toEpochDay } from '../../domain/calendar/civil-date.ts';
import type { Out } from './columns.ts';

/** Words that would be written as an error of the sheet, and not as the words that they are. */
const ERRORS = /^#(VALUE!|REF!|N\/A|NAME\?|NULL!|DIV\/0!|NUM!|GETTING_DATA|SPILL!|CALC!)$/;

/** The number that a workbook has for 1 January 1970: it counts days from the end of 1899. */
const EPOCH = 25_569;

export function cellOf(value: Out): Pick<Cell, 'value' | 'type' | 'richText'> {
  if (value === undefined || value === '') return { value: null, type: 'empty' };
  if (typeof value === 'string' && ERRORS.test(value)) return { value, type: 'richText', richText: [{ text: value }] };
  if (typeof value === 'string') return { value: literal(value), type: 'string' };
  if (typeof value === 'number') return { value, type: 'number' };
  return { value: toEpochDay(value.date) + EPOCH, type: 'number' };
}

/** In this form of file _x0041_ stands for a sign by its number: where somebody has written so, it is to stay. */
export const literal = (text: string): string => text.replaceAll(/_(?=x[\dA-Fa-f]{4}_)/g, '_x005F_');

/** A header or footer of a page: an ampersand begins a sign of the printer's, and so many letters fit. */
export const printed = (text: string): string => text.replaceAll('&', '&&').slice(0, 150);
