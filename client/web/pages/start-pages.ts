import type { Context } from 'hono';
import { Refusal } from '../../../domain/refusal.ts';
import { EngineProblem } from '../../engine-problem.ts';
import { FileProblems } from '../../files/file-problems.ts';
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

/** Everything that would follow, before anything is started. @throws FileProblems | Refusal | PageProblem */
export async function whatFollows(
  { register, uploads }: Pick<AppParts, 'register' | 'uploads'>,
  context: Context<Env>,
  text: string,
  name: string,
): Promise<Response> {
  const { person } = context.get('session');
  const now = context.get('now');
  const { preview, start } = await uploads.read(text, name, person, now);
  const { authority, inspection } = start.facts;
  const known = await register.board.inspections(
    now,
    { authorities: [authority.id], reference: inspection.reference },
    { offset: 0, limit: 1 },
  );
  const titles = new Map(authority.roles.map((role) => [role.id, role.title]));
  return page(context, 'start-preview.html', {
    title: 'Check before you start',
    preview: {
      ...preview,
      milestones: preview.milestones.map((each) => ({
        ...each,
        ownerTitle: titles.get(each.owner) ?? each.owner,
        reminders: each.notices.filter((notice) => !notice.onlyIfMissed).length,
      })),
    },
    authority,
    text,
    exists: known.total > 0,
  });
}

/** What is wrong with a file, for the page on which it was given. @throws any other error, as it is */
export function problemsIn(error: unknown): { text: string }[] {
  if (error instanceof FileProblems) return error.message.split('\n').map((text) => ({ text }));
  if (error instanceof Refusal) return [{ text: error.message }];
  if (error instanceof EngineProblem && error.code === 'already-started') return [{ text: EXISTS }];
  throw error;
}
