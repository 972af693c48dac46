import { stringify } from 'csv-stringify/sync';
import type { Imported, ImportedFile } from './import-files.ts';

/** How many files came to what. */
export type ImportCounts = Record<ImportedFile['outcome'], number>;

export function countsOf({ files }: Imported): ImportCounts {
  const counts = { started: 0, there: 0, good: 0, failed: 0, 'no-inspection': 0, 'not-tried': 0 };
  for (const { outcome } of files) counts[outcome]++;
  return counts;
}

/** What each outcome is called on a screen; those of which there are none are left out. */
const WORDS: Record<ImportedFile['outcome'], string> = {
  started: 'started',
  there: 'already there',
  good: 'good',
  failed: 'failed',
  'no-inspection': 'no inspections (authority files)',
  'not-tried': 'not tried',
};

/** For people: `3 started, 1 already there, 2 failed`. */
export function sumOf(counts: ImportCounts): string {
  const said = Object.entries(WORDS).flatMap(([outcome, word]) => {
    const count = counts[outcome as ImportedFile['outcome']];
    return count === 0 ? [] : [`${count} ${word}`];
  });
  return said.length === 0 ? 'no inspection files' : said.join(', ');
}

/** One row a file, and one a problem where it has several. Cells that a spreadsheet would take for a formula are kept as text. */
export function importCsv({ files }: Imported): string {
  const rows = files.flatMap((each) => {
    const problems = each.problems.length === 0 ? [undefined] : each.problems;
    return problems.map((problem) => ({
      File: each.file,
      Inspection: each.inspection ?? '',
      Outcome: WORDS[each.outcome],
      'Problem in': problem?.file ?? '',
      Line: problem?.line ?? '',
      Column: problem?.column ?? '',
      Problem: problem?.text ?? '',
    }));
  });
  const columns = ['File', 'Inspection', 'Outcome', 'Problem in', 'Line', 'Column', 'Problem'];
  return stringify(rows, { header: true, bom: true, escape_formulas: true, columns });
}
