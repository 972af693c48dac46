import { type Context, Hono } from 'hono';
import { readForm, shownFields } from '../forms/form.ts';
import { draftIn, type SentFields, sentForm, shownAgain } from '../forms/sent.ts';
import { page } from '../page.ts';
import type { AppParts, Env } from '../parts.ts';
import { fileOf, frameworks, guidedFields, promises } from '../start/guided.ts';
import { mustBeStarter } from '../start/startable.ts';
import { choose, PASTED, problemsIn, toCheck } from './start-pages.ts';

/** An inspection's file by a form: what it asks for, and the same page after it as for a file. */
export function guidedRoutes(parts: Pick<AppParts, 'forms' | 'register' | 'uploads'>): Hono<Env> {
  return new Hono<Env>()
    .get('/start/guided', async (context) => {
      mustBeStarter(context.get('session').person);
      const draft = await draftIn(context, parts);
      const chosen = chosenIn(context, draft ?? context.req.query());
      if (chosen === undefined) return choose(context);
      return show(context, chosen, { typed: shownAgain(draft ?? {}), problems: [] });
    })
    .post('/start/guided', async (context) => {
      mustBeStarter(context.get('session').person);
      const fields = await sentForm(context);
      const chosen = chosenIn(context, fields);
      if (chosen === undefined) return choose(context, [{ text: 'Choose a council and a framework' }]);
      const filled = readForm(guidedFields(), fields);
      if (filled.problems.length > 0) return show(context, chosen, filled);
      const { authority, framework, promised } = chosen;
      const text = fileOf(filled.values, { authority: authority.id, framework: framework.value, promised });
      try {
        await parts.uploads.read(text, PASTED, context.get('session').person, context.get('now'));
        return await toCheck(parts, context, text);
      } catch (error) {
        const problems = problemsIn(error).map((each) => ({ ...each, href: '#title' }));
        return show(context, chosen, { typed: filled.typed, problems });
      }
    });
}

/** For whom and under what it is, as it was chosen on the page before; undefined where that is none of theirs. */
function chosenIn(context: Context<Env>, given: SentFields) {
  const mine = mustBeStarter(context.get('session').person);
  const authority = mine.find((each) => each.authority.id === given['authority'])?.authority;
  const framework = frameworks().find((each) => each.value === given['framework']);
  const promised = [given['promised'] ?? []].flat().filter((each) => typeof each === 'string');
  return authority === undefined || framework === undefined ? undefined : { authority, framework, promised };
}

function show(
  context: Context<Env>,
  { authority, framework, promised }: NonNullable<ReturnType<typeof chosenIn>>,
  filled: Parameters<typeof shownFields>[1],
) {
  return page(
    context,
    'guided.html',
    {
      title: 'Start an inspection',
      authority,
      framework,
      // A guided form has no choices that rest on an inspection's facts.
      fields: shownFields(guidedFields(), filled),
      promises: promises(framework.value).map((each) => ({ ...each, checked: promised.includes(each.value) })),
      problems: filled.problems,
    },
    filled.problems.length > 0 ? 422 : 200,
  );
}
