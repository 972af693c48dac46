import { type Context, Hono } from 'hono';
import { putting, splitting, type Step } from '../../../domain/revisions/steps.ts';
import type { Action } from '../../../domain/schemas/plan.ts';
import { type FormProblem, shownFields } from '../forms/form.ts';
import { draftIn, type SentFields, shownAgain, textIn } from '../forms/sent.ts';
import { page } from '../page.ts';
import type { AppParts, Env } from '../parts.ts';
import { notFound } from '../problems.ts';
import { type AtWork, editPath, editPathAt, keepStep, keptAt, opened, received, STALE } from '../plan/at.ts';
import type { Choices } from '../plan/choices.ts';
import { dayProblemAt, standingDue } from '../plan/listed.ts';
import { defaultsBeside, readRows, type RowDefaults, rowsOf, typedRow } from '../plan/rows.ts';
import { takenIn } from './plan-item.ts';

const I = '/inspections/:authority/:reference/plan/edit';

/** What the rows are of: new actions, beside one that is there or under a theme; or the parts of one. */
interface Subject {
  path: string;
  /** The action that is split. */
  whole?: Action;
  beside?: Action | undefined;
  theme?: string | undefined;
}

/** Several actions on one page: new ones, or the parts of one that is split. */
export function planActionRoutes(parts: AppParts): Hono<Env> {
  const at = (subject: (work: AtWork, context: Context<Env>, given: Given) => Subject) => ({
    get: (context: Context<Env>) =>
      opened(context, parts, async (work) => {
        const draft = await draftIn(context, parts);
        const given = draft ?? context.req.query();
        const about = subject(work, context, given);
        return show(work, about, draft === undefined ? before(about, work) : shownAgain(draft), []);
      }),
    post: (context: Context<Env>) =>
      received(context, parts, (sent) => {
        const about = subject(sent, context, sent.fields);
        const { actions, typed, problems } = readRows(sent.fields, choicesOf(sent), {
          ...{ defaults: defaultsOf(about, sent), taken: takenIn(sent, 'action') },
          wrongDay: (action) => dayProblemAt(sent, action),
          ...(about.whole === undefined ? {} : { like: about.whole }),
        });
        const wrong = [...problems, ...tooFew(about, actions, problems), ...(sent.isStale ? [STALE] : [])];
        if (wrong.length > 0) return show(sent, about, typed, wrong);
        const [first] = actions;
        const to =
          textIn(sent.fields, 'go') === 'plan' && first !== undefined
            ? keptAt(sent.editor, 'kept', { what: 'action', id: first.id })
            : `${editPath(sent.editor)}/changes`;
        return keepStep(parts, sent, { step: stepOf(about, actions), to });
      }),
  });
  const added = at(({ standing }, _context, given) => {
    const beside = standing.plan.actions.find(({ id }) => id === given['beside']);
    const theme = standing.plan.themes.find(({ id }) => id === given['theme'])?.id;
    return { path: 'actions', beside, theme };
  });
  const split = at(({ standing }, context) => {
    const whole = standing.plan.actions.find(({ id }) => id === context.req.param('item'));
    if (whole === undefined) throw notFound();
    return { path: `split/${whole.id}`, whole };
  });
  return new Hono<Env>()
    .get(`${I}/actions`, added.get)
    .post(`${I}/actions`, added.post)
    .get(`${I}/split/:item`, split.get)
    .post(`${I}/split/:item`, split.post);
}

type Given = SentFields | Record<string, string | string[]>;

const choicesOf = ({ editor, standing }: AtWork): Choices => ({
  facts: editor.running.facts,
  plan: standing.plan,
});

const defaultsOf = ({ whole, beside, theme }: Subject, at: AtWork): RowDefaults => {
  const like = whole ?? beside;
  if (like === undefined) return theme === undefined ? {} : { theme };
  return {
    ...defaultsBeside(like, standingDue(like, at), at.standing.plan),
    ...(whole?.measure === undefined ? {} : { measure: whole.measure }),
  };
};

const before = (about: Subject, at: AtWork): Record<string, string> =>
  Object.assign({}, ...[1, 2, 3, 4, 5, 6].map((n) => typedRow(n, defaultsOf(about, at)))) as Record<string, string>;

function tooFew({ whole }: Subject, actions: readonly Action[], problems: readonly FormProblem[]): FormProblem[] {
  if (problems.length > 0 || actions.length >= (whole === undefined ? 1 : 2)) return [];
  const text = whole === undefined ? 'Enter at least one action' : 'Enter at least two actions: it is split into them';
  return [{ text, href: `#title-${actions.length + 1}` }];
}

const stepOf = ({ whole }: Subject, actions: Action[]): Step =>
  whole === undefined ? putting('action', ...actions) : splitting(whole.id, actions);

function show(
  at: AtWork,
  { path, whole, beside, theme }: Subject,
  typed: Partial<Record<string, string>>,
  problems: FormProblem[],
) {
  const { context, editor, standing } = at;
  const rows = rowsOf(choicesOf(at), whole === undefined).map(({ n, fields }) => ({
    n,
    fields: shownFields(fields, { typed, problems: problems.map(bare) }),
  }));
  const title = whole !== undefined ? 'Split an action' : 'Add actions';
  return page(
    context,
    'plan-actions.html',
    {
      ...{ title, problems, rows, beside, theme },
      split: whole,
      inspection: editor.seen.summary.title,
      back: placeOf(editor, whole ?? beside),
      action: `${editPath(editor)}/${path}`,
      revision: standing.revision,
      hasThemes: standing.plan.themes.length > 0,
    },
    problems.length > 0 ? 422 : 200,
  );
}

/** Where somebody came from: from an action, or from the list as a whole. */
const placeOf = (editor: AtWork['editor'], action: Action | undefined): string =>
  action === undefined ? editPath(editor) : editPathAt(editor, { what: 'action', id: action.id });

/** Beside its field it need not be said in which row. */
const bare = (problem: FormProblem): FormProblem => ({
  ...problem,
  text: problem.text.replace(/^Action \d: (.)/, (_, first: string) => first.toUpperCase()),
});
