import { CsvError, parse } from 'csv-parse/sync';
import type { ReadWorkbook } from './cells.ts';
import { unusable, WORKBOOK_LIMITS } from './unusable.ts';

/** What may stand between values, the likeliest first. */
const DELIMITERS = [',', ';', '\t'] as const;

/**
 * Reads comma-separated values as a workbook of one sheet, each value as its words; what stands between the values is found out, and
 * text that is not UTF-8 is taken for what Excel writes on Windows. Within the bounds of {@link WORKBOOK_LIMITS}.
 *
 * @param name of the file, for what is said of it
 * @throws FileProblems where it can't be read, with what its owner can do
 */
export function readCsv(content: Uint8Array, name: string): ReadWorkbook {
  if (content.byteLength > WORKBOOK_LIMITS.fileBytes) throw unusable(name, 'large');
  if (content.byteLength === 0) throw unusable(name, 'empty');
  if (content.includes(0)) throw unusable(name, 'no-workbook');
  const text = textIn(content);
  const rows = recordsIn(text, delimiterIn(text), name);
  const cells = rows.reduce((sum, row) => sum + row.length, 0);
  if (cells > WORKBOOK_LIMITS.cells || rows.some((row) => row.length > WORKBOOK_LIMITS.columns))
    throw unusable(name, 'many-cells');
  const sheet = rows.map((row) =>
    row.map((value) =>
      value.trim() === '' ? undefined : ({ is: 'text', text: value.replaceAll(/\r\n?/g, '\n') } as const),
    ),
  );
  return { sheets: [{ name: 'CSV', hidden: false, merges: [], hiddenRows: [], rows: sheet }] };
}

/** What Windows has where Latin 1 has controls: Node’s own decoder of windows-1252 leaves them. Five are of nothing. */
const WINDOWS = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ';

function textIn(content: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    return Buffer.from(content)
      .toString('latin1')
      .replaceAll(/[\u0080-\u009F]/g, (each) => WINDOWS.charAt(each.charCodeAt(0) - 0x80));
  }
}

/** By what stands most often in the first lines. */
function delimiterIn(text: string): string {
  const head = text.slice(0, 4000);
  const count = (delimiter: string): number => head.split(delimiter).length;
  return DELIMITERS.reduce<string>((best, each) => (count(each) > count(best) ? each : best), DELIMITERS[0]);
}

function recordsIn(text: string, delimiter: string, name: string): string[][] {
  try {
    return parse(text, { delimiter, bom: true, relax_column_count: true, to: WORKBOOK_LIMITS.rows + 1 });
  } catch (error) {
    if (error instanceof CsvError) throw unusable(name, 'no-table');
    throw error;
  }
}
