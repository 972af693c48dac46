import { type Context, Hono } from 'hono';
import type { PlacedRow } from '../../../domain/milestone/columns.ts';
import type { Typed } from '../../../register/form-drafts.ts';
import { carryOut, resultsOf } from '../chosen/carried-out.ts';
import { chosenRows, isTooMany, itemsOf, listIn, namesIn, wholeName } from '../chosen/chosen.ts';
import { judged } from '../chosen/judged.ts';
import { formOf, type Task, taskNamed } from '../chosen/tasks.ts';
import { csvAnswer, csvOf } from '../duties-csv.ts';
import { payloadOf } from '../forms/filled-command.ts';
import { daysOffIn } from '../../../domain/commands/days-off.ts';
import { enteredIn } from '../forms/entered.ts';
import { type FilledForm, readForm, shownFields } from '../forms/form.ts';
import { draftIn, formIdIn, markOfShown, sentForm, shownAgain, textIn, typedIn } from '../forms/sent.ts';
import { pageOfForm } from '../forms/page-of-form.ts';
import { type MilestonePages, PER_PAGE } from '../lists.ts';
import { page } from '../page.ts';
import type { AppParts, Env } from '../parts.ts';
import { isAny, membershipIn } from '../people.ts';
import { notFound, notYours, PageProblem } from '../problems.ts';

const PATH = '/chosen';
const SENIORS = ['manager', 'administrator'] as const;

interface Asked {
  context: Context<Env>;
  typed: Typed;
  task: Task;
  rows: PlacedRow[];
}

/**
 * Something is done to several duties that were chosen on a list: what is asked for once, then what comes of each, or why it is
 * refused, then what has come of each. Each is a page of its own address. Or they are downloaded as a table.
 */
export function chosenRoutes(parts: AppParts, pages: MilestonePages): Hono<Env> {
  return new Hono<Env>()
    .get(PATH, async (context) => {
      mustBeSenior(context);
      const typed = await draftIn(context, parts);
      const asked = typed === undefined ? undefined : await askedFor(context, parts, typed);
      if (asked === undefined) return context.redirect('/overdue', 303);
      if (context.req.query('check') === 'yes') return check(parts, pages, asked);
      return show(parts, asked, { values: {}, typed: shownAgain(asked.typed), problems: [] });
    })
    .post(`${PATH}/export`, async (context) => {
      const { person } = context.get('session');
      if (person.memberships.length === 0) throw notFound();
      const typed = typedIn(await sentForm(context));
      const names = namesIn(typed);
      const wrong = wrongChoice(names);
      if (wrong !== undefined) return nothingChosen(context, typed, wrong);
      const now = context.get('now');
      const rows = await pages.listed(await chosenRows(parts.register, person, names), person, now);
      return csvAnswer(context, csvOf(rows, true), now);
    })
    .post(PATH, async (context) => {
      mustBeSenior(context);
      const fields = await sentForm(context);
      if (fields['confirmed'] === 'yes') {
        const shown = new Set([fields['goes'] ?? []].flat().filter((each) => typeof each === 'string'));
        return confirmed(parts, pages, context, { mark: textIn(fields, 'shown'), shown });
      }
      const typed = typedIn(fields);
      const wrong = wrongChoice(namesIn(typed));
      if (wrong !== undefined) return nothingChosen(context, typed, wrong);
      const asked = await askedFor(context, parts, typed);
      if (asked === undefined) return nothingChosen(context, typed, 'Choose what to do');
      if (new Set(asked.rows.map(({ authority }) => authority)).size > 1)
        return nothingChosen(context, typed, 'Choose duties of one council at a time');
      // From the list: what it asks for comes next.
      if (fields['filled'] !== 'yes') return kept(parts, asked, '');
      const { form, filled } = filledIn(asked);
      const [first] = asked.rows;
      const payload = payloadOf(form, filled, first?.milestone ?? '');
      return payload === undefined ? show(parts, asked, filled) : kept(parts, asked, '&check=yes');
    });
}

/** @throws PageProblem 403, before anything of what was sent is read */
function mustBeSenior(context: Context<Env>): void {
  if (!isAny(context.get('session').person, SENIORS))
    throw notYours('Managers and administrators change several duties at once.');
}

function wrongChoice(names: readonly string[]): string | undefined {
  if (names.length === 0) return 'Choose at least one duty: tick the box beside it';
  return isTooMany(names) ? `Choose ${PER_PAGE} duties or fewer` : undefined;
}

/** @throws PageProblem 404 */
async function askedFor(context: Context<Env>, parts: AppParts, typed: Typed): Promise<Asked | undefined> {
  const task = taskNamed(typeof typed['what'] === 'string' ? typed['what'] : '');
  const names = namesIn(typed);
  if (task === undefined || wrongChoice(names) !== undefined) return undefined;
  return { context, typed, task, rows: await chosenRows(parts.register, context.get('session').person, names) };
}

