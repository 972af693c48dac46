/** How a line is set, where that can be seen: none of it in a text that was pasted. */
export type LineLook =
  /** Larger than most of the text, or in another face, as headings are. */
  | 'heading'
  /** Smaller than most of the text, as notes at the foot of a page are. */
  | 'small'
  /** In the margin above or below the page's text. */
  | 'margin';

/** Where a line stands. */
interface Position {
  /** From 1 on; left out where the document has no pages that can be told: Word, and pasted text. */
  page?: number;
  /** From 1 on, on its page; without pages, in the whole text. */
  line: number;
  /** What is counted are not lines but paragraphs, those in tables too: of a Word document. */
  isParagraph?: true;
}

/** One line of a report, as a reader meets it. */
export interface ReportLine extends Position {
  /** Cells of a table that stand on one line are parted by tabs. */
  text: string;
  /** There is space above it, or it begins something of its own: it does not go on from the line before. */
  gap: boolean;
  look?: LineLook;
}

/** Where something was found. */
export interface Place extends Position {
  /** What stands there, cut where it is long. */
  quote: string;
}

/** Something that the text says, and where; why it is not sure, where it is not. */
export interface Proposal<Value = string> {
  value: Value;
  place: Place;
  unsure?: string;
}

/** How much of what stands at a place is quoted, in characters. */
const MAX_QUOTE = 160;

export function placeOf({ page, line, isParagraph, text }: ReportLine): Place {
  const words = text.replaceAll(/\s+/g, ' ').trim();
  const quote = words.length > MAX_QUOTE ? `${words.slice(0, MAX_QUOTE).trimEnd()} …` : words;
  return {
    ...(page === undefined ? {} : { page }),
    line,
    ...(isParagraph === undefined ? {} : { isParagraph }),
    quote,
  };
}

/** Where it was found, for people: “page 2, line 14”, or “paragraph 7”. */
export function placeInWords({ page, line, isParagraph }: Position): string {
  const at = `${isParagraph === true ? 'paragraph' : 'line'} ${line}`;
  return page === undefined ? at : `page ${page}, ${at}`;
}
