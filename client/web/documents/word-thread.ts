import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import type { Document } from '../../../domain/documents/document.ts';
import { BadRequest } from '../../bad-request.ts';
import { documentAsWord } from '../../documents/word.ts';
import { documentOnTemplate } from '../../documents/template/fill.ts';

/** A document, and the council's own template, where it has one. */
export interface WordTask {
  document: Document;
  template: Uint8Array | null;
  madeOn: CivilDate;
}

/** What crosses from one thread to another: errors would lose what they are. */
export type WordAnswer = { is: 'written'; bytes: Uint8Array } | { is: 'unfit'; sentence: string };

/** Writes a document as Word; run in a thread of its own, by its file. */
export async function answerTo({ document, template, madeOn }: WordTask): Promise<WordAnswer> {
  if (template === null) return { is: 'written', bytes: await documentAsWord(document) };
  try {
    return { is: 'written', bytes: await documentOnTemplate(document, Buffer.from(template), madeOn) };
  } catch (error) {
    if (error instanceof BadRequest) return { is: 'unfit', sentence: error.message };
    throw error;
  }
}
