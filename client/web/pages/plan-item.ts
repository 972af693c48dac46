import { Hono } from 'hono';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import { localDate } from '../../../domain/calendar/london.ts';
import { freshId } from '../../../domain/revisions/fresh-id.ts';
import { itemsById, planItems, type PlanItems, type PlanPart } from '../../../domain/revisions/plan-items.ts';
import { putting, type Step } from '../../../domain/revisions/steps.ts';
import type { Withdrawn } from '../../../domain/schemas/plan.ts';
import { dateTyped, shownFields } from '../forms/form.ts';
import { draftIn, type SentFields, shownAgain } from '../forms/sent.ts';
import { page } from '../page.ts';
import type { AppParts, Env } from '../parts.ts';
import { notFound } from '../problems.ts';
import { type AtWork, editPath, editPathAt, keepStep, keptAt, opened, received, STALE } from '../plan/at.ts';
import { type Choices, ticked } from '../plan/choices.ts';
import { PLACE } from '../plan/forms/action-form.ts';
import { type FilledItem, itemForm, readItem } from '../plan/item-forms.ts';
import { type Written, WRITTEN } from '../plan/kinds.ts';
import { dayOf } from '../plan/forms/item-form.ts';
import { dayProblemAt, listingOf, standingDue } from '../plan/listed.ts';
import { titleOfItem } from '../../../domain/revisions/values.ts';

const I = '/inspections/:authority/:reference/plan/edit';

/** What a page asks: all of something, or only where it stands. */
type Part = 'all' | 'place';

interface Subject {
  what: Written;
  part: Part;
  id: string | undefined;
  before: PlanItems[Written] | undefined;
}

/** Adding and changing one thing of a plan, and moving an action: each keeps what comes of it in the draft. */
export function planItemRoutes(parts: AppParts): Hono<Env> {
  const routes = new Hono<Env>();
  for (const [path, part] of [
    [`${I}/add/:what`, 'all'],
    [`${I}/change/:what/:item`, 'all'],
    [`${I}/move/:item`, 'place'],
  ] as const)
    routes
      .get(path, (context) =>
        opened(context, parts, async (at) => {
          const subject = subjectOf(at, context.req.param(), part);
          const draft = await draftIn(context, parts);
          return show(
            at,
            subject,
            draft === undefined ? begun(at, subject, context.req.query('theme')) : again(at, subject, draft),
          );
        }),
      )
      .post(path, (context) =>
        received(context, parts, async (sent) => {
          const subject = subjectOf(sent, context.req.param(), part);
          const filled = await read(sent, subject, sent.fields);
          if (sent.isStale) filled.problems.push(STALE);
          if (filled.problems.length > 0 || filled.item === undefined) return show(sent, subject, filled);
          const step = stepOf(subject.what, filled, filled.item);
          return keepStep(parts, sent, {
            step,
            to: keptAt(sent.editor, 'kept', { what: subject.what, id: idOf(subject.what, filled) }),
          });
        }),
      );
  return routes;
}

const choicesOf = (at: AtWork, what: Written): Choices => ({
  facts: at.editor.running.facts,
  plan: at.standing.plan,
  taken: takenIn(at, what),
});

/** @throws PageProblem 404 */
function subjectOf({ standing }: AtWork, params: Partial<Record<string, string>>, part: Part): Subject {
  const named = part === 'place' ? 'action' : params['what'];
  const what = WRITTEN.find((each) => each === named);
  if (what === undefined) throw notFound();
  const id = params['item'];
  if (id === undefined) return { what, part, id, before: undefined };
  const before = itemsById(standing.plan, what).get(id) as PlanItems[Written] | undefined;
  if (before === undefined) throw notFound();
  return { what, part, id, before };
}

/** Names that nothing new can have: of what is in the plan, was in it, or was withdrawn. */
export function takenIn({ editor, standing }: AtWork, what: Written): Set<string> {
  const withdrawn: readonly Withdrawn[] = editor.running.facts.inspection.withdrawn ?? [];
  return new Set([
    ...itemsById(standing.base, what).keys(),
    ...itemsById(standing.plan, what).keys(),
    ...withdrawn.filter((each) => each.what === what).map(({ id }) => id),
  ]);
}

/** What is read of a page that asks for a part alone: all else is as it is. */
async function read(at: AtWork, { what, part, before }: Subject, sent: SentFields): Promise<FilledItem> {
  const fields =
    part === 'all' || before === undefined
      ? sent
      : { ...typedOf(what, before, choicesOf(at, what)), with: withOf(before), ...sent };
  const taken = takenIn(at, what);
  const filled = await readItem(what, fields, choicesOf(at, what), {
    ...{ id: (title) => freshId(title, taken), before, today: localDate(at.editor.running.view.now) },
    judge: (item) => wrongDay(at, before === undefined ? item : withoutGranted(at, before, item)),
  });
  if (before !== undefined && filled.item !== undefined) filled.item = withoutGranted(at, before, filled.item);
  const isNew = before === undefined && filled.item !== undefined && taken.has(planItems(what).idOf(filled.item));
  if (isNew) {
    const text = `Number: "${idOf(what, filled)}" is in the plan already, or was; choose another`;
    filled.problems.push({ text, href: '#id', field: 'id' });
  }
  return filled;
}

