import { type LookedAtTemplate, lookAtTemplate } from '../../documents/template/look.ts';
import { formOf } from '../forms/form-in-thread.ts';

/** A form with a template in it, as it was sent. */
export interface SentTemplate {
  body: Uint8Array<ArrayBuffer>;
  contentType: string;
}

/** A file with what a look at it has found. */
export interface GivenTemplate {
  name: string;
  content: Uint8Array;
  found: LookedAtTemplate;
}

/** What crosses from one thread to another. */
export type TemplateAnswer =
  | { is: 'read'; fields: Record<string, string>; given: GivenTemplate | null }
  | { is: 'unreadable' };

/** Takes a form apart and looks at the template in it; run in a thread of its own, by its file. */
export async function answerTo({ body, contentType }: SentTemplate): Promise<TemplateAnswer> {
  const form = await formOf(body, contentType);
  if (form === undefined) return { is: 'unreadable' };
  const fields = Object.fromEntries(
    Object.entries(form).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );
  const { file } = form;
  if (!(file instanceof File) || file.name === '') return { is: 'read', fields, given: null };
  const content = Buffer.from(await file.arrayBuffer());
  return { is: 'read', fields, given: { name: file.name, content, found: await lookAtTemplate(content) } };
}
