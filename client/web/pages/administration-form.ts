import { type Context, Hono } from 'hono';
import { authorityDifferences } from '../../../domain/authority/change/differences.ts';
import { constitutionTitle } from '../../files/rules.ts';
import { findRole, roleTitle } from '../../../domain/authority/roles.ts';
import type { Authority } from '../../../domain/schemas/authority.ts';
import type { Typed } from '../../../register/form-drafts.ts';
import { hasIt, type Scope } from '../../apply-authority.ts';
import { applyFile, ChangedMeanwhile, changedSince } from '../administration/carry-out.ts';
import { consequencesOf } from '../administration/consequences.ts';
import { administered, ofOneself } from '../administration/council.ts';
import { changedBy } from '../administration/changed-by.ts';
import { doubtsOf, standInsTold } from '../administration/doubts.ts';
import { FILLED_FROM, onNewest } from '../administration/on-newest.ts';
import type { CouncilForm, FormSubject } from '../administration/council-form.ts';
import { councilForm } from '../administration/forms.ts';
import { ownForm } from '../administration/own-forms.ts';
import { type FilledForm, type FormField, readForm, shownFields } from '../forms/form.ts';
import {
  draftIn,
  formIdIn,
  formIdOf,
  markOfShown,
  onceByForm,
  sentForm,
  shownAgain,
  textIn,
  typedIn,
} from '../forms/sent.ts';
import { alreadySent, isCarriedOut } from '../forms/sent-already.ts';
import type { MilestonePages } from '../lists.ts';
import { page } from '../page.ts';
import type { AppParts, Env } from '../parts.ts';
import { type Membership, membershipIn, personOf } from '../people.ts';
import { notFound } from '../problems.ts';

interface Asked {
  context: Context<Env>;
  form: CouncilForm;
  name: string;
  subject: FormSubject;
  fields: FormField[];
  /** The form's own id: what is sent under it has one effect. */
  id: string;
  /** It is of themselves that somebody says something: the rest of the file, and who changed it, is not theirs to see. */
  isOwn: boolean;
}

/** Of what is otherwise, and of what moves, so many are listed. */
const MAX_LISTED = 100;

/**
 * Every change of a council's file that is made on a page: a form, then the difference and what comes of it, then the
 * change itself, by what `duecourse authority apply` does.
 */
export function administrationFormRoutes(parts: AppParts, pages: MilestonePages): Hono<Env> {
  const answer = async (context: Context<Env>) => {
    const asked = await askedIn(context, parts);
    if (context.req.method !== 'POST') return opened(parts, pages, asked);
    const sent = await sentForm(context);
    if (sent['confirmed'] === 'yes') return confirmed(parts, pages, asked, sent);
    const { typed } = await onNewest(parts, asked, typedIn(sent));
    const filled = filledIn(asked, typed);
    const { after } = await changedBy(parts, asked, filled, typed);
    if (after === undefined) return show(asked, filled);
    await parts.register.board.keepDraft({ form: asked.id, typed: typedIn(sent), now: context.get('now') });
    return context.redirect(`${context.req.path}?form=${asked.id}&check=yes`, 303);
  };
  const routes = new Hono<Env>();
  for (const path of ['/administration/:authority/do/:form', '/administration/:authority/do/:form/:about'])
    routes.on(['GET', 'POST'], path, answer);
  return routes.on(['GET', 'POST'], `${OWN}/:authority/do/:form/:about`, answer);
}

/** Where people say of themselves how they get their mail. */
const OWN = '/settings';

const scopeOf = ({ isOwn }: Asked): Scope => (isOwn ? 'their own entry' : 'the file');

/** @throws PageProblem 404 where there is no such form, or nothing that it is about; 403 */
async function askedIn(context: Context<Env>, parts: AppParts): Promise<Asked> {
  const isOwn = context.req.path.startsWith(`${OWN}/`);
  const council = await (isOwn ? ofOneself : administered)(context, parts);
  const { form: name = '', about = '' } = context.req.param() as Partial<Record<string, string>>;
  const form = isOwn ? ownForm(name) : councilForm(name);
  if (form === undefined) throw notFound();
  const subject = { ...council, about };
  const fields = form.fields(subject);
  // What it was about may be gone by this very form, sent twice.
  const isAgain = fields === undefined && formIdIn(context, parts) !== undefined;
  if (fields === undefined && !isAgain) throw notFound();
  return { context, form, name, subject, fields: fields ?? [], id: formIdOf(context, parts), isOwn };
}

