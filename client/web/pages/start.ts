import { type Context, Hono } from 'hono';
import { Refusal } from '../../../domain/refusal.ts';
import { EngineProblem } from '../../engine-problem.ts';
import { FileProblems } from '../../files/file-problems.ts';
import { readForm, shownFields } from '../forms/form.ts';
import type { MilestonePages } from '../lists.ts';
import { page } from '../page.ts';
import type { Env, WebParts } from '../parts.ts';
import { notYours } from '../problems.ts';
import { startInspection, startRecorded } from '../../start-inspection.ts';
import { fileOf, frameworks, guidedFields, promises } from '../start/guided.ts';
import { readUpload, startableIn } from '../start/uploaded.ts';

const RECORDED_WITHIN_MS = 5000;
const PASTED = 'inspection.yaml';

/** Starting an inspection: a guided form or a file, then everything that would follow, then the start itself. */
export function startRoutes(parts: WebParts, pages: MilestonePages): Hono<Env> {
  const choose = (context: Context<Env>, problems: { text: string }[] = [], text = '') => {
    const mine = startableIn(context.get('session').person);
    if (mine.length === 0) throw notYours('Managers and administrators start inspections.');
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
  };
  return new Hono<Env>()
    .get('/start', (context) => choose(context))
    .post('/start', async (context) => {
      const body = await context.req.parseBody();
      const { file } = body;
      const given =
        file instanceof File && file.size > 0 ? { text: await file.text(), name: file.name || PASTED } : undefined;
      const text = given?.text ?? (typeof body['text'] === 'string' ? body['text'] : '');
      if (text.trim() === '') return choose(context, [{ text: 'Choose an inspection file, or paste one' }]);
      return shown(parts, context, text, given?.name ?? PASTED, (problems) => choose(context, problems, text));
    })
    .on(['GET', 'POST'], '/start/guided', async (context) => {
      const body: Record<string, unknown> =
        context.req.method === 'POST' ? await context.req.parseBody({ all: true }) : context.req.query();
      const mine = startableIn(context.get('session').person);
      const membership = mine.find((each) => each.authority.id === body['authority']);
      const framework = frameworks().find((each) => each.value === body['framework']);
      if (membership === undefined || framework === undefined)
        return choose(context, context.req.method === 'POST' ? [{ text: 'Choose a council and a framework' }] : []);
      const promised = [body['promised']].flat().filter((each): each is string => typeof each === 'string');
      const fields = guidedFields();
      const filled = context.req.method === 'POST' ? readForm(fields, body) : { values: {}, typed: {}, problems: [] };
      const form = (problems = filled.problems) =>
        page(
          context,
          'guided.html',
          {
            title: 'Start an inspection',
            authority: membership.authority,
            framework,
            // A guided form has no choices that rest on an inspection's facts.
            fields: shownFields(fields, { typed: filled.typed, problems }),
            promises: promises(framework.value).map((each) => ({ ...each, checked: promised.includes(each.value) })),
            problems,
          },
          problems.length > 0 ? 422 : 200,
        );
      if (context.req.method === 'GET' || filled.problems.length > 0) return form();
      const text = fileOf(filled.values, { authority: membership.authority.id, framework: framework.value, promised });
      return shown(parts, context, text, PASTED, (problems) =>
        form(problems.map((each) => ({ ...each, href: '#title' }))),
      );
    })
    .post('/start/confirm', async (context) => {
      const body = await context.req.parseBody();
      const text = typeof body['text'] === 'string' ? body['text'] : '';
      const { person } = context.get('session');
      try {
        const { start } = await readUpload(text, PASTED, person, { register: parts.register, now: context.get('now') });
        const reference = await startInspection(parts, start);
        await startRecorded(parts, reference, RECORDED_WITHIN_MS);
        pages.forget();
        return context.redirect(`/inspections/${reference}?done=started`, 303);
      } catch (error) {
        if (error instanceof EngineProblem && error.code === 'already-started')
          return choose(
            context,
            [{ text: 'This council has, or had, an inspection of this reference. Give it another reference.' }],
            text,
          );
        const problems = problemsIn(error);
        if (problems === undefined) throw error;
        return choose(context, problems, text);
      }
    });
}

/** Everything that would follow, before anything is started; or what is wrong with the file, where it was given. */
async function shown(
  { register }: Pick<WebParts, 'register'>,
  context: Context<Env>,
  text: string,
  name: string,
  again: (problems: { text: string }[]) => Response | Promise<Response>,
) {
  const { person } = context.get('session');
  const now = context.get('now');
  try {
    const { preview, start } = await readUpload(text, name, person, { register, now });
    const { authority, inspection } = start.facts;
    const known = await register.board.inspections(
      now,
      { authorities: [authority.id], reference: inspection.reference },
      { offset: 0, limit: 1 },
    );
    const titles = new Map(authority.roles.map((role) => [role.id, role.title]));
    return await page(context, 'start-preview.html', {
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
  } catch (error) {
    const problems = problemsIn(error);
    if (problems === undefined) throw error;
    return again(problems);
  }
}

function problemsIn(error: unknown): { text: string }[] | undefined {
  if (error instanceof FileProblems) return error.message.split('\n').map((text) => ({ text }));
  return error instanceof Refusal ? [{ text: error.message }] : undefined;
}
