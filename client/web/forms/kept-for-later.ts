import type { Context } from 'hono';
import type { AppParts, Env } from '../parts.ts';
import { pageOfForm } from './page-of-form.ts';
import { readFields, typedIn } from './sent.ts';

/**
 * Keeps what was typed into a form whose person's session has ended meanwhile. The form's id says before anything is read
 * that we have made it; only whom it was made for is shown what was typed, once they have signed in again.
 *
 * @returns where the form is, with what was typed; the first page where it was none of ours
 */
export async function keptForLater(
  context: Context<Env>,
  { forms, register }: Pick<AppParts, 'forms' | 'register'>,
): Promise<string> {
  const form = context.req.query('form');
  const page = pageOfForm(context.req.path);
  if (form === undefined || !forms.isOurs(form, page)) return '/';
  const fields = await readFields(context);
  // Whoever only had to confirm finds the page on which they were to do that: what they typed is kept already.
  if (fields['confirmed'] === 'yes') return `${page}?form=${form}&check=yes`;
  const typed = typedIn(fields);
  if (Object.keys(typed).length > 0)
    await register.board.keepDraft({ form, typed, now: context.get('now'), by: 'nobody known' });
  return `${page}?form=${form}`;
}
