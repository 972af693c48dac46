import type { Context } from 'hono';
import type { Typed } from '../../../register/form-drafts.ts';
import { page } from '../page.ts';
import type { AppParts, Env } from '../parts.ts';
import { draftIn, effectOf, markOfShown, notWhatWasShown, type SentFields, textIn } from './sent.ts';

/** Has what was sent under a form's id been carried out? */
export async function isCarriedOut(
  context: Context<Env>,
  { register }: Pick<AppParts, 'register'>,
  form: string,
): Promise<boolean> {
  const { email } = context.get('session').person;
  return (await register.board.answeredRequest(email, effectOf(form), context.get('now'))) !== null;
}

/**
 * What was shown to be confirmed, as it is kept under the form's id.
 *
 * @throws PageProblem 409 where something else has been sent under this form since
 */
export async function shownTo(
  context: Context<Env>,
  parts: Pick<AppParts, 'forms' | 'register'>,
  form: string,
  fields: SentFields,
): Promise<Typed> {
  const draft = (await draftIn(context, parts)) ?? {};
  if (Object.keys(draft).length === 0 || textIn(fields, 'shown') === markOfShown(draft)) return draft;
  // Of a form that has had its effect that is what is said.
  if (await isCarriedOut(context, parts, form)) return draft;
  throw notWhatWasShown();
}

/** What the page says of a form that has had its effect. */
interface Done {
  form: { done: string };
  back: string;
  action: string;
  inspection: string;
  subject: string;
}

/** Whoever goes back after they have confirmed. */
export const alreadySent = (context: Context<Env>, done: Done) =>
  page(context, 'sent-already.html', { title: 'You have done this already', ...done });
