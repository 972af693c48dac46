import { type Context, Hono } from 'hono';
import { randomUUID } from 'node:crypto';
import { line } from '../../../domain/schemas/common.ts';
import { MAX_VIEWS, type ViewKept } from '../../../register/saved-views.ts';
import { onceByForm, secretByForm, sentForm, textIn } from '../forms/sent.ts';
import { listHref, queryIn } from '../lists.ts';
import { page } from '../page.ts';
import type { AppParts, Env } from '../parts.ts';
import { notFound } from '../problems.ts';

const NAME = 60;

/** What is wrong with a name, by what came of it. */
const PROBLEMS: Record<Exclude<ViewKept, 'kept' | 'not there'>, string> = {
  'name taken': 'You have a view of this name already; enter another name',
  'too many': `You have ${MAX_VIEWS} views; remove one that you no longer use first`,
};

/** What came of the last form, in words. */
const DONE: ReadonlyMap<string, string> = new Map([
  ['renamed', 'The view has its new name.'],
  ['removed', 'The view is removed. The duties on it are as they were.'],
]);

/** What somebody typed that can't be used, and where. */
interface Wrong {
  field: string;
  text: string;
  typed: string;
  /** The list to be kept, where that is what the form is for. */
  chosen?: string;
}

/** Somebody's own views of the list of duties: what they chose of it, under names of theirs. */
export function viewRoutes(parts: AppParts): Hono<Env> {
  const { board } = parts.register;
  const show = async (context: Context<Env>, wrong?: Wrong) => {
    const views = await board.viewsOf(context.get('session').person.email);
    return page(
      context,
      'views.html',
      {
        title: 'Your views',
        views,
        wrong,
        problems: wrong === undefined ? [] : [{ text: wrong.text, href: `#${wrong.field}` }],
        notice: DONE.get(context.req.query('done') ?? ''),
      },
      wrong === undefined ? 200 : 422,
    );
  };
  return new Hono<Env>()
    .get('/views', async (context) =>
      context.get('session').person.memberships.length === 0 ? context.redirect('/my-duties', 303) : show(context),
    )
    .post('/views', async (context) => {
      const email = mustHaveLists(context);
      const fields = await sentForm(context);
      const chosen = listHref('/overdue', queryIn(textIn(fields, 'chosen')), { page: '1' });
      const typed = textIn(fields, 'name');
      const name = nameIn(typed);
      const wrong = (text: string) => show(context, { field: 'name', text, typed, chosen });
      if (name === undefined) return wrong(`Enter a name of ${NAME} characters or fewer`);
      // The same form sent again keeps the same view.
      const id = secretByForm(context, parts, ['view', name, chosen]) ?? randomUUID();
      const kept = await board.keepView({ id, email, name, chosen, now: context.get('now') });
      return kept === 'kept' ? context.redirect(`${chosen}#views`, 303) : wrong(problemOf(kept));
    })
    .post('/views/rename', async (context) => {
      const email = mustHaveLists(context);
      const fields = await sentForm(context);
      const id = textIn(fields, 'id');
      const typed = textIn(fields, 'name');
      const name = nameIn(typed);
      const wrong = (text: string) => show(context, { field: `name-${id}`, text, typed });
      const kept = name === undefined ? undefined : await board.renameView({ id, email, name });
      if (kept === 'not there') throw notFound();
      if (kept === undefined) return wrong(`Enter a name of ${NAME} characters or fewer`);
      return kept === 'kept' ? context.redirect('/views?done=renamed', 303) : wrong(problemOf(kept));
    })
    .post('/views/remove', async (context) => {
      const email = mustHaveLists(context);
      const id = textIn(await sentForm(context), 'id');
      const to = await onceByForm(context, parts, { what: `remove ${id}` }, async () => {
        if (!(await board.removeView(email, id))) throw notFound();
        return '/views?done=removed';
      });
      return context.redirect(to, 303);
    });
}

const problemOf = (kept: ViewKept): string => (kept === 'kept' || kept === 'not there' ? '' : PROBLEMS[kept]);

/** @returns their address. @throws PageProblem 404: a partner's officer has no list of the council's */
function mustHaveLists(context: Context<Env>): string {
  const { person } = context.get('session');
  if (person.memberships.length === 0) throw notFound();
  return person.email;
}

/** A name as it is kept: one line without what nobody sees. */
function nameIn(typed: string): string | undefined {
  const read = line.safeParse(typed.replaceAll(/\s+/g, ' ').trim());
  return read.success && read.data.length <= NAME ? read.data : undefined;
}
