import type { CivilDate } from '../calendar/civil-date.ts';
import type { Rag } from '../progress/progress.ts';
import type { WrittenPart } from '../progress/written-part.ts';

/** A document that people read, print and send: what is in it is said here once, each form of it is made from this. */
export interface Document {
  title: string;
  /** Whose it is, and of which day, in words. */
  under: string;
  /** The day of which it is. */
  on: CivilDate;
  /** Of which council's inspection it tells. */
  about?: { council: string; inspection: string };
  /** What must be read before all else. */
  notice?: string;
  /** Where it is frozen: as at when, and its fingerprint, for its foot. */
  frozen?: string;
  /** Whether it begins with what is in it. */
  contents?: boolean;
  blocks: readonly Block[];
}

/** The title is of level 1. */
export interface Heading {
  kind: 'heading';
  level: 2 | 3 | 4;
  text: string;
  /** The short name that rules have. */
  code?: string;
  /** It belongs to what officers wrote for this part. */
  part?: WrittenPart;
}

export interface Paragraph {
  kind: 'paragraph';
  /** May be of several lines. */
  text: string;
  strong?: boolean;
  /** It belongs to what officers wrote for this part. */
  part?: WrittenPart;
}

/** One of a list: what nobody has verified stands out, what is beside the matter stands back. */
export interface ListItem {
  text: string;
  tone?: 'doubtful' | 'aside';
}

export interface List {
  kind: 'list';
  /** One or more. */
  items: readonly ListItem[];
}

export interface Table {
  kind: 'table';
  caption: string;
  heads: readonly string[];
  /** As many cells in each as there are heads; the first names its row. */
  rows: readonly (readonly Cell[])[];
}

/** Words; a rating has a colour beside them. */
export type Cell = string | { text: string; rag: Rag };

/** A picture that says nothing that its words and a table beside it don't. */
export interface Picture {
  kind: 'picture';
  title: string;
  /** What is to be seen, for whoever does not see it. */
  description: string;
  /** It carries both words itself. */
  svg: string;
}

export type Block = Heading | Paragraph | List | Table | Picture;

/** How each kind of block is written. */
export type BlockWriters<Written> = { [Kind in Block['kind']]: (block: Extract<Block, { kind: Kind }>) => Written };

/** One block by its writer. */
export function writeBlock<Written>(block: Block, writers: BlockWriters<Written>): Written {
  const write = writers[block.kind] as (block: Block) => Written;
  return write(block);
}

export const textOfCell = (cell: Cell): string => (typeof cell === 'string' ? cell : cell.text);

export const heading = (level: Heading['level'], text: string): Heading => ({ kind: 'heading', level, text });

export const paragraph = (text: string): Paragraph => ({ kind: 'paragraph', text });

/** A list, or what is said where it is empty. */
export const list = (items: readonly string[], otherwise: string): List | Paragraph =>
  items.length === 0 ? paragraph(otherwise) : { kind: 'list', items: items.map((text) => ({ text })) };

/** A table, or what is said where it has no rows. */
export const table = (
  caption: string,
  heads: readonly string[],
  rows: Table['rows'],
  otherwise: string,
): Table | Paragraph => (rows.length === 0 ? paragraph(otherwise) : { kind: 'table', caption, heads, rows });
