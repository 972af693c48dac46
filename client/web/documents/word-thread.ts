import type { Document } from '../../../domain/documents/document.ts';
import { documentAsWord } from '../../documents/word.ts';

/** Writes a document as Word; run in a thread of its own, by its file. */
export const answerTo = (document: Document): Promise<Uint8Array> => documentAsWord(document);
