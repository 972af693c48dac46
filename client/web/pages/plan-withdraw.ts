import { Hono } from 'hono';
import type { LifecycleState } from '../../../domain/lifecycle/state.ts';
import { statusOfAction } from '../../../domain/revisions/given-up.ts';
import { itemsById, planItems, type PlanPart } from '../../../domain/revisions/plan-items.ts';
import { type Step, withdrawing, withdrawingAction, withdrawingTheme } from '../../../domain/revisions/steps.ts';
import { type FormField, readForm, shownFields } from '../forms/form.ts';
import { draftIn, type SentFields, shownAgain, textIn } from '../forms/sent.ts';
import { page } from '../page.ts';
import type { AppParts, Env } from '../parts.ts';
import { notFound } from '../problems.ts';
import { type AtWork, editPath, editPathAt, keepStep, keptAt, opened, received, STALE } from '../plan/at.ts';
import { actionOptions, type Options, themeOptions } from '../plan/choices.ts';
import { listingOf } from '../plan/listed.ts';
import { titleOfItem } from '../../../domain/revisions/values.ts';
import { type Written, WRITTEN } from '../plan/kinds.ts';
import { frameOf } from './plan-edit.ts';

const PATH = '/inspections/:authority/:reference/plan/edit/withdraw/:what/:item';
/** Why it is withdrawn: on record with it, whatever the whole revision is for. */
const REASON: FormField = {
  ...{ name: 'reason', kind: 'line', label: 'Why is it withdrawn?', missing: 'Say why it is withdrawn' },
  hint: 'This goes on record with it. For example: the practice standards have taken it in',
};
/** A theme's actions leave the plan with it. */
const AS_WELL = '*';

interface Subject {
  what: Written;
  id: string;
  title: string;
}

/** Taking one thing out of a plan: what hangs on it is said, and where its actions go is asked. */
export function planWithdrawRoutes(parts: AppParts): Hono<Env> {
  return new Hono<Env>()
    .get(PATH, (context) =>
      opened(context, parts, async (at) => {
        const subject = subjectOf(at, context.req.param());
        return show(at, subject, shownAgain((await draftIn(context, parts)) ?? {}), []);
      }),
    )
    .post(PATH, (context) =>
      received(context, parts, (sent) => {
        const subject = subjectOf(sent, context.req.param());
        const step = stepOf(subject, sent.standing.plan, sent.fields);
        const text = 'Choose what becomes of its actions';
        const filled = readForm([REASON], sent.fields);
        const problems = [
          ...(step === undefined ? [{ text, href: '#to', field: 'to' }] : []),
          ...filled.problems,
          ...(sent.isStale ? [STALE] : []),
        ];
        if (step === undefined || problems.length > 0)
          return show(sent, subject, { ...filled.typed, to: textIn(sent.fields, 'to') }, problems);
        const reason = String(filled.values['reason']);
        return keepStep(parts, sent, { step, reason, to: keptAt(sent.editor, 'kept', subject) });
      }),
    );
}

function subjectOf(at: AtWork, params: Record<'what' | 'item', string>): Subject {
  const what = WRITTEN.find((each) => each === params.what);
  const item = what === undefined ? undefined : itemsById(at.standing.plan, what).get(params.item);
  if (what === undefined || item === undefined) throw notFound();
  return { what, id: params.item, title: titleOfItem(listingOf(at).readers, what, item) };
}

const actionsUnder = ({ actions }: PlanPart, theme: string) => actions.filter((each) => each.theme === theme);

/** Undefined where it is not said what becomes of its actions. */
function stepOf({ what, id }: Subject, plan: PlanPart, fields: SentFields): Step | undefined {
  const to = textIn(fields, 'to');
  switch (what) {
    case 'theme':
      if (actionsUnder(plan, id).length === 0 || to === AS_WELL) return withdrawingTheme(id, 'withdrawn');
      return to !== id && plan.themes.some((each) => each.id === to) ? withdrawingTheme(id, { to }) : undefined;
    case 'action':
      return withdrawingAction(id, to === '' ? undefined : to);
    case 'recommendation':
    case 'measure':
    case 'promise':
    case 'approval':
      return withdrawing(what, id);
  }
}

/** What else is asked of it. */
function fieldOf({ what, id }: Subject, plan: PlanPart, state: LifecycleState): FormField[] {
  const without = (options: Options): Options =>
    Object.fromEntries(Object.entries(options).filter(([value]) => value !== id));
  if (what === 'theme' && actionsUnder(plan, id).length > 0)
    return [
      {
        ...{ name: 'to', kind: 'choice', label: 'What becomes of its actions?' },
        choices: { ...without(themeOptions(plan, 'Choose')), [AS_WELL]: 'They are withdrawn as well' },
      },
    ];
  if (what === 'action')
    return [
      {
        ...{ name: 'to', kind: 'choice', label: 'Which action has taken it in?', optional: true },
        hint: 'Where it is merged into another one, the record says so, and its owner is told.',
        choices: {
          '': 'None: nobody has to do it any more',
          ...without(actionOptions(plan.actions.filter((each) => statusOfAction(state, each.id) !== 'waived'))),
        },
      },
    ];
  return [];
}

function show(at: AtWork, subject: Subject, typed: Partial<Record<string, string>>, problems: { text: string }[]) {
  const { context, editor, standing } = at;
  const { what, id } = subject;
  const { plan } = standing;
  const named = [...plan.themes, ...plan.actions, ...(plan.measures ?? [])].filter(
    ({ recommendations }) => what === 'recommendation' && recommendations.includes(id),
  );
  return page(
    context,
    'plan-withdraw.html',
    {
      ...subject,
      ...{ title: `Withdraw the ${planItems(what).title.toLowerCase()}`, problems },
      ...frameOf(editor),
      back: editPathAt(editor, { what, id }),
      subject: subject.title,
      action: `${editPath(editor)}/withdraw/${what}/${id}`,
      revision: standing.revision,
      fields: shownFields([...fieldOf(subject, plan, editor.running.state), REASON], { typed, problems }),
      named: named.map(({ title }) => title),
      actions: what === 'theme' ? actionsUnder(plan, id).map(({ title }) => title) : [],
    },
    problems.length > 0 ? 422 : 200,
  );
}
