import type { Context } from 'hono';
import { entryOf } from '../../../domain/closed-table.ts';
import type { Env } from '../parts.ts';
import type { Council } from './council.ts';
import { councilForm } from './forms.ts';

/** What is said of what was done by a page that is no form of the file. */
const OTHERS: Readonly<
  Record<
    'tell' | 'pass-on' | 'approve' | 'revoke' | 'template' | 'template-gone' | 'told-test' | 'told-again' | 'told-anew',
    string
  >
> = {
  tell: 'The open inspections were told.',
  'pass-on': 'The work is passed on.',
  approve: 'The bank holidays are approved.',
  revoke: 'The key is revoked: it opens nothing any more.',
  template: 'The template is in place: Word documents are written on it from now on.',
  'template-gone': 'The template is taken away: Word documents are written in plain looks.',
  'told-test': 'A test is on its way. Load this page again in a moment to see what was answered.',
  'told-again': 'It is sent again. Load this page again in a moment to see what was answered.',
  'told-anew': 'The address is told again from now on.',
};

/** A number in the address; 0 where it has none of that name. */
export const countIn = (context: Context<Env>, name: string): number =>
  Number(/^\d{1,6}$/.exec(context.req.query(name) ?? '')?.[0] ?? 0);

/** What every page of a council's administration shows: whose it is, and what was done by the form that led here. */
export function shownOf(context: Context<Env>, { authority, home }: Council) {
  const done = context.req.query('done') ?? '';
  const said = entryOf<string>(OTHERS, done) ?? councilForm(done)?.done;
  const told = countIn(context, 'told');
  const known = told === 0 ? '' : ` ${told} open ${told === 1 ? 'inspection goes' : 'inspections go'} by it now.`;
  return {
    council: authority.name,
    home,
    left: countIn(context, 'left'),
    notice: said === undefined ? undefined : `${said}${known}`,
  };
}