/** The form, with what was typed where they come back to it; or the check of it before it counts. */
async function opened(parts: AppParts, pages: MilestonePages, asked: Asked) {
  const { context, form, fields, subject } = asked;
  const draft = await draftIn(context, parts);
  const isCheck = fields.length === 0 || (context.req.query('check') === 'yes' && draft !== undefined);
  const sentUnder = context.req.query('form');
  if (isCheck && sentUnder !== undefined && (await isCarriedOut(context, parts, sentUnder))) {
    const { name } = subject.authority;
    const [back, action] = [form.back(subject), context.req.path];
    return alreadySent(context, { form, back, action, inspection: name, subject: name });
  }
  if (isCheck) return check(parts, pages, asked, draft ?? {});
  const typed =
    draft === undefined ? (form.present?.(subject) ?? {}) : shownAgain((await onNewest(parts, asked, draft)).typed);
  return show(asked, { values: {}, typed, problems: [] });
}

const filledIn = ({ fields }: Asked, sent: Typed): FilledForm => readForm(fields, sent);

/** What a form is about, as people know it: a role or a body; the council where it is neither. */
function aboutInWords({ authority, about }: FormSubject): string {
  if (findRole(authority, about) !== undefined) return roleTitle(authority, about);
  const body = authority.bodies.find(({ id }) => id === about.split('--')[0]);
  return body?.name ?? authority.name;
}

function show({ context, form, subject, fields, id }: Asked, filled: FilledForm) {
  return page(
    context,
    'form.html',
    {
      title: form.title,
      form,
      inspection: subject.authority.name,
      subject: aboutInWords(subject),
      back: form.back(subject),
      action: `${context.req.path}?form=${id}`,
      choices: form.choices?.(subject) ?? [],
      fields: shownFields(fields, filled, subject.authority),
      [FILLED_FROM]: form.present === undefined ? undefined : subject.number,
      problems: filled.problems,
    },
    filled.problems.length > 0 ? 422 : 200,
  );
}

/** Everything that would be otherwise, and what comes of it, before it counts. */
async function check(parts: AppParts, pages: MilestonePages, asked: Asked, draft: Typed, shown?: number) {
  const { context, form, subject, fields, id, isOwn } = asked;
  const { typed, since = subject.number, overtaken } = await onNewest(parts, asked, draft);
  const filled = filledIn(asked, typed);
  const isOutdated = shown !== undefined && shown < subject.number;
  const from = Math.min(since, shown ?? subject.number);
  const isChanged = from < subject.number;
  const { after } = await changedBy(parts, asked, filled, typed);
  const [found, meanwhile] = [
    after === undefined ? undefined : await consequencesOf(parts, after, { ...subject, scope: scopeOf(asked) }),
    isOwn || !isChanged ? [] : await changedSince(parts, subject.authority.id, from),
  ];
  if (after === undefined && fields.length > 0) return show(asked, filled);
  const differences = after === undefined ? [] : authorityDifferences(subject.authority, after, constitutionTitle);
  const refused = (found?.inspections ?? []).filter(({ refusal }) => refusal !== null);
  const problems = [
    ...filled.problems.map(({ text }) => ({ text })),
    ...refused.map(({ title, refusal }) => ({ text: `${title}: ${refusal ?? ''}` })),
  ];
  return page(
    context,
    'administration-check.html',
    {
      title: 'Check before you go on',
      form,
      council: subject.authority.name,
      whose: aboutInWords(subject),
      back: form.back(subject),
      action: `${context.req.path}?form=${id}`,
      isForm: fields.length > 0,
      mark: markOfShown(draft),
      number: subject.number,
      isChanged,
      meanwhile,
      problems,
      means: filled.problems.length > 0 ? [] : (form.means?.(filled.values, subject) ?? []),
      differences: differences.slice(0, MAX_LISTED),
      moreDifferences: Math.max(0, differences.length - MAX_LISTED),
      doubts: after === undefined ? [] : await doubtsOf(pages, asked, after, { typed, overtaken }),
      standIns: after === undefined ? [] : await standInsTold(pages, subject, after, context.get('now')),
      isPossible: differences.length > 0 && problems.length === 0,
      noneHears: after !== undefined && hasIt(subject.authority, after),
      locksOut: after !== undefined && locksOut(context, subject, after),
      ...shownConsequences(found),
    },
    problems.length > 0 ? 422 : isOutdated ? 409 : 200,
  );
}

