import { roleTitle } from '../../../domain/authority/roles.ts';
import type { Context } from 'hono';
import { Refusal } from '../../../domain/refusal.ts';
import { EngineProblem } from '../../engine-problem.ts';
import { FileProblems } from '../../files/file-problems.ts';
import { formIdOf } from '../forms/sent.ts';
import { page } from '../page.ts';
import type { AppParts, Env } from '../parts.ts';
import { frameworks } from '../start/guided.ts';
import { mustBeStarter } from '../start/startable.ts';

/** How a file is named that has none of its own. */
export const PASTED = 'inspection.yaml';
const EXISTS = 'This council has, or had, an inspection of this reference. Give it another reference.';

/** The page on which one chooses how to start an inspection. */
export function choose(
  context: Context<Env>,
  problems: { text: string }[] = [],
  text = '',
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
    },
    problems.length > 0 ? 422 : 200,
  );
}

/** Leads to the page on which one sees what follows: a page of its own address, so that one can go back to it. */
export async function toCheck(
  { forms, register }: Pick<AppParts, 'forms' | 'register'>,
  context: Context<Env>,
  text: string,
): Promise<Response> {
  const form = forms.make(context.get('session').person.email, '/start');
  await register.board.keepDraft({ form, typed: { text }, now: context.get('now') });
  return context.redirect(`/start?form=${form}&check=yes`, 303);
}

/** Everything that would follow, before anything is started. @throws FileProblems | Refusal | PageProblem */
export async function whatFollows(
  { register, uploads, ...parts }: AppParts,
  context: Context<Env>,
  text: string,
): Promise<Response> {
  const { person } = context.get('session');
  const now = context.get('now');
  const { preview, start } = await uploads.read(text, PASTED, person, now);
  const { authority, inspection } = start.facts;
  const known = await register.board.inspections(
    now,
    { authorities: [authority.id], reference: inspection.reference },
    { offset: 0, limit: 1 },
  );
  return page(context, 'start-preview.html', {
    title: 'Check before you start',
    preview: {
      ...preview,
      milestones: preview.milestones.map((each) => ({
        ...each,
        ownerTitle: roleTitle(authority, each.owner),
        reminders: each.notices.filter((notice) => !notice.onlyIfMissed).length,
      })),
    },
    authority,
    text,
    exists: known.total > 0,
    action: `/start/confirm?form=${formIdOf(context, parts)}`,
  });
}

/** What is wrong with a file, for the page on which it was given. @throws any other error, as it is */
export function problemsIn(error: unknown): { text: string }[] {
  if (error instanceof FileProblems) return error.message.split('\n').map((text) => ({ text }));
  if (error instanceof Refusal) return [{ text: error.message }];
  if (error instanceof EngineProblem && error.code === 'already-started') return [{ text: EXISTS }];
  throw error;
}
