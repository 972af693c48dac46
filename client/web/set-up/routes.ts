import { type Context, Hono } from 'hono';
import { firstAuthority } from '../../../domain/authority/first-authority.ts';
import { entryOf } from '../../../domain/closed-table.ts';
import { DIVISIONS_IN_WORDS } from '../../../domain/schemas/common.ts';
import { type FilledForm, shownFields } from '../forms/form.ts';
import { readFields, textIn } from '../forms/sent.ts';
import { openPage } from '../page.ts';
import type { WebParts } from '../parts.ts';
import { PageProblem } from '../problems.ts';
import type { Sessions } from '../session.ts';
import { answersIn, FIELDS } from './answers.ts';
import { isGoodLink, isToBeSetUp, SET_UP_DAYS } from './link.ts';

/** A form that nobody has filled in yet. */
const NOTHING = { typed: {}, problems: [] };

/**
 * The first council, set up by whoever has the link that duecourse prints for its operator. They are its administrator, and signed in
 * at once: where there is no council there is nobody else who could let them in.
 */
export function setUpRoutes(parts: WebParts, sessions: Sessions, now: () => Date): Hono {
  const { register, secret } = parts;
  const mustBeOpen = async (context: Context): Promise<string> => {
    context.header('Cache-Control', 'no-store');
    const token = context.req.param('token') ?? '';
    if (!isGoodLink(token, secret, now())) throw usedUp();
    if (!(await isToBeSetUp(register))) throw setUpAlready();
    return `/set-up/${token}`;
  };
  return new Hono()
    .get('/set-up/:token', async (context) => formOf(context, await mustBeOpen(context), NOTHING))
    .post('/set-up/:token', async (context) => {
      const action = await mustBeOpen(context);
      const fields = await readFields(context);
      const { first, ...filled } = answersIn(fields);
      if (first === undefined || textIn(fields, 'change') === 'yes') return formOf(context, action, filled);
      const { typed } = filled;
      const authority = firstAuthority(first);
      if (textIn(fields, 'confirmed') !== 'yes')
        return context.html(
          openPage('set-up-check.html', {
            ...{ title: 'Check before the council is set up', action, typed, id: authority.id },
            asked: FIELDS.map(({ name, label }) => ({ label, text: inWords(name, typed[name]) })),
          }),
        );
      const { email } = first.administrator;
      const at = now();
      if (!(await register.board.keepFirstAuthority(authority, { at: at.toISOString(), by: email })))
        throw setUpAlready();
      sessions.forgetAuthorities();
      const home = `/administration/${authority.id}`;
      if (parts.identityProvider !== undefined) return context.redirect(`/sign-in?next=${home}`, 303);
      await sessions.begin(context, { email, name: email, roles: null }, at);
      return context.redirect(home, 303);
    });
}

const inWords = (name: string, said: string | undefined): string => {
  if (said === undefined) return 'Not said yet';
  return name === 'division' ? (entryOf(DIVISIONS_IN_WORDS, said) ?? said) : said;
};

function formOf(
  context: Context,
  action: string,
  filled: Pick<FilledForm, 'typed' | 'problems'>,
): Response | Promise<Response> {
  const { problems } = filled;
  const fields = shownFields(FIELDS, filled);
  const shown = openPage('set-up.html', { title: 'Set up your council', action, problems, fields });
  return context.html(shown, problems.length > 0 ? 422 : 200);
}

const usedUp = (): PageProblem =>
  new PageProblem(
    404,
    'This link can’t be used',
    `It is good for ${SET_UP_DAYS} days, and whole only: see that none of it was left out. Whoever runs duecourse finds a new one where it was started.`,
  );

const setUpAlready = (): PageProblem =>
  new PageProblem(
    409,
    'A council is set up here already',
    'Its administrator gives you a role on the pages under Administration; then you can sign in.',
  );
