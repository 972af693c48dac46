import type { Cell, WriteSheet } from 'hucre/xlsx';
import { formatDate } from '../../domain/calendar/civil-date.ts';
import { localDate } from '../../domain/calendar/london.ts';
import { schemeInWords } from '../../domain/progress/ratings.ts';
import { cellOf } from './cell-of.ts';
import { WITHDRAW, YES } from './columns.ts';
import * as looks from './looks.ts';
import { ratingText } from './ratings.ts';
import type { BookSource } from './source.ts';

interface Line {
  text: string;
  as: 'title' | 'heading' | 'words';
}

const words = (...texts: string[]): Line[] => texts.map((text) => ({ text, as: 'words' }));

/** The first sheet: what this is, what may be changed, and how it goes back. */
export function guideSheet(source: BookSource): WriteSheet {
  const lines = linesOf(source);
  const cells = new Map<string, Partial<Cell>>(
    lines.map(({ text, as }, row) => [`${row},0`, { ...cellOf(text), style: STYLES[as] }]),
  );
  return {
    name: 'How to use',
    columns: [{ width: WIDTH }],
    rowDefs: new Map(
      lines.map(({ text, as }, row) => [row, { height: looks.heightOf([{ text, width: FIT[as] }], POINTS[as]) }]),
    ),
    rows: lines.map(() => [null]),
    cells,
    protection: looks.PROTECTION,
    view: { showGridLines: false },
    pageSetup: { ...looks.pageSetup(false), orientation: 'portrait' },
  };
}

const WIDTH = 84;
/** So many letters of each fit into that width, and how high a line of them is. */
const FIT = { title: 50, heading: 70, words: WIDTH } as const;
const POINTS = { title: 24, heading: 22, words: 15 } as const;

const STYLES = {
  title: looks.TITLE,
  heading: looks.HEADING,
  words: looks.formatted(looks.WORDS, looks.TEXT_FORMAT),
} as const;

function linesOf({ sent, shown }: BookSource): Line[] {
  return [
    { text: `${shown.title}: the plan`, as: 'title' },
    ...words(
      `${shown.council}. Revision ${sent.revision} of the plan, as it was on ${formatDate(localDate(sent.madeAt))}.`,
      'This workbook is a copy. Nothing in it counts until it is brought back, looked at and carried out.',
    ),
    { text: 'To change the plan', as: 'heading' },
    ...words(
      'White cells may be changed; grey ones show what is on record. Owners, themes and ratings are chosen from lists.',
      'To add something, fill in the first empty row. Leave its Ref empty: it gets one.',
      `To take something out, write ${YES} under “${WITHDRAW.head}”. A row that is deleted here changes nothing: what is in the plan stays on record.`,
      'Dates are typed as day/month/year, the year with four digits. The note at a date says why it is what it is.',
      'An action has one owner; those beside them stand under “With”, with semicolons between them. References of recommendations, themes and actions have commas between them.',
    ),
    { text: 'To report progress', as: 'heading' },
    ...words(
      'On the sheet Actions, change the rating, the per cent or the day by which it is expected, or write under “New report”. What you leave as it is is not reported.',
      'On the sheet Measures, write under “New value”, and of which day it is.',
      'An expected day moves no due date.',
    ),
    { text: 'To bring it back', as: 'heading' },
    ...words(
      'Save it as .xlsx. Open the inspection, choose Plan, then “Excel workbook”, and choose the file. You see line by line what changes before anything does, also where others have changed the same meanwhile, and choose what is carried out.',
      'Sheets and heads keep their names. Sheets are protected against slips, without a password: to sort, choose Review, then Unprotect Sheet.',
    ),
    { text: 'What the ratings mean', as: 'heading' },
    ...schemeInWords(shown.ratings.map((each) => ({ ...each, name: ratingText(each) }))).flatMap((each) => words(each)),
  ];
}
