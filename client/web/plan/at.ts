import type { Context } from 'hono';
import type { Step } from '../../../domain/revisions/steps.ts';
import type { SentFields } from '../forms/sent.ts';
import { formIdIn, onceByForm, sentForm, sentOtherwise, typedIn } from '../forms/sent.ts';
import { isCarriedOut } from '../forms/sent-already.ts';
import type { AppParts, Env } from '../parts.ts';
import { type Editor, editorOf, isOlder, shownRevision, type Standing, standingOf, take } from './editor.ts';

/** Where the editor of an inspection's plan is. */
export const editPath = ({ seen }: Pick<Editor, 'seen'>): string => `/inspections/${seen.id}/plan/edit`;

/** The same, at the page of its list on which something stands. */
export const editPathAt = (editor: Pick<Editor, 'seen'>, { what, id }: { what: string; id: string }): string =>
  `${editPath(editor)}?at=${what}/${id}#${what}-${id}`;

/** Where somebody goes on once something is kept in their draft, or is as it was: to its place in the list. */
export const keptAt = (
  editor: Pick<Editor, 'seen'>,
  done: 'kept' | 'undone',
  { what, id }: { what: string; id: string },
): string => `${editPath(editor)}?done=${done}&at=${what}/${id}#${what}-${id}`;

/** Somebody in the editor, with the plan as they see it. */
export interface AtWork {
  context: Context<Env>;
  editor: Editor;
  standing: Standing;
}

/** What they have sent beside it. */
export interface Sent extends AtWork {
  fields: SentFields;
  /** The draft has gone on to another revision since the form was opened: it would undo what it does not show. */
  isStale: boolean;
}

/**
 * Opens a page of the editor. A draft that was begun from an older plan is first brought to the one that runs: nobody writes
 * on a plan that is none any more.
 *
 * @throws PageProblem; Refusal
 */
export async function opened(
  context: Context<Env>,
  parts: AppParts,
  show: (at: AtWork) => Promise<Response> | Response,
): Promise<Response> {
  const editor = await editorOf(context, parts);
  if (isOlder(editor)) return context.redirect(`${editPath(editor)}/newer`, 303);
  return show({ context, editor, standing: await standingOf(parts, editor) });
}

/**
 * What was sent to a page of the editor: whoever may not is told so before anything of it is read. What was sent before under
 * the same form is not done again, whatever has become of the plan since.
 */
export async function received(
  context: Context<Env>,
  parts: AppParts,
  act: (sent: Sent) => Promise<Response> | Response,
): Promise<Response> {
  const editor = await editorOf(context, parts);
  const fields = await sentForm(context);
  const form = formIdIn(context, parts);
  if (form !== undefined && (await isCarriedOut(context, parts, form))) {
    const to = await onceByForm(context, parts, { what: '', request: typedIn(fields) }, () =>
      Promise.reject(sentOtherwise()),
    );
    return context.redirect(to, 303);
  }
  const shown = shownRevision(fields);
  const isStale = editor.draft !== undefined && shown !== undefined && shown !== editor.draft.revision;
  return act({ context, editor, fields, isStale, standing: await standingOf(parts, editor, shown) });
}

/** Takes one more step of the draft, once for each form, and leads to where they go on. */
export async function keepStep(
  parts: AppParts,
  { context, editor, standing, fields }: Sent,
  { step, to, reason }: { step: Step; to: string; reason?: string },
): Promise<Response> {
  const where = await onceByForm(context, parts, { what: '', request: typedIn(fields) }, async () => {
    await take(parts, context, editor, standing, step, reason);
    return to;
  });
  return context.redirect(where, 303);
}

export const STALE = {
  text: 'The plan was changed since you opened this page. What you typed is still here, and nothing of it was kept: look at it once more beside the plan as it is now.',
};
