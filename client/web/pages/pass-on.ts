import { type Context, Hono } from 'hono';
import { councilOfficers } from '../../../domain/authority/officers.ts';
import { findRole, roleTitle } from '../../../domain/authority/roles.ts';
import { Refusal } from '../../../domain/refusal.ts';
import type { Typed } from '../../../register/form-drafts.ts';
import { administered, type Council } from '../administration/council.ts';
import { orNone, textOf } from '../administration/council-form.ts';
import { takersAway } from '../administration/takers-away.ts';
import { type Passing, passOnAll, workOf } from '../administration/passing-on.ts';
import { type FilledForm, type FormField, readForm, shownFields } from '../forms/form.ts';
import { draftIn, formIdOf, markOfShown, onceByForm, sentForm, shownAgain, textIn, typedIn } from '../forms/sent.ts';
import { alreadySent, isCarriedOut } from '../forms/sent-already.ts';
import type { MilestonePages } from '../lists.ts';
import { page } from '../page.ts';
import type { AppParts, Env } from '../parts.ts';
import { notFound } from '../problems.ts';

const FORM = {
  title: 'Pass on a role’s work',
  explain:
    'Every duty of the role that has not ended goes to another role, and what is planned later goes there too. Each new owner is told once.',
  done: 'The work is passed on.',
};

interface Asked {
  context: Context<Env>;
  council: Council;
  role: string;
  fields: FormField[];
  id: string;
}

/** A leaver's work passed on in one go, in all open inspections: who takes it, what that is, then the change itself. */
export function passOnRoutes(parts: AppParts, pages: MilestonePages): Hono<Env> {
  return new Hono<Env>().on(['GET', 'POST'], '/administration/:authority/pass-on/:role', async (context) => {
    const asked = await askedIn(context, parts);
    if (context.req.method !== 'POST') return opened(parts, asked);
    const sent = await sentForm(context);
    if (sent['confirmed'] === 'yes') return confirmed(parts, pages, asked, textIn(sent, 'shown'));
    const filled = readForm(asked.fields, sent);
    if (filled.problems.length > 0) return show(asked, filled);
    await parts.register.board.keepDraft({ form: asked.id, typed: typedIn(sent), now: context.get('now') });
    return context.redirect(`${context.req.path}?form=${asked.id}&check=yes`, 303);
  });
}

async function askedIn(context: Context<Env>, parts: AppParts): Promise<Asked> {
  const council = await administered(context, parts);
  const role = context.req.param('role') ?? '';
  if (findRole(council.authority, role) === undefined) throw notFound();
  return { context, council, role, fields: await fieldsOf(parts, council, role), id: formIdOf(context, parts) };
}

/** Who takes it, and, where the role has something to do in several inspections, who takes it in each. */
async function fieldsOf({ register }: AppParts, { authority }: Council, role: string): Promise<FormField[]> {
  const rows = await register.board.dutiesOf([{ authority: authority.id, role }]);
  const inspections = new Map(rows.map(({ reference, inspectionTitle }) => [reference, inspectionTitle]));
  const takers = councilOfficers(authority).flatMap(({ id, title }): [string, string][] =>
    id === role ? [] : [[id, findRole(authority, id)?.email === undefined ? `${title} (nobody holds it)` : title]],
  );
  return [
    {
      name: 'to',
      kind: 'choice',
      label: 'Who takes it?',
      missing: 'Choose who takes it',
      choices: Object.fromEntries(takers),
    },
    ...(inspections.size < 2 ? [] : [...inspections]).map(([reference, title]): FormField => ({
      name: `in-${reference}`,
      kind: 'choice',
      label: `Another one in ${reference}, ${title}?`,
      choices: orNone(takers, 'The same'),
      optional: true,
    })),
    {
      name: 'reason',
      kind: 'line',
      label: 'Why?',
      hint: 'This goes on record. For example: retires on 31 March.',
      optional: true,
    },
  ];
}

