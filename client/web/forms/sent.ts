import type { Context } from 'hono';
import { createHash } from 'node:crypto';
import type { Typed } from '../../../register/form-drafts.ts';
import type { AppParts, Env } from '../parts.ts';
import type { ReadUpload } from '../evidence/uploads.ts';
import { NameTaken, type NamedWrite, once } from '../once.ts';
import { PageProblem } from '../problems.ts';
import { pageOfForm } from './page-of-form.ts';
import { isSame } from '../same-secret.ts';
import { limitBody } from '../security.ts';

/** What a form was sent with, by the names of its fields; a field given several times is a list. */
export type SentFields = Record<string, string | File | (string | File)[]>;

/**
 * Reads the form that was sent: the only way to read one of somebody who has signed in. To be called once it is known
 * that they may.
 *
 * @throws PageProblem 403 where it lacks its session's token: it was not sent from our pages; 413; 400 where it can't be read
 */
export async function sentForm(context: Context<Env>): Promise<SentFields> {
  const fields = await readFields(context);
  mustBeOurs(fields['formToken'], context);
  return fields;
}

/** @throws PageProblem 403 where it is not the session's own token */
function mustBeOurs(formToken: SentFields[string] | undefined, context: Context<Env>): void {
  if (typeof formToken === 'string' && isSame(formToken, context.get('session').formToken)) return;
  throw new PageProblem(
    403,
    'This form is out of date',
    'Nothing was changed. Go back, open the page again, and send it once more.',
  );
}

/** A form with a file, as it was sent: it is taken apart in a thread of its own. */
interface SentBody {
  body: Uint8Array<ArrayBuffer>;
  contentType: string;
}

/**
 * The same of a form with a file of evidence, which is taken apart in a thread of its own.
 *
 * @throws PageProblem 403 where it lacks its session's token; 413; 400 where it can't be read
 */
export const sentUpload = (context: Context<Env>, { evidence }: Pick<AppParts, 'evidence'>): Promise<ReadUpload> =>
  sentApart(context, ({ body, contentType }) => evidence.read({ body, as: { contentType } }));

/** The same of any form whose reader takes it apart. @throws PageProblem 403; 413; 400; what the reader throws */
export async function sentApart<Read extends { fields: Record<string, string> }>(
  context: Context<Env>,
  read: (sent: SentBody) => Promise<Read>,
): Promise<Read> {
  await limitBody(context);
  const contentType = context.req.header('Content-Type') ?? '';
  const body = new Uint8Array(await context.req.arrayBuffer());
  mustBeFew(contentType, Buffer.from(body.buffer));
  const upload = await read({ body, contentType });
  mustBeOurs(upload.fields['formToken'], context);
  if (Object.values(upload.fields).some((each) => each.includes('\ufffd'))) throw unreadable();
  return upload;
}

/** The fields of a form, whoever sent it. @throws PageProblem 413; 400 where it can't be read */
export async function readFields(context: Context): Promise<SentFields> {
  await limitBody(context);
  mustBeFew(context.req.header('Content-Type') ?? '', Buffer.from(await context.req.arrayBuffer()));
  let fields: SentFields;
  try {
    fields = await context.req.parseBody({ all: true });
  } catch {
    throw unreadable();
  }
  // What stands for bytes that are no text in UTF-8, which would become other words on their way.
  const texts = Object.values(fields).flat();
  if (texts.some((each) => typeof each === 'string' && each.includes('\ufffd'))) throw unreadable();
  return fields;
}

/** No form of ours has more, with 200 files; parsing many tiny ones takes seconds. */
export const MAX_FIELDS = 400;

/** Counts the fields of a form before it is parsed. @throws PageProblem 413 */
function mustBeFew(type: string, body: Buffer): void {
  const [, quoted, plain] = /boundary=(?:"([^"]*)"|([^;\s]*))/i.exec(type) ?? [];
  const between = /^multipart\//i.test(type) ? `--${quoted ?? plain ?? ''}` : '&';
  let fields = 1;
  for (let at = body.indexOf(between); at !== -1; at = body.indexOf(between, at + between.length))
    if (++fields > MAX_FIELDS)
      throw new PageProblem(413, 'That is too much at once', 'Send fewer fields, or fewer files.');
}

const unreadable = (): PageProblem =>
  new PageProblem(400, 'The form can’t be read', 'Nothing was changed. Open the page again, and try once more.');

/** One line or text of a form; '' where it was not sent, or is a file. */
export const textIn = (fields: SentFields, name: string): string => {
  const given = fields[name];
  return typeof given === 'string' ? given : '';
};

/** What was typed or chosen, without files and what a form carries by itself. */
export function typedIn({ formToken: _token, confirmed: _confirmed, shown: _shown, ...fields }: SentFields): Typed {
  const typed = Object.entries(fields).flatMap(([name, value]): [string, string | string[]][] => {
    if (Array.isArray(value)) return [[name, value.filter((each) => typeof each === 'string')]];
    return typeof value === 'string' && value !== '' ? [[name, value]] : [];
  });
  return Object.fromEntries(typed);
}

