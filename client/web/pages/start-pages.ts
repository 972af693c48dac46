import type { Context } from 'hono';
import { Refusal } from '../../../domain/refusal.ts';
import { EngineProblem } from '../../engine-problem.ts';
import { FileProblems, linesWrong } from '../../files/file-problems.ts';
import { formIdOf } from '../forms/sent.ts';
import { page } from '../page.ts';
import type { AppParts, Env } from '../parts.ts';
import { hrefOf } from '../forms/form.ts';
import { RECOMMENDATIONS_PAGE } from '../start/from-report.ts';
import type { Person } from '../people.ts';
import { frameworks, guidedFields } from '../start/guided.ts';
import { startedAlready } from '../start/started-already.ts';
import { mustBeStarter } from '../start/startable.ts';
import type { GivenFile } from '../start/uploads.ts';

/** A file as it was given where it has no name of its own. */
export const pasted = (text: string): GivenFile => ({ name: 'inspection.yaml', text });
/** Who asks, and when. */
export const askedBy = (context: Context<Env>): { person: Person; now: string } => ({
  person: context.get('session').person,
  now: context.get('now'),
});
const EXISTS = 'This council has, or had, an inspection of this reference. Give it another reference.';

/** The page on which one chooses how to start an inspection. */
export function choose(
  context: Context<Env>,
  problems: { text: string; href?: string }[] = [],
  text = '',
  report = '',
): Response | Promise<Response> {
  const mine = mustBeStarter(context.get('session').person);
  return page(
    context,
    'start.html',
    {
      title: 'Start an inspection',
      authorities: mine.map(({ authority }) => ({ value: authority.id, text: authority.name })),
      frameworks: frameworks(),
      problems,
      text,
      report,
    },
    problems.length > 0 ? 422 : 200,
  );
}

/**
 * Leads to the page on which one sees what follows: a page of its own address, so that one can go back to it.
 *
 * @param guided the guided form that the file came from, where it came from one: to go back there and change something
 */
export async function toCheck(
  { forms, register }: Pick<AppParts, 'forms' | 'register'>,
  context: Context<Env>,
  text: string,
  guided?: string,
): Promise<Response> {
  const form = forms.make(context.get('session').person.email, '/start');
  await register.board.keepDraft({ form, typed: { text }, now: context.get('now') });
  return context.redirect(`/start?form=${form}&check=yes${guided === undefined ? '' : `&guided=${guided}`}`, 303);
}

/** Everything that would follow, before anything is started. @throws FileProblems | Refusal | PageProblem */
export async function whatFollows(parts: AppParts, context: Context<Env>, text: string): Promise<Response> {
  const { register, uploads } = parts;
  const found = await uploads.read('page', pasted(text), askedBy(context));
  const { authority, reference, said } = found;
  const at = await changeAt(context, { forms: parts.forms, register });
  const known = await register.board.inspections(
    context.get('now'),
    { authorities: [authority.id], reference },
    { offset: 0, limit: 1 },
  );
  const exists = known.total > 0;
  const own = exists
    ? await startedAlready(parts, context, await uploads.read('start', pasted(text), askedBy(context)))
    : undefined;
  return page(context, 'start-preview.html', {
    title: 'Check before you start',
    ...{ found, text, changeAt: at },
    said: [
      ...guidedFields().map((field) => {
        const href = field.name === 'recommendations' ? at.recommendations : undefined;
        return { label: field.label, href: href ?? `${at.href}${hrefOf(field)}`, value: said[field.name] };
      }),
      { label: 'Promises of the council', href: `${at.href}#promised`, value: found.promised },
    ],
    ...{ exists, own },
    action: `/start/confirm?form=${formIdOf(context, parts)}`,
  });
}

/** Where what was said can be changed: the guided form that it came from, or the page of the file. */
async function changeAt(
  context: Context<Env>,
  { forms, register }: Pick<AppParts, 'forms' | 'register'>,
): Promise<ChangeAt> {
  const guided = context.req.query('guided') ?? '';
  if (!forms.isTheirs(guided, context.get('session').person.email, '/start/guided'))
    return { guided: false, href: `/start?form=${context.req.query('form') ?? ''}` };
  const href = `/start/guided?form=${guided}`;
  const fromReport = (await register.board.draftOf(guided))?.['report'] !== undefined;
  // Those of a report were looked at on a page of their own.
  return {
    guided: true,
    href,
    recommendations: fromReport ? `${RECOMMENDATIONS_PAGE}?form=${guided}` : `${href}#recommendations`,
  };
}

interface ChangeAt {
  guided: boolean;
  href: string;
  recommendations?: string;
}

/** What is wrong with a file, for the page on which it was given. @throws any other error, as it is */
export function problemsIn(error: unknown): { text: string }[] {
  if (error instanceof FileProblems) return linesWrong(error).map((text) => ({ text }));
  if (error instanceof Refusal) return [{ text: error.message }];
  if (error instanceof EngineProblem && error.code === 'already-started') return [{ text: EXISTS }];
  throw error;
}