function passingIn({ role, fields }: Asked, typed: Typed): Passing | undefined {
  const { values, problems } = readForm(fields, typed);
  const to = textOf(values, 'to');
  if (problems.length > 0 || to === undefined) return undefined;
  const others = fields.flatMap(({ name }): [string, string][] => {
    const other = name.startsWith('in-') ? textOf(values, name) : undefined;
    return other === undefined ? [] : [[name.slice('in-'.length), other]];
  });
  return { from: role, to, others: new Map(others), reason: textOf(values, 'reason') };
}

async function opened(parts: AppParts, asked: Asked) {
  const { context } = asked;
  const draft = await draftIn(context, parts);
  if (context.req.query('check') !== 'yes' || draft === undefined)
    return show(asked, { values: {}, typed: shownAgain(draft ?? {}), problems: [] });
  if (!(await isCarriedOut(context, parts, asked.id))) return check(parts, asked, draft);
  const { authority, home } = asked.council;
  const [subject, action] = [roleTitle(authority, asked.role), context.req.path];
  return alreadySent(context, { form: FORM, back: `${home}/people`, action, inspection: authority.name, subject });
}

function show({ context, council, role, fields, id }: Asked, filled: FilledForm) {
  return page(
    context,
    'form.html',
    {
      title: FORM.title,
      form: FORM,
      inspection: council.authority.name,
      subject: roleTitle(council.authority, role),
      back: `${council.home}/people`,
      action: `${context.req.path}?form=${id}`,
      fields: shownFields(fields, filled, council.authority),
      problems: filled.problems,
    },
    filled.problems.length > 0 ? 422 : 200,
  );
}

/** Every duty that would change hands, by inspection, before it does. */
async function check(parts: AppParts, asked: Asked, draft: Typed, isOther = false) {
  const { context, council, role, id } = asked;
  const passing = passingIn(asked, draft);
  if (passing === undefined) return show(asked, readForm(asked.fields, draft));
  const { authority, home, actor } = council;
  const works = await workOf(parts, authority.id, passing, actor);
  const duties = works.reduce((sum, { result }) => sum + (result?.moved.length ?? 0), 0);
  const some = works.some(
    ({ result }) => result !== undefined && result.moved.length + result.beside.length + result.named.length > 0,
  );
  return page(
    context,
    'administration-pass-on.html',
    {
      title: 'Check before you go on',
      form: FORM,
      council: authority.name,
      role: roleTitle(authority, role),
      action: `${context.req.path}?form=${id}`,
      back: `${home}/people`,
      reason: passing.reason,
      away: takersAway(authority, { from: role, takers: [passing.to, ...passing.others.values()] }, council.today),
      ...{ works, duties, isOther, isPossible: some },
      told: works.flatMap(({ inspection, result }) => (result?.told ?? []).map((each) => ({ ...each, inspection }))),
      mark: markOfWorks(draft, works),
    },
    isOther ? 409 : 200,
  );
}

/** Of what is passed on: when the mail of it goes is another moment with each look. */
const markOfWorks = (draft: Typed, works: Awaited<ReturnType<typeof workOf>>): string =>
  markOfShown({
    ...draft,
    works: JSON.stringify(works.map((work) => ({ ...work, result: work.result && { ...work.result, told: [] } }))),
  });

async function confirmed(parts: AppParts, pages: MilestonePages, asked: Asked, shown: string) {
  const { context, council } = asked;
  const draft = (await draftIn(context, parts)) ?? {};
  const passing = passingIn(asked, draft);
  if (passing === undefined) return check(parts, asked, draft);
  const { authority, actor, home } = council;
  try {
    const to = await onceByForm(context, parts, { what: '', request: { draft, shown } }, async () => {
      const works = await workOf(parts, authority.id, passing, actor);
      if (markOfWorks(draft, works) !== shown)
        throw new Refusal('wrong-revision', 'What the role has to do has changed since.');
      const { told, left } = await passOnAll(parts, authority.id, passing, actor);
      return `${home}/people?done=pass-on&told=${told}&left=${left}`;
    });
    pages.forget();
    return context.redirect(to, 303);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return check(parts, asked, draft, true);
  }
}