/** Of what is to be confirmed: it goes with the page that shows it, so that nothing else is confirmed by it. */
export const markOfShown = (typed: Typed): string =>
  createHash('sha256')
    .update(JSON.stringify(Object.entries(typed).toSorted(([a], [b]) => (a < b ? -1 : 1))))
    .digest('base64url');

/** Of what was typed, each field as it is shown again: one text, of several choices a line each. */
export const shownAgain = (typed: Typed): Record<string, string> =>
  Object.fromEntries(Object.entries(typed).map(([name, given]) => [name, [given].flat().join('\n')]));

/** The id of the form that was rendered, where the address names one that was made for this person and page. */
export function formIdIn(context: Context<Env>, { forms }: Pick<AppParts, 'forms'>): string | undefined {
  const id = context.req.query('form');
  const { email } = context.get('session').person;
  return id !== undefined && forms.isTheirs(id, email, pageOfForm(context.req.path)) ? id : undefined;
}

/** The same; a new one where there is none. */
export function formIdOf(context: Context<Env>, parts: Pick<AppParts, 'forms'>): string {
  const { email } = context.get('session').person;
  return formIdIn(context, parts) ?? parts.forms.make(email, pageOfForm(context.req.path));
}

/** Leads to the check page of another page's form, as if this had been typed into that. @param path that form's address */
export async function toCheckOf(
  context: Context<Env>,
  { forms, register }: Pick<AppParts, 'forms' | 'register'>,
  path: string,
  typed: Typed,
): Promise<Response> {
  const form = forms.make(context.get('session').person.email, path);
  await register.board.keepDraft({ form, typed, now: context.get('now') });
  return context.redirect(`${path}?form=${form}&check=yes`, 303);
}

/** What was typed into the form that the address names, before their session ended or they went back. */
export async function draftIn(
  context: Context<Env>,
  parts: Pick<AppParts, 'forms' | 'register'>,
): Promise<Typed | undefined> {
  const id = formIdIn(context, parts);
  return id === undefined ? undefined : ((await parts.register.board.draftOf(id)) ?? undefined);
}

/** The name under which what came of a form is kept; `what` tells it from others of the same page. */
export const effectOf = (form: string, what = ''): string =>
  what === '' ? `form ${form}` : `form ${form} ${createHash('sha256').update(what).digest('base64url')}`;

/**
 * One rendered form, one effect: sent again, pressed twice or loaded again, it gives the answer of the first time.
 *
 * @param what of a form that stands several times on its page, or may be sent with other words: what it is about
 * @param request what is asked for; undefined where the form can't be sent with other words
 * @returns where to go
 */
export async function onceByForm(
  context: Context<Env>,
  parts: Pick<AppParts, 'forms' | 'register' | 'onError' | 'underWay'>,
  { what, request }: { what: string; request?: unknown },
  carryOut: (updateId: string | undefined) => Promise<string>,
): Promise<string> {
  const id = formIdIn(context, parts);
  if (id === undefined) return carryOut(undefined);
  const { email } = context.get('session').person;
  const write = { email, now: context.get('now'), key: effectOf(id, what), request: JSON.stringify(request ?? '') };
  const name = JSON.stringify([email, write.key, write.request]);
  const begun = parts.underWay.get(name) ?? answered(parts, write, carryOut);
  parts.underWay.set(name, begun);
  try {
    return await begun;
  } finally {
    parts.underWay.delete(name);
  }
}

async function answered(
  parts: Pick<AppParts, 'register' | 'onError'>,
  write: NamedWrite,
  carryOut: (updateId: string) => Promise<string>,
): Promise<string> {
  try {
    const { body } = await once(parts, write, async (updateId) => ({ status: 303, body: await carryOut(updateId) }));
    return String(body);
  } catch (error) {
    if (!(error instanceof NameTaken)) throw error;
    throw sentOtherwise();
  }
}

/** A form that was sent before comes again with something else in it. */
export const sentOtherwise = (): PageProblem =>
  new PageProblem(
    409,
    'This form has been sent already',
    'What it said the first time was carried out. What you have sent now was not: open the page again, and send it from there.',
  );

/** Something else has been sent under a form since somebody was shown what they are to confirm. */
export const notWhatWasShown = (): PageProblem =>
  new PageProblem(
    409,
    'This is not what you were shown',
    'Something else has been sent by this form since you were asked to confirm. Nothing was changed. Go back to the form, look at what it says now, and send it once more.',
  );

/** 256 bits for what is made of a form: the same when it is sent again with the same words; undefined where it has no id. */
export function secretByForm(context: Context<Env>, parts: Pick<AppParts, 'forms'>, what: unknown): string | undefined {
  const id = formIdIn(context, parts);
  return id === undefined ? undefined : parts.forms.secretOf(id, what);
}
