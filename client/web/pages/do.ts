import { mustNameWhatIsThere } from '../../what-is-named.ts';
import { type Context, Hono } from 'hono';
import type { CommandName, CommandPayload } from '../../../domain/commands/commands.ts';
import { refusalOf } from '../../../domain/commands/apply.ts';
import { isPending } from '../../../domain/milestone/milestone-state.ts';
import { Refusal } from '../../../domain/refusal.ts';
import type { Typed } from '../../../register/form-drafts.ts';
import { actingRole } from '../forms/offered.ts';
import { type Outcome, payloadOf, presentDate, tried } from '../forms/filled-command.ts';
import { choicesOf, type FilledForm, readForm, shownFields } from '../forms/form.ts';
import {
  draftIn,
  effectOf,
  formIdOf,
  markOfShown,
  onceByForm,
  type SentFields,
  sentForm,
  shownAgain,
  textIn,
  typedIn,
} from '../forms/sent.ts';
import { type RunningInspection, runningInspection, type SeenInspection, seenInspection } from '../inspections.ts';
import type { MilestonePages } from '../lists.ts';
import { page } from '../page.ts';
import type { AppParts, Env } from '../parts.ts';
import { notFound, PageProblem } from '../problems.ts';
import { type Subject, subjectOf } from './do-subject.ts';
import { actionOfDuty } from '../../../domain/plan/action-duty.ts';

/** How long a change is waited for in the record, so that the next page shows it, in milliseconds. */
const RECORDED_WITHIN_MS = 5000;
/** Of the dates that would move, and the duties that would change hands, so many are listed. */
const MAX_MOVES = 50;
const NOTHING: Outcome = { moves: [], owners: [] };

interface Asked {
  context: Context<Env>;
  seen: SeenInspection;
  running: RunningInspection;
  subject: Subject;
  /** The form's own id: what is sent under it has one effect. */
  form: string;
}

/**
 * Every change that a person makes on a page: a form, then what they entered to confirm, then the inspection's own
 * answer. Each is a page of its own address (post, redirect, get), so that one can go back. What is refused is said where
 * it was asked, and nothing is lost of what was typed.
 */
export function doRoutes(parts: AppParts, pages: MilestonePages): Hono<Env> {
  const routes = new Hono<Env>();
  const answer = async (context: Context<Env>) => {
    const seen = await seenInspection(context, parts);
    const running = await runningInspection(parts, seen.id);
    if (running === null) throw notFound();
    const subject = subjectOf(context, seen, running);
    const asked: Asked = { context, seen, running, subject, form: formIdOf(context, parts) };
    if (context.req.method !== 'POST') return opened(parts, asked);
    mustBePermitted(asked);
    return sent(parts, pages, asked);
  };
  for (const path of [
    '/inspections/:authority/:reference/do/:form',
    '/inspections/:authority/:reference/do/:form/:about',
    '/inspections/:authority/:reference/milestones/:strand/:name/do/:form',
  ])
    routes.on(['GET', 'POST'], path, answer);
  return routes;
}

/** The form, with what was typed where they come back to it; or the check of it before it counts. */
async function opened(parts: AppParts, asked: Asked) {
  const { context, subject, running } = asked;
  const draft = await draftIn(context, parts);
  const nothing = { values: {}, typed: {}, problems: [] };
  if (context.req.query('check') !== 'yes' || draft === undefined)
    return show(asked, { ...nothing, typed: draft === undefined ? suggested(subject, running) : shownAgain(draft) });
  if (await isCarriedOut(parts, asked)) return alreadySent(asked);
  const { filled, payload, outcome } = checked(asked, draft);
  return payload === undefined ? show(asked, filled) : check(asked, draft, filled, outcome);
}

async function sent(parts: AppParts, pages: MilestonePages, asked: Asked) {
  const { context, subject, form } = asked;
  const fields = await sentForm(context);
  if (fields['confirmed'] === 'yes') {
    const typed = typedIn(fields);
    return carryOut(parts, pages, asked, Object.keys(typed).length > 0 ? typed : await shownTo(parts, asked, fields));
  }
  const { filled, payload } = checked(asked, fields);
  if (payload === undefined) return show(asked, filled);
  await parts.register.board.keepDraft({ form, typed: typedIn(fields), now: context.get('now') });
  return context.redirect(`${subject.action}?form=${form}&check=yes`, 303);
}

/** What was shown to be confirmed. @throws PageProblem 409 where something else has been sent under this form since */
async function shownTo(parts: AppParts, asked: Asked, fields: SentFields): Promise<Typed> {
  const draft = (await draftIn(asked.context, parts)) ?? {};
  if (Object.keys(draft).length === 0 || textIn(fields, 'shown') === markOfShown(draft)) return draft;
  // Of a form that has had its effect that is what is said.
  if (await isCarriedOut(parts, asked)) return draft;
  throw new PageProblem(
    409,
    'This is not what you were shown',
    'Something else has been sent by this form since you were asked to confirm. Nothing was changed. Go back to the form, look at what it says now, and send it once more.',
  );
}

/** Whoever may not give this command at all is told so before anything is read of what they send. @throws Refusal */
function mustBePermitted({ seen: { membership }, running, subject: { form, about } }: Asked): void {
  const { role, permitted } = actingRole(membership, running, form.name, about);
  const refusal = refusalOf(form.name, about, running.state, { actor: { id: 'board', role }, now: running.view.now });
  if (!permitted && refusal !== undefined) throw refusal;
}

