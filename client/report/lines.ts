import type { ReportLine } from '../../domain/report/line.ts';
import { REPORT_LIMITS } from '../../domain/report/limits.ts';
import { BadRequest } from '../bad-request.ts';

/** The lines of a document, and what its reader must know of how they were got. */
export interface ReadLines {
  lines: ReportLine[];
  notes: string[];
}

const thousands = (n: number): string => n.toLocaleString('en-GB');

/** Counts what has been read so far. @throws BadRequest where it is more than a report has */
export function counter(): (text: string) => void {
  let [characters, lines] = [0, 0];
  return (text) => {
    characters += text.length;
    lines += 1;
    if (characters > REPORT_LIMITS.characters || lines > REPORT_LIMITS.lines)
      throw new BadRequest(
        `This has more text than a report has: at most ${thousands(REPORT_LIMITS.characters)} characters and ${thousands(REPORT_LIMITS.lines)} lines are read. Give the report alone.`,
      );
  };
}

/** @throws BadRequest where it has more pages than a report has */
export function mustBeFewPages(pages: number): void {
  if (pages > REPORT_LIMITS.pages)
    throw new BadRequest(
      `This has ${thousands(pages)} pages; a report has at most ${REPORT_LIMITS.pages}. Give the report alone, without what it is bound with.`,
    );
}
