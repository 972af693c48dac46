import type { CellStyle, WriteSheet } from 'hucre/xlsx';

/** How dates are written in this country. */
export const DATE_FORMAT = 'dd/mm/yyyy';
/** Text stays text: what begins with = + - or @ is no formula, also after somebody has edited it. */
export const TEXT_FORMAT = '@';

const FONT = { name: 'Arial', size: 11 } as const;

const TOP = { vertical: 'top', wrapText: true } as const;
const line = { style: 'thin', color: { rgb: 'B1B4B6' } } as const;
const border = { top: line, bottom: line, left: line, right: line };
const fill = (rgb: string) => ({ type: 'pattern', pattern: 'solid', fgColor: { rgb } }) as const;

export const HEAD: CellStyle = {
  font: { ...FONT, bold: true, color: { rgb: 'FFFFFF' } },
  fill: fill('1D4F8C'),
  alignment: { vertical: 'center', wrapText: true },
  border,
};

/** What is ours alone to change. */
export const LOCKED: CellStyle = {
  font: FONT,
  fill: fill('F3F2F1'),
  alignment: TOP,
  border,
  protection: { locked: true },
};
/** What somebody may change. */
export const OPEN: CellStyle = { font: FONT, alignment: TOP, border, protection: { locked: false } };

export const TITLE: CellStyle = { font: { ...FONT, bold: true, size: 16 }, alignment: TOP };
export const HEADING: CellStyle = { font: { ...FONT, bold: true, size: 13 }, alignment: TOP };
export const WORDS: CellStyle = { font: FONT, alignment: TOP };

export const coloured = ([ground, letters]: readonly [string, string]): CellStyle => ({
  font: { bold: true, color: { rgb: letters } },
  fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: ground }, bgColor: { rgb: ground } },
});

export const formatted = (style: CellStyle, numFmt: string): CellStyle => ({ ...style, numFmt });

/** On A4 across, as wide as the page, its heads on every page. */
export const pageSetup = (head: boolean): NonNullable<WriteSheet['pageSetup']> => ({
  ...{ paperSize: 'a4', orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
  margins: { left: 0.4, right: 0.4, top: 0.6, bottom: 0.6, header: 0.3, footer: 0.3 },
  ...(head ? { printTitlesRow: '$1:$1' } : {}),
});

/** Against slips, and without a password: whoever wants to sort takes it off. */
export const PROTECTION: NonNullable<WriteSheet['protection']> = {
  ...{ sheet: true, autoFilter: true, formatColumns: true, formatRows: true, formatCells: true, insertRows: true },
  ...{ sort: true, selectLockedCells: true, selectUnlockedCells: true },
};

/** Points of one line, and letters of it that fit into a column of a width. */
const LINE = 14.5;
const FITS = 1.05;
/** Excel takes no higher row. */
const MAX_HEIGHT = 400;

/** How high a row is that shows all of its cells: no program works it out for one that it has not written. */
export function heightOf(cells: readonly { text: string; width: number }[], points = LINE): number {
  const lines = cells.map(({ text, width }) =>
    text
      .split('\n')
      .map((each) => Math.max(1, Math.ceil(each.length / (width * FITS))))
      .reduce((all, one) => all + one, 0),
  );
  return Math.min(MAX_HEIGHT, Math.max(1, ...lines) * points + 2);
}
