import { type Command, Option } from 'commander';
import { writeFileSync } from 'node:fs';
import { namesOf } from '../../domain/closed-table.ts';
import { documentAsMarkdown } from '../../domain/documents/as-markdown.ts';
import type { Document } from '../../domain/documents/document.ts';
import { BadRequest } from '../bad-request.ts';
import { shownPath } from '../files/text-file.ts';
import { documentAsText } from './document-text.ts';
import { progress } from './terminal.ts';

interface Format {
  /** How the name of such a file ends. */
  ending: string;
  write(document: Document): string | Uint8Array | Promise<string | Uint8Array>;
}

/** What every document can be written as; options and their help follow from this. What only one form needs is loaded when it is asked for. */
export const DOCUMENT_FORMATS = {
  text: { ending: '.txt', write: documentAsText },
  markdown: { ending: '.md', write: documentAsMarkdown },
  html: { ending: '.html', write: async (document) => (await import('../web/render.ts')).renderDocument(document) },
  word: { ending: '.docx', write: async (document) => (await import('../documents/word.ts')).documentAsWord(document) },
} as const satisfies Record<string, Format>;

type FormatName = keyof typeof DOCUMENT_FORMATS;

export interface DocumentOptions {
  format?: FormatName;
  out?: string;
}

/** A command with `--format` and `--out`. @param byDefault where neither says how */
export const withDocumentOptions = (command: Command, byDefault: FormatName): Command =>
  command
    .addOption(
      new Option('--format <format>', `how (default: as the file’s name ends, or ${byDefault})`).choices(
        namesOf(DOCUMENT_FORMATS),
      ),
    )
    .option('--out <file>', 'write it to this file, for example update.docx');

/** Writes a document as was asked for. @throws BadRequest where a Word document has no file to go to, or the file can't be written */
export async function putDocument(
  document: Document,
  { format, out }: DocumentOptions,
  byDefault: FormatName,
): Promise<void> {
  const ended = namesOf(DOCUMENT_FORMATS).find((name) => out?.toLowerCase().endsWith(DOCUMENT_FORMATS[name].ending));
  const written = await DOCUMENT_FORMATS[format ?? ended ?? byDefault].write(document);
  if (out === undefined) {
    if (typeof written !== 'string')
      throw new BadRequest('A Word document needs a file to go to: name it with --out, for example --out update.docx.');
    process.stdout.write(written);
    return;
  }
  try {
    writeFileSync(out, written);
  } catch (error) {
    throw new BadRequest(`${shownPath(out)} can't be written: ${(error as Error).message}`);
  }
  progress(`Written to ${out}.`);
}