/** What was entered, with all that is wrong with it: what the lifecycle would refuse is told before it is asked. */
function checked(asked: Asked, body: Record<string, unknown>) {
  const { running, subject } = asked;
  const filled = readForm(subject.form.fields, body);
  const payload = payloadOf(subject.form, filled, subject.about);
  if (payload === undefined) return { filled, payload, outcome: NOTHING };
  const result = tried(running, subject.form.name, payload, actorOf(asked));
  if ('moves' in result) return { filled, payload, outcome: result };
  filled.problems.push({ text: result.refusal.message });
  return { filled, payload: undefined, outcome: NOTHING };
}

function actorOf({ context, seen, running, subject }: Asked): { id: string; role: string } {
  const { role } = actingRole(seen.membership, running, subject.form.name, subject.about);
  return { id: context.get('session').person.email, role };
}

function show({ context, running, subject, seen, form }: Asked, filled: FilledForm) {
  return page(
    context,
    'form.html',
    {
      title: subject.form.title,
      ...subject,
      action: `${subject.action}?form=${form}`,
      inspection: seen.summary.title,
      fields: shownFields(subject.form.fields, filled, running.facts.authority, running.facts.inspection),
      present: presentDate(running, subject.form.name, subject.about),
      problems: filled.problems,
    },
    filled.problems.length > 0 ? 422 : 200,
  );
}

/** What was entered, and what it moves, before it counts. */
function check(
  { context, running, subject, seen, form }: Asked,
  draft: Typed,
  { values }: FilledForm,
  { moves, owners }: Outcome,
) {
  const shown = subject.form.fields.flatMap((field) => {
    const value = values[field.name];
    if (value === undefined || value === false) return [];
    const chosen = choicesOf(field, running.facts.authority, running.facts.inspection).find(
      (each) => each.value === value,
    )?.text;
    return [{ label: field.label, kind: field.kind, value: chosen ?? (value === true ? 'Yes' : inWords(value)) }];
  });
  return page(context, 'confirm.html', {
    title: `Check before you go on: ${subject.form.title.toLowerCase()}`,
    ...subject,
    action: `${subject.action}?form=${form}`,
    inspection: seen.summary.title,
    present: presentDate(running, subject.form.name, subject.about),
    shown,
    mark: markOfShown(draft),
    moves: moves.slice(0, MAX_MOVES),
    more: Math.max(0, moves.length - MAX_MOVES),
    owners: owners.slice(0, MAX_MOVES),
    moreOwners: Math.max(0, owners.length - MAX_MOVES),
  });
}

/** A value as a check page shows it: what was typed in several lines, line by line. */
function inWords(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  return value
    .map((each: unknown) => (typeof each === 'string' ? each : Object.values(each as object).join(' ')))
    .join('\n');
}

/** Has what was sent under this form's id been carried out? */
async function isCarriedOut({ register }: AppParts, { context, form }: Asked): Promise<boolean> {
  const { email } = context.get('session').person;
  return (await register.board.answeredRequest(email, effectOf(form), context.get('now'))) !== null;
}

/** Whoever goes back after they have confirmed. */
function alreadySent({ context, subject, seen }: Asked) {
  return page(context, 'sent-already.html', {
    title: 'You have done this already',
    ...subject,
    inspection: seen.summary.title,
  });
}

async function carryOut(parts: AppParts, pages: MilestonePages, asked: Asked, typed: Typed) {
  const { engine, register } = parts;
  const { context, seen, subject } = asked;
  const filled = readForm(subject.form.fields, typed);
  const payload: CommandPayload<CommandName> | undefined = payloadOf(subject.form, filled, subject.about);
  if (payload === undefined) return show(asked, filled);
  try {
    const to = await onceByForm(context, parts, { what: '', request: payload }, async (updateId) => {
      await mustNameWhatIsThere(register, seen.id, subject.form.name, payload);
      const { seq } = await engine.command(
        seen.id,
        subject.form.name,
        payload,
        actorOf(asked),
        updateId === undefined ? {} : { updateId },
      );
      await register.reached(seen.summary.authority, seen.summary.reference, seq, RECORDED_WITHIN_MS);
      return `${subject.back}?done=${subject.form.name}`;
    });
    pages.forget();
    return context.redirect(to, 303);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    filled.problems.push({ text: error.message });
    return show(asked, filled);
  }
}

/** Each unfinished action on a line of its own, to be said of where it goes. */
const unfinished = ({ milestones }: RunningInspection['view']): string =>
  milestones
    .filter((each) => each.strand === 'improvement-actions' && isPending(each))
    .map(({ id }) => `${actionOfDuty(id) ?? id} = `)
    .join('\n');

/** What stands there before somebody types: what was asked for, to be granted. */
function suggested({ form, about }: Subject, { view }: RunningInspection): Record<string, string> {
  if (form.name === 'close') return { homes: unfinished(view) };
  const to = view.milestones.find((each) => each.id === about)?.extensionRequested?.to;
  if (form.name !== 'extend' || to === undefined) return {};
  const [year = '', month = '', day = ''] = to.split('-');
  return { 'to-day': String(Number(day)), 'to-month': String(Number(month)), 'to-year': year };
}
