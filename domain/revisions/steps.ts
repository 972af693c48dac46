import type { Action, Theme } from '../schemas/plan.ts';
import { type Edit, editsBetween, replacesOf, revised } from './edits.ts';
import { itemsById, type PlanItem, type PlanItemKind, type PlanItems, planItems, type PlanPart } from './plan-items.ts';
import { named, unnamed } from './references.ts';

/** What a plan is while somebody writes on it: one step makes one plan of another, and knows the plan it was begun from. */
export type Step = (plan: PlanPart, base: PlanPart) => PlanPart;

/** A plan as somebody proposes it. */
export const planWith = (base: PlanPart, edits: readonly Edit[]): PlanPart =>
  revised<PlanPart>(base, edits, { on: '', reason: '' });

/**
 * The edits of a proposal after one more step; what is as it was before is none of them.
 *
 * @param reason of what the step withdraws
 */
export function edited(base: PlanPart, edits: readonly Edit[], step: Step, reason?: string): Edit[] {
  const after = editsBetween(base, step(planWith(base, edits), base), edits);
  const before = new Set(edits.flatMap((edit) => (edit.kind === 'withdraw' ? [`${edit.what} ${edit.id}`] : [])));
  return after.map((edit) =>
    reason === undefined || edit.kind === 'put' || before.has(`${edit.what} ${edit.id}`) ? edit : { ...edit, reason },
  );
}

const withItems = (plan: PlanPart, what: PlanItemKind, items: Map<string, PlanItem>): PlanPart => ({
  ...plan,
  ...planItems(what).partOf([...items.values()]),
});

/** Something stands in the plan as this says it. */
export const putting =
  <K extends PlanItemKind>(what: K, ...all: PlanItems[K][]): Step =>
  (plan) => {
    const items = itemsById(plan, what);
    for (const item of all) items.set(planItems(what).idOf(item), item);
    return withItems(plan, what, items);
  };

function without(plan: PlanPart, what: PlanItemKind, id: string): PlanPart {
  const items = itemsById(plan, what);
  items.delete(id);
  return withItems(unnamed(plan, what, id), what, items);
}

/** What becomes of the actions of a theme that is withdrawn: they go to another, or leave the plan with it. */
export type ActionsOfTheme = { to: string } | 'withdrawn';

/** A theme is in the plan no more. */
export const withdrawingTheme =
  (id: string, actions: ActionsOfTheme): Step =>
  (plan) => {
    const of = plan.actions.filter(({ theme }) => theme === id);
    const after =
      actions === 'withdrawn'
        ? of.reduce((rest, action) => without(rest, 'action', action.id), plan)
        : putting('action', ...of.map((action) => ({ ...action, theme: actions.to })))(plan, plan);
    return without(after, 'theme', id);
  };

/** An action is in the plan no more; where another has taken it in, that one says so. */
export const withdrawingAction =
  (id: string, into?: string): Step =>
  (plan, base) => {
    const target = plan.actions.find((each) => each.id === into);
    const after =
      target === undefined || !itemsById(base, 'action').has(id)
        ? plan
        : putting('action', { ...target, replaces: [...new Set([...replacesOf(target), id])] })(plan, base);
    return without(after, 'action', id);
  };

/** Something else is in the plan no more; nothing names it any more. */
export const withdrawing =
  (what: Exclude<PlanItemKind, 'theme' | 'action'>, id: string): Step =>
  (plan) =>
    without(plan, what, id);

/** What each part of a split action has of its own; all else is as it was of the whole. */
export type PartOfAction = Pick<Action, 'id' | 'title' | 'due' | 'recommendations'> & Partial<Action>;

/** An action becomes several: it is withdrawn, they stand in its place, and what named it names all of them. */
export const splitting =
  (id: string, parts: readonly PartOfAction[]): Step =>
  (plan, base) => {
    const whole = plan.actions.find((each) => each.id === id);
    if (whole === undefined) return plan;
    const { replaces, ...rest } = whole;
    // What is in the draft alone was never in the plan: its parts take the place of what it would have.
    const place = itemsById(base, 'action').has(id) ? [id] : replaces;
    const items = parts.map((part) => ({ ...rest, ...part, ...(place === undefined ? {} : { replaces: place }) }));
    const shown = named(
      plan,
      'action',
      id,
      items.map((each) => each.id),
    );
    return without(putting('action', ...items)(shown, base), 'action', id);
  };

/** One thing is again as it was when the draft was begun, with what stood in its place, or named it. */
export const undoing =
  (what: PlanItemKind, id: string): Step =>
  (plan, base) => {
    const was = itemsById(base, what).get(id);
    if (was === undefined) return what === 'theme' ? withoutNewTheme(plan, base, id) : without(plan, what, id);
    const isBack = !itemsById(plan, what).has(id);
    const bare = isBack && what === 'action' ? withoutParts(plan, base, id) : plan;
    const back = withItems(bare, what, itemsById(bare, what).set(id, was));
    return isBack ? namedAgain(back, base, what, id) : back;
  };

/** Actions that stood under a theme which is none after all: where they were, or with its officer as their own owner. */
function withoutNewTheme(plan: PlanPart, base: PlanPart, id: string): PlanPart {
  const officer = plan.themes.find((each) => each.id === id)?.officer;
  const before = new Map(base.actions.map((each) => [each.id, each.theme]));
  const there = new Set(plan.themes.map((each) => each.id));
  const actions = plan.actions.map((action): Action => {
    if (action.theme !== id) return action;
    const { theme: _gone, ...rest } = action;
    const theme = before.get(action.id);
    if (theme !== undefined && there.has(theme)) return { ...rest, theme };
    const owner = action.owner ?? officer;
    return { ...rest, ...(owner === undefined ? {} : { owner }) };
  });
  return without({ ...plan, actions }, 'theme', id);
}

/** What the draft has put in the place of an action that is back. */
function withoutParts(plan: PlanPart, base: PlanPart, id: string): PlanPart {
  const before = itemsById(base, 'action');
  return plan.actions
    .filter((each) => replacesOf(each).includes(id))
    .reduce((rest, each) => {
      if (!before.has(each.id)) return without(rest, 'action', each.id);
      const { replaces = [], ...own } = each;
      const others = replaces.filter((one) => one !== id);
      return putting('action', { ...own, ...(others.length === 0 ? {} : { replaces: others }) })(rest, base);
    }, plan);
}

/** What named something before it was withdrawn names it again. */
function namedAgain(plan: PlanPart, base: PlanPart, what: PlanItemKind, id: string): PlanPart {
  const back = named(plan, what, id, [id], base);
  if (what !== 'theme') return back;
  const of = base.actions.filter(({ theme }) => theme === id);
  const present = itemsById(back, 'action') as Map<string, Action>;
  return putting('action', ...of.map((was) => ({ ...(present.get(was.id) ?? was), theme: id })))(back, base);
}

/** Whose an action is: its own owner's, or its theme's officer's. */
export const ownerIn = ({ themes }: { themes: readonly Theme[] }, { owner, theme }: Pick<Action, 'owner' | 'theme'>) =>
  owner ?? themes.find(({ id }) => id === theme)?.officer;