function shownConsequences(found: Awaited<ReturnType<typeof consequencesOf>> | undefined): object {
  const inspections = found?.inspections ?? [];
  return {
    open: inspections.length + (found?.silent.length ?? 0) + (found?.more ?? 0),
    isQuiet: inspections.every(({ moves, told }) => moves.length + told.length === 0),
    touched: inspections
      .filter(({ moves, told, notes }) => moves.length + told.length + notes.length > 0)
      .map((each) => ({
        ...each,
        moves: each.moves.slice(0, MAX_LISTED),
        moreMoves: Math.max(0, each.moves.length - MAX_LISTED),
        notes: each.notes.slice(0, MAX_LISTED),
        moreNotes: Math.max(0, each.notes.length - MAX_LISTED),
      })),
    silent: found?.silent ?? [],
    older: found?.older.length ?? 0,
    unasked: found?.more ?? 0,
  };
}

/** Would an administrator who asks no longer be one by the changed file? */
function locksOut(context: Context<Env>, { actor }: FormSubject, after: Authority): boolean {
  const { person } = context.get('session');
  const isOne = (of: Membership | undefined) => of?.roles.some(({ capacity }) => capacity === 'administrator') ?? false;
  const before = membershipIn(person, after.id);
  if (before?.roles.find(({ id }) => id === actor.role)?.capacity !== 'administrator') return false;
  return !isOne(membershipIn(personOf(person, [after]), after.id));
}

async function confirmed(
  parts: AppParts,
  pages: MilestonePages,
  asked: Asked,
  sent: Awaited<ReturnType<typeof sentForm>>,
) {
  const { context, form, name, subject } = asked;
  const draft = (await draftIn(context, parts)) ?? {};
  const shown = Number(textIn(sent, 'number'));
  const request = { draft, shown, mark: textIn(sent, 'shown') };
  try {
    const to = await onceByForm(context, parts, { what: '', request }, async () => {
      // Something else has been sent by this form, or the file is another, since it was shown.
      if (request.mark !== markOfShown(draft) || shown !== subject.number) throw new ChangedMeanwhile();
      const { typed } = await onNewest(parts, asked, draft);
      const { after } = await changedBy(parts, asked, filledIn(asked, typed), typed);
      const found =
        after === undefined ? undefined : await consequencesOf(parts, after, { ...subject, scope: scopeOf(asked) });
      if (after === undefined || found?.inspections.some(({ refusal }) => refusal !== null) === true)
        throw new ChangedMeanwhile();
      const { actor, number: expected } = subject;
      const as = { actor, scope: scopeOf(asked), expected, now: context.get('now') };
      const { told: reached, left } = await applyFile(parts, after, as);
      const told = hasIt(subject.authority, after) ? 0 : reached;
      // Whoever is to tell them again by that page.
      const whose = asked.isOwn && left > 0 ? `&authority=${subject.authority.id}&role=${actor.role}` : '';
      return `${form.back(subject)}?done=${name}&told=${told}&left=${left}${whose}`;
    });
    pages.forget();
    return context.redirect(to, 303);
  } catch (error) {
    if (!(error instanceof ChangedMeanwhile)) throw error;
    return check(parts, pages, await askedIn(context, parts), draft, Number.isSafeInteger(shown) ? shown : 0);
  }
}
