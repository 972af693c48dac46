import { type Command, Option } from 'commander';
import { writeFileSync } from 'node:fs';
import { namesOf } from '../../domain/closed-table.ts';
import { documentAsMarkdown } from '../../domain/documents/as-markdown.ts';
import type { Document } from '../../domain/documents/document.ts';
import { localDate } from '../../domain/calendar/london.ts';
import { type InspectionRef, partsOf } from '../../domain/inspection-ref.ts';
import type { Register } from '../../register/register.ts';
import { BadRequest } from '../bad-request.ts';
import { shownPath } from '../files/text-file.ts';
import { documentAsText } from './document-text.ts';
import { progress } from './terminal.ts';

interface Format {
  /** How the name of such a file ends. */
  ending: string;
  /** @param template the council's own, where it has one and the form is Word */
  write(document: Document, template: Buffer | null): string | Uint8Array | Promise<string | Uint8Array>;
}

/** What every document can be written as; options and their help follow from this. What only one form needs is loaded when it is asked for. */
export const DOCUMENT_FORMATS = {
  text: { ending: '.txt', write: documentAsText },
  markdown: { ending: '.md', write: documentAsMarkdown },
  html: { ending: '.html', write: async (document) => (await import('../web/render.ts')).renderDocument(document) },
  word: { ending: '.docx', write: asWord },
} as const satisfies Record<string, Format>;

type FormatName = keyof typeof DOCUMENT_FORMATS;

export async function asWord(document: Document, template: Buffer | null): Promise<Uint8Array> {
  if (template === null) return (await import('../documents/word.ts')).documentAsWord(document);
  const { documentOnTemplate } = await import('../documents/template/fill.ts');
  return documentOnTemplate(document, template, localDate(new Date().toISOString()));
}

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

function formatOf({ format, out }: DocumentOptions, byDefault: FormatName): FormatName {
  const ended = namesOf(DOCUMENT_FORMATS).find((name) => out?.toLowerCase().endsWith(DOCUMENT_FORMATS[name].ending));
  return format ?? ended ?? byDefault;
}

/** The template on which a council's document is written, where it has one and the document is to be Word. */
export async function templateOf(
  { templates }: Pick<Register, 'templates'>,
  ref: InspectionRef,
  { options, byDefault }: { options: DocumentOptions; byDefault: FormatName },
): Promise<Buffer | null> {
  if (formatOf(options, byDefault) !== 'word') return null;
  return (await templates.inForce(partsOf(ref).authority))?.content ?? null;
}

/** Writes a document as was asked for. @throws BadRequest where a Word document has no file to go to, or the file can't be written */
export async function putDocument(
  document: Document,
  options: DocumentOptions,
  { byDefault, template = null }: { byDefault: FormatName; template?: Buffer | null },
): Promise<void> {
  const { out } = options;
  const written = await DOCUMENT_FORMATS[formatOf(options, byDefault)].write(document, template);
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
