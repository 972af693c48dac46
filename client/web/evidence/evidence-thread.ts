import { Refusal, type RefusalCode } from '../../../domain/refusal.ts';
import { readEvidence, type ReadFile } from '../../evidence.ts';
import { formOf } from '../forms/form-in-thread.ts';

/** A body that was sent with evidence: a form, by its content type; or a file alone, by its name. */
export interface SentEvidence {
  body: Uint8Array<ArrayBuffer>;
  as: { contentType: string } | { name: string };
}

/** What crosses from one thread to another: errors would lose what they are. */
export type EvidenceAnswer =
  | { is: 'good'; fields: Record<string, string>; file: ReadFile | null }
  | { is: 'refused'; fields: Record<string, string>; code: RefusalCode; sentence: string; field: string | undefined }
  | { is: 'unreadable' };

/** Takes a form apart and looks at its file; run in a thread of its own, by its file. */
export async function answerTo({ body, as }: SentEvidence): Promise<EvidenceAnswer> {
  const fields: Record<string, string> = {};
  try {
    if ('name' in as) return { is: 'good', fields, file: readEvidence({ name: as.name, content: Buffer.from(body) }) };
    const form = await formOf(body, as.contentType);
    if (form === undefined) return { is: 'unreadable' };
    let given: File | undefined;
    for (const [name, value] of Object.entries(form)) {
      if (typeof value === 'string') fields[name] = value;
      else if (name === 'file' && value.size > 0) given = value;
    }
    if (given === undefined) return { is: 'good', fields, file: null };
    const content = Buffer.from(await given.arrayBuffer());
    return { is: 'good', fields, file: readEvidence({ name: given.name, content }) };
  } catch (error) {
    if (error instanceof Refusal)
      return { is: 'refused', fields, code: error.code, sentence: error.message, field: error.field };
    throw error;
  }
}
