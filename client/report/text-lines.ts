import type { ReportLine } from '../../domain/report/line.ts';
import { counter, mustBeFewPages, type ReadLines } from './lines.ts';

/** Lines of a text as it was pasted, or saved: an empty line is space; a form feed begins a page. @throws BadRequest */
export function linesOfText(text: string): ReadLines {
  const count = counter();
  const pages = text.split('\f');
  mustBeFewPages(pages.length);
  const lines: ReportLine[] = [];
  for (const [index, page] of pages.entries()) {
    let gap = index === 0;
    for (const [at, raw] of page.split(/\r\n|\r|\n/).entries()) {
      count(raw);
      if (raw.trim() === '') gap = true;
      else {
        lines.push({ ...(pages.length === 1 ? {} : { page: index + 1 }), line: at + 1, text: raw, gap });
        gap = false;
      }
    }
  }
  return { lines, notes: [] };
}
