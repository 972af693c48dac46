import { type CivilDate, formatDate } from '../calendar/civil-date.ts';
import { namesOf } from '../closed-table.ts';
import type { WrittenPart } from '../progress/written-part.ts';
import { NOT_RECORDED, WRITTEN_PARTS } from '../progress/written-parts.ts';
import { type Block, type Document, paragraph } from './document.ts';

/** What a council's own Word template may have a place for, by the word that stands in braces there. */
export type TemplateField = FieldOfWords | 'content';

/** What is a text wherever it stands. */
type FieldOfWords = 'title' | 'council' | 'inspection' | 'as at' | 'made on' | 'fingerprint' | WrittenPart;

interface Field {
  /** What comes in its place. */
  stands: string;
  /** A template without it is no template for documents. */
  isNeeded?: true;
}

const written = (part: WrittenPart): Field => ({
  stands: `what officers wrote as “${WRITTEN_PARTS[part]}”; it is then left out of the content`,
});

/** Every field, in the order in which a template has them. */
export const TEMPLATE_FIELDS: Record<TemplateField, Field> = {
  title: { stands: 'the document’s title', isNeeded: true },
  council: { stands: 'the council’s name' },
  inspection: { stands: 'the title of the inspection' },
  'as at': { stands: 'the day of the figures, for example Monday 2 March 2026' },
  'made on': { stands: 'the day on which the file was made' },
  fingerprint: {
    stands: 'as at when a frozen document is, and its fingerprint; without a place of its own it stands at the end',
  },
  summary: written('summary'),
  financial: written('financial'),
  legal: written('legal'),
  equality: written('equality'),
  risk: written('risk'),
  content: {
    stands: 'everything else: headings, text, tables and pictures; it stands in a paragraph of its own',
    isNeeded: true,
  },
};

/** The field that a word in braces names: capitals, hyphens and lines between its words are no matter. */
export function fieldNamed(word: string): TemplateField | undefined {
  const plain = plainly(word);
  return namesOf(TEMPLATE_FIELDS).find((name) => name === plain);
}

export const plainly = (word: string): string =>
  word
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, ' ')
    .trim();

/** Is it what officers wrote for this field? */
const isOf = (block: Block, field: TemplateField): boolean => 'part' in block && block.part === field;

/** What stands in the place of each field that is a text; of what nobody has written, that it is not recorded. */
export function textsOf(document: Document, madeOn: CivilDate): Record<FieldOfWords, string> {
  const said = (part: WrittenPart): string =>
    document.blocks
      .flatMap((block) => (block.kind === 'paragraph' && isOf(block, part) ? [block.text] : []))
      .join('\n') || NOT_RECORDED;
  return {
    title: document.title,
    council: document.about?.council ?? NOT_RECORDED,
    inspection: document.about?.inspection ?? NOT_RECORDED,
    'as at': formatDate(document.on),
    'made on': formatDate(madeOn),
    fingerprint: document.frozen ?? 'Not frozen',
    summary: said('summary'),
    financial: said('financial'),
    legal: said('legal'),
    equality: said('equality'),
    risk: said('risk'),
  };
}

/** A document without what has a place of its own. */
export function withoutFields(document: Document, fields: readonly TemplateField[]): Document {
  const blocks = document.blocks.filter((block) => !fields.some((field) => isOf(block, field)));
  const atEnd = document.frozen === undefined || fields.includes('fingerprint') ? [] : [paragraph(document.frozen)];
  return { ...document, blocks: [...blocks, ...atEnd] };
}
