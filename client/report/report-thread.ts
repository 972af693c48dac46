import type { FoundReport } from '../../domain/report/found.ts';
import { reportIn } from '../../domain/report/read-report.ts';
import { BadRequest } from '../bad-request.ts';
import { formOf } from '../web/forms/form-in-thread.ts';
import { linesOfDocument } from './document-lines.ts';
import { linesOfText } from './text-lines.ts';

/** A report as it was given: a form with a file or a text in it, by its content type; or a file alone. */
export interface GivenReport {
  body: Uint8Array<ArrayBuffer>;
  as: { contentType: string } | 'file';
}

/** What crosses from one thread to another: errors would lose what they are. */
export type ReportAnswer =
  | { is: 'good'; fields: Record<string, string>; found: FoundReport }
  | { is: 'refused'; fields: Record<string, string>; sentence: string }
  | { is: 'unreadable' };

const NOTHING = 'Choose a report, or paste its text.';

/** Takes a form apart and reads the report in it; run in a thread of its own, by its file. */
export async function answerTo({ body, as }: GivenReport): Promise<ReportAnswer> {
  if (as === 'file') return read({}, () => linesOfDocument(Buffer.from(body)));
  const form = await formOf(body, as.contentType);
  if (form === undefined) return { is: 'unreadable' };
  const fields = Object.fromEntries(
    Object.entries(form).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );
  const { file } = form;
  const text = fields['text'] ?? '';
  return read(fields, async () => {
    if (file instanceof File && file.size > 0) return linesOfDocument(Buffer.from(await file.arrayBuffer()));
    if (text.trim() === '') throw new BadRequest(NOTHING);
    return linesOfText(text);
  });
}

async function read(
  fields: Record<string, string>,
  lines: () => Promise<Awaited<ReturnType<typeof linesOfDocument>>>,
): Promise<ReportAnswer> {
  try {
    const { lines: given, notes } = await lines();
    const found = reportIn(given);
    return { is: 'good', fields, found: { ...found, notes: [...notes, ...found.notes] } };
  } catch (error) {
    if (error instanceof BadRequest) return { is: 'refused', fields, sentence: error.message };
    throw error;
  }
}