/** By the rule by which the revision would be refused. */
function wrongDay(at: AtWork, item: PlanItems[Written]): [field: string, text: string][] {
  const problem = isAction(item) ? dayProblemAt(at, item) : undefined;
  return problem === undefined ? [] : [['due', problem]];
}

const isAction = (item: PlanItems[Written]): item is PlanItems['action'] =>
  'title' in item && 'due' in item && 'recommendations' in item;

const typedOf = (what: Written, item: PlanItems[Written], choices: Choices): Record<string, string> =>
  itemForm(what).typed(item, choices);
const withOf = (item: PlanItems[Written]): string[] => ('with' in item ? (item.with ?? []) : []);

/** The day on which an action stands, where a later one was granted than the plan's own; undefined where none was. */
function grantedDue(at: AtWork, item: PlanItems[Written]): CivilDate | undefined {
  if (!isAction(item)) return undefined;
  const day = dayOf(item.due);
  const stands = day === undefined ? undefined : standingDue(item, at);
  return stands === day ? undefined : stands;
}

/** A day that was granted is no change of the plan: as long as it is left, the plan's own stays behind it. */
function withoutGranted(at: AtWork, before: PlanItems[Written], item: PlanItems[Written]): PlanItems[Written] {
  const granted = grantedDue(at, before);
  if (granted === undefined || !('due' in item && 'due' in before) || item.due !== granted) return item;
  return { ...item, due: before.due };
}

type Shown = Pick<FilledItem, 'typed' | 'ticks' | 'problems'>;

function begun(at: AtWork, { what, before }: Subject, theme: string | undefined): Shown {
  const form = itemForm(what);
  if (before === undefined) return { typed: theme === undefined ? {} : { theme }, ticks: {}, problems: [] };
  return {
    typed: { ...form.typed(before, choicesOf(at, what)), ...dateTyped('due', grantedDue(at, before)) },
    ticks: form.ticked(before, choicesOf(at, what)),
    problems: [],
  };
}

/** A field's own name, or a part of a date. */
const isOf = (key: string, name: string): boolean => key === name || key.replace(/-(?:day|month|year)$/, '') === name;

const idOf = (what: Written, { item }: FilledItem): string => (item === undefined ? '' : planItems(what).idOf(item));

/** What was typed before a session ended. */
function again(at: AtWork, { what, before }: Subject, draft: Record<string, string | string[]>): Shown {
  const { ticks } = itemForm(what).asked(choicesOf(at, what), before);
  const lists = Object.fromEntries(ticks.map((each) => [each.name, ticked(each, draft)]));
  return { typed: shownAgain(draft), ticks: lists, problems: [] };
}

/** What a form makes of the plan. A recommendation's themes say themselves that they gather it. */
function stepOf(what: Written, { ticks }: FilledItem, item: PlanItems[Written]): Step {
  const put = putting(what, item as never);
  if (what !== 'recommendation') return put;
  const gathering = new Set(ticks['themes'] ?? []);
  const { id } = item as PlanItems['recommendation'];
  return (plan, base) => {
    const after: PlanPart = put(plan, base);
    const themes = after.themes.map((theme) => {
      const has = theme.recommendations.includes(id);
      if (gathering.has(theme.id) === has) return theme;
      const recommendations = has
        ? theme.recommendations.filter((each) => each !== id)
        : [...theme.recommendations, id];
      return { ...theme, recommendations };
    });
    return { ...after, themes };
  };
}

function show(at: AtWork, { what, part, id, before }: Subject, { typed, ticks, problems }: Shown) {
  const { context, editor, standing } = at;
  const asked = itemForm(what).asked(choicesOf(at, what), before);
  const { more = [] } = asked;
  const isWrong = (name: string) => problems.some(({ field }) => field === name);
  const inPart = (name: string) => part === 'all' || PLACE.includes(name) || name === 'recommendations';
  const word = planItems(what).title.toLowerCase();
  const title =
    before === undefined
      ? `Add a ${word}`.replace('a a', 'an a')
      : part === 'place'
        ? 'Move an action'
        : `Change the ${word}`;
  const path = before === undefined ? `add/${what}` : part === 'place' ? `move/${id}` : `change/${what}/${id}`;
  return page(
    context,
    'plan-item.html',
    {
      ...{ title, problems },
      inspection: editor.seen.summary.title,
      subject: before === undefined ? undefined : titleOfItem(listingOf(at).readers, what, before),
      number: what === 'recommendation' ? id : undefined,
      back: id === undefined ? editPath(editor) : editPathAt(editor, { what, id }),
      action: `${editPath(editor)}/${path}`,
      revision: standing.revision,
      fields: shownFields(
        asked.fields.filter(({ name }) => inPart(name)),
        { typed, problems },
      ),
      more: part === 'all' ? shownFields(more, { typed, problems }) : [],
      isMoreOpen: more.some(({ name }) => Object.keys(typed).some((key) => isOf(key, name)) || isWrong(name)),
      lists: asked.ticks
        .filter(({ name, options }) => inPart(name) && Object.keys(options).length > 0)
        .map(({ options, ...each }) => ({
          ...each,
          items: Object.entries(options).map(([value, text]) => ({
            ...{ value, text },
            checked: ticks[each.name]?.includes(value) ?? false,
          })),
          chosen: ticks[each.name]?.length ?? 0,
        })),
    },
    problems.length > 0 ? 422 : 200,
  );
}