/**
 * Keeps what was typed under the form's own id, and goes on with that; under a new one where the form has had its effect
 * already: what was changed in it since is another request, not the answer of the first.
 */
async function kept(parts: AppParts, { context, task, rows, typed }: Asked, then: string): Promise<Response> {
  const own = formIdIn(context, parts);
  const items = itemsOf(task, rows, context.get('session').person);
  const isSpent = own !== undefined && (await resultsOf(context, parts, own, items)) !== undefined;
  const form = own === undefined || isSpent ? newForm(context, parts) : own;
  await parts.register.board.keepDraft({ form, typed, now: context.get('now') });
  return context.redirect(`${PATH}?form=${form}${then}`, 303);
}

const newForm = (context: Context<Env>, { forms }: AppParts): string =>
  forms.make(context.get('session').person.email, pageOfForm(PATH));

function nothingChosen(context: Context<Env>, typed: Typed, text: string) {
  const back = listIn(typed);
  return page(
    context,
    'chosen-none.html',
    { title: 'Nothing was changed', back, problems: [{ text, href: back }] },
    422,
  );
}

function filledIn({ task, typed }: Asked) {
  const form = formOf(task);
  return { form, filled: readForm(form.fields, typed) };
}

const authorityOf = ({ context, rows }: Asked) =>
  membershipIn(context.get('session').person, rows[0]?.authority ?? '')?.authority;

function show(parts: AppParts, asked: Asked, filled: FilledForm) {
  const { context, task, rows, typed } = asked;
  const authority = authorityOf(asked);
  return page(
    context,
    'chosen-form.html',
    {
      title: task.title,
      form: { title: task.title, explain: task.explain },
      inspection: authority?.name,
      subject: authority?.name,
      action: `${PATH}?form=${newForm(context, parts)}`,
      back: listIn(typed),
      what: typed['what'],
      from: typed['from'],
      rows: rows.map((row) => ({ ...row, name: wholeName(row) })),
      fields: shownFields(formOf(task).fields, filled, authority),
      problems: filled.problems,
    },
    filled.problems.length > 0 ? 422 : 200,
  );
}

/** What was entered and what comes of each, before it counts; once it has been sent, what has come of each. */
async function check(parts: AppParts, pages: MilestonePages, asked: Asked) {
  const { context, task, typed, rows } = asked;
  const { form, filled } = filledIn(asked);
  if (payloadOf(form, filled, rows[0]?.milestone ?? '') === undefined) return show(parts, asked, filled);
  const items = itemsOf(task, rows, context.get('session').person);
  const id = formIdIn(context, parts) ?? '';
  const action = `${PATH}?form=${id}`;
  const common = { back: listIn(typed), task, action, mark: markOfShown(typed), ofDuties: task.of === 'duty' };
  const results = await resultsOf(context, parts, id, items);
  if (results !== undefined) {
    const n = (result: string) => results.filter((each) => each.result === result).length;
    const count = { done: n('done'), refused: n('refused'), open: n('not certain') };
    return page(context, 'chosen-done.html', { ...common, title: 'What has come of it', results, count });
  }
  const authority = authorityOf(asked);
  const shown = enteredIn(form.fields, filled.values, authority);
  const daysOff =
    authority === undefined ? [] : daysOffIn(form.fields, filled.values, await pages.calendars.of(authority));
  const together = await judged(parts, form, filled, items);
  const going = together.items.filter(({ refused }) => refused === undefined).length;
  return page(context, 'chosen-check.html', {
    ...{
      ...common,
      title: `Check before you go on: ${task.title.toLowerCase()}`,
      shown,
      daysOff,
      ...together,
      going,
    },
  });
}

async function confirmed(
  parts: AppParts,
  pages: MilestonePages,
  context: Context<Env>,
  { mark, shown }: { mark: string; shown: ReadonlySet<string> },
) {
  const typed = await draftIn(context, parts);
  const asked = typed === undefined ? undefined : await askedFor(context, parts, typed);
  if (asked === undefined || mark !== markOfShown(asked.typed))
    throw new PageProblem(
      409,
      'This is not what you were shown',
      'Nothing was changed. Go back to the list, choose the duties, and send it once more.',
    );
  const { form, filled } = filledIn(asked);
  const items = itemsOf(asked.task, asked.rows, context.get('session').person);
  const together = await judged(parts, form, filled, items);
  await carryOut(context, parts, form, together.items, shown);
  pages.forget();
  return context.redirect(`${PATH}?form=${formIdIn(context, parts) ?? ''}&check=yes`, 303);
}
