import { type Context, Hono } from 'hono';
import { FileProblems } from '../../files/file-problems.ts';
import type { FoundReport } from '../../../domain/report/found.ts';
import type { Typed } from '../../../register/form-drafts.ts';
import { type FormField, type FormProblem, readForm } from '../forms/form.ts';
import { draftIn, formIdIn, type SentFields, sentForm, textIn, typedIn } from '../forms/sent.ts';
import { page } from '../page.ts';
import type { AppParts, Env } from '../parts.ts';
import { besideFields } from '../start/beside.ts';
import { chosenIn } from '../start/chosen.ts';
import { RECOMMENDATIONS_PAGE, reportOf, sourceOfRecommendation } from '../start/from-report.ts';
import { fileOf, guidedFields } from '../start/guided.ts';
import { mustBeStarter } from '../start/startable.ts';
import { askedBy, choose, pasted, problemsIn, toCheck } from './start-pages.ts';

type Parts = Pick<AppParts, 'forms' | 'register' | 'uploads'>;

/** The recommendations that were found in a report, to be looked at: kept, changed, left out, and others added. */
export function recommendationRoutes(parts: Parts): Hono<Env> {
  return new Hono<Env>()
    .get(RECOMMENDATIONS_PAGE, async (context) => {
      mustBeStarter(context.get('session').person);
      const draft = await draftIn(context, parts);
      const found = await reportOf(context, parts, draft?.['report']);
      if (draft === undefined || found === undefined) return choose(context);
      return show(context, found, { typed: draft, problems: [] });
    })
    .post(RECOMMENDATIONS_PAGE, async (context) => {
      mustBeStarter(context.get('session').person);
      const sent = await sentForm(context);
      const [form, draft] = [formIdIn(context, parts), await draftIn(context, parts)];
      const found = await reportOf(context, parts, draft?.['report']);
      const chosen = chosenIn(context, draft ?? {});
      if (form === undefined || draft === undefined || found === undefined || chosen === undefined)
        return choose(context);
      // What the guided form said stays; what is no longer ticked is not.
      const { keep: _keep, ...before } = draft;
      const typed: Typed = { ...before, looked: 'yes', ...typedIn(sent) };
      await parts.register.board.keepDraft({ form, typed, now: context.get('now') });
      const { texts, problems } = keptIn(found, sent);
      if (problems.length > 0) return show(context, found, { typed, problems });
      const { values } = readForm(guidedFields(), draft);
      const text = fileOf({ ...values, recommendations: texts.join('\n') }, chosen.asFile);
      try {
        await parts.uploads.read('nothing', pasted(text), askedBy(context));
        return await toCheck(parts, context, text, form);
      } catch (error) {
        const wrong = error instanceof FileProblems ? besideFields(error.problems, guidedFields()) : problemsIn(error);
        return show(context, found, { typed, problems: wrong.map(({ text: said }) => ({ text: said })) });
      }
    });
}

const nameOf = (index: number): string => `text-${index}`;
const isTicked = (given: SentFields | Typed, index: number): boolean =>
  [given['keep'] ?? []].flat().includes(String(index));

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The words of those that are ticked, and of the others that were added, in their order. */
function keptIn({ recommendations }: FoundReport, sent: SentFields): { texts: string[]; problems: FormProblem[] } {
  const fields = recommendations.flatMap((_each, index): FormField[] =>
    isTicked(sent, index) ? [{ name: nameOf(index), kind: 'line', label: `Recommendation ${index + 1}` }] : [],
  );
  const { values, problems } = readForm(fields, sent);
  const more = textIn(sent, 'more')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return { texts: [...fields.map(({ name }) => textOf(values[name])), ...more], problems };
}

function show(
  context: Context<Env>,
  found: FoundReport,
  { typed, problems }: { typed: Typed; problems: FormProblem[] },
): Response | Promise<Response> {
  const form = context.req.query('form') ?? '';
  // Before somebody has looked, what is sure is ticked, and what is not waits for them.
  const hasLooked = typed['looked'] === 'yes';
  return page(
    context,
    'start-recommendations.html',
    {
      title: 'Recommendations of the report',
      action: `${RECOMMENDATIONS_PAGE}?form=${form}`,
      back: `/start/guided?form=${form}`,
      recommendations: found.recommendations.map((each, index) => ({
        index,
        name: nameOf(index),
        value: hasLooked ? textIn(typed, nameOf(index)) : each.value,
        kept: hasLooked ? isTicked(typed, index) : each.unsure === undefined,
        source: sourceOfRecommendation(each),
        error: errorOf(problems, nameOf(index)),
      })),
      notes: found.notes,
      more: textIn(typed, 'more'),
      problems,
    },
    problems.length > 0 ? 422 : 200,
  );
}

function errorOf(problems: readonly FormProblem[], name: string): { text: string } | undefined {
  const problem = problems.find(({ field }) => field === name);
  return problem === undefined ? undefined : { text: problem.text };
}
