import { type Context, Hono } from 'hono';
import { type FormProblem, readForm, shownFields } from '../forms/form.ts';
import type { FoundReport } from '../../../domain/report/found.ts';
import { FileProblems } from '../../files/file-problems.ts';
import { draftIn, formIdOf, sentForm, shownAgain, typedIn } from '../forms/sent.ts';
import { page } from '../page.ts';
import type { AppParts, Env } from '../parts.ts';
import { besideFields } from '../start/beside.ts';
import { chosenIn } from '../start/chosen.ts';
import { otherCouncil, RECOMMENDATIONS_PAGE, reportOf, sourcesOf, typedOf } from '../start/from-report.ts';
import { localDate } from '../../../domain/calendar/london.ts';
import { freeReference } from '../start/free-reference.ts';
import { fileOf, type GuidedField, guidedFields, promises } from '../start/guided.ts';
import { mustBeStarter } from '../start/startable.ts';
import { askedBy, choose, pasted, problemsIn, toCheck } from './start-pages.ts';
import { showFound } from './start-report.ts';

/** An inspection's file by a form: what it asks for, and the same page after it as for a file. */
export function guidedRoutes(parts: Pick<AppParts, 'forms' | 'register' | 'uploads'>): Hono<Env> {
  return new Hono<Env>()
    .get('/start/guided', async (context) => {
      mustBeStarter(context.get('session').person);
      const draft = await draftIn(context, parts);
      const given = draft ?? context.req.query();
      const chosen = chosenIn(context, given);
      const found = await reportOf(context, parts, given['report']);
      if (chosen === undefined) {
        if (found === undefined) return choose(context);
        return showFound(context, found, String(given['report']), [NOT_CHOSEN]);
      }
      if (draft !== undefined) return show(context, chosen, { typed: shownAgain(draft), problems: [] }, found);
      const now = context.get('now');
      const reference = await freeReference(parts.register.board, {
        ...{ authority: chosen.authority.id, framework: chosen.framework.value },
        ...{ today: localDate(now), now },
      });
      const typed = {
        ...(reference === undefined ? {} : { reference }),
        ...(found === undefined ? {} : typedOf(found)),
      };
      return show(context, chosen, { typed, problems: [] }, found);
    })
    .post('/start/guided', async (context) => {
      mustBeStarter(context.get('session').person);
      const fields = await sentForm(context);
      const chosen = chosenIn(context, fields);
      if (chosen === undefined) return choose(context, [{ text: 'Choose a council and a framework' }]);
      const found = await reportOf(context, parts, fields['report']);
      const asked = guidedFields().filter(({ name }) => found === undefined || name !== 'recommendations');
      const filled = readForm(asked, fields);
      const text = fileOf(filled.values, chosen.asFile);
      try {
        await parts.uploads.read('nothing', pasted(text), askedBy(context));
        if (filled.problems.length > 0) return await show(context, chosen, filled, found);
        const form = formIdOf(context, parts);
        const looked = found === undefined ? {} : lookedIn(await parts.register.board.draftOf(form));
        await parts.register.board.keepDraft({
          form,
          typed: { ...looked, ...typedIn(fields) },
          now: context.get('now'),
        });
        if (found !== undefined) return context.redirect(`${RECOMMENDATIONS_PAGE}?form=${form}`, 303);
        return await toCheck(parts, context, text, form);
      } catch (error) {
        const problems =
          error instanceof FileProblems
            ? besideFields(error.problems, guidedFields(), new Set(filled.problems.map(({ field }) => field)))
            : problemsIn(error);
        return show(
          context,
          chosen,
          { typed: filled.typed, problems: allTold(asked, filled.problems, problems) },
          found,
        );
      }
    });
}

/**
 * All that is wrong, in the order of the fields: what each field can't be read as, and what the file says of the others. What it says of the
 * whole may come of a field that could not be read.
 */
function allTold(
  asked: readonly GuidedField[],
  own: readonly FormProblem[],
  ofFile: readonly FormProblem[],
): FormProblem[] {
  if (own.length === 0) return [...ofFile];
  const told = new Set(own.map(({ field }) => field));
  const others = ofFile.filter(({ field }) => field !== undefined && !told.has(field));
  const placeOf = ({ field }: FormProblem): number => asked.findIndex(({ name }) => name === field);
  return [...own, ...others].toSorted((a, b) => placeOf(a) - placeOf(b));
}

const NOT_CHOSEN = { text: 'Choose a council and a framework', href: '#authority' };

/** What has been ticked and changed of a report's recommendations already: it stays when the form before them is sent again. */
const lookedIn = (draft: Record<string, string | string[]> | null): Record<string, string | string[]> =>
  Object.fromEntries(
    Object.entries(draft ?? {}).filter(
      ([name]) => ['looked', 'keep', 'more'].includes(name) || name.startsWith('text-'),
    ),
  );

function show(
  context: Context<Env>,
  { authority, framework, promised, report }: NonNullable<ReturnType<typeof chosenIn>>,
  filled: Parameters<typeof shownFields>[1],
  found: FoundReport | undefined,
) {
  const asked = guidedFields().filter(({ name }) => found === undefined || name !== 'recommendations');
  // A guided form has no choices that rest on an inspection's facts.
  const fields = shownFields(asked, filled);
  return page(
    context,
    'guided.html',
    {
      title: 'Start an inspection',
      authority,
      framework,
      fields: fields.map((field, at) => {
        const name = asked[at]?.name;
        return { ...field, sources: found === undefined || name === undefined ? [] : sourcesOf(found, name) };
      }),
      report: found === undefined ? undefined : report,
      other: found === undefined ? undefined : otherCouncil(found, [authority]),
      promises: promises(framework.value).map((each) => ({ ...each, checked: promised.includes(each.value) })),
      problems: filled.problems,
    },
    filled.problems.length > 0 ? 422 : 200,
  );
}
