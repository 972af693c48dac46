import { mustNameWhatIsThere, refusalOfNamed } from '../../what-is-named.ts';
import { writtenParts } from '../../documents/of-inspection.ts';
import { isWrittenPart } from '../../../domain/progress/written-parts.ts';
import { type Context, Hono } from 'hono';
import type { CommandName, CommandPayload } from '../../../domain/commands/commands.ts';
import { Refusal } from '../../../domain/refusal.ts';
import type { Typed } from '../../../register/form-drafts.ts';
import { type ActingRole, actingRole } from '../forms/offered.ts';
import { consequencesShown } from '../forms/consequences.ts';
import { addOthersRefused, payloadOf, presentDate, type Tried, tried } from '../forms/filled-command.ts';
import { askedOf, type AskedInWords, suggested } from '../forms/what-is-asked.ts';
import { calendarOf } from '../../../domain/lifecycle/state.ts';
import { daysOffIn } from '../../../domain/commands/days-off.ts';
import { enteredIn } from '../forms/entered.ts';
import { type FilledForm, readForm, refusedIn, shownFields } from '../forms/form.ts';
import { draftIn, formIdOf, markOfShown, onceByForm, sentForm, shownAgain, typedIn } from '../forms/sent.ts';
import { inParticular } from '../forms/command-form.ts';
import { notNow } from '../forms/not-now.ts';
import { alreadySent, isCarriedOut, shownTo } from '../forms/sent-already.ts';
import { homesAsked, homesInWords, MAX_OFFERED, type OtherInspections, readHomes } from '../forms/homes.ts';
import type { Home } from '../../../domain/closing/homes.ts';
import { type RunningInspection, runningInspection, type SeenInspection, seenInspection } from '../inspections.ts';
import type { MilestonePages } from '../lists.ts';
import { page } from '../page.ts';
import type { AppParts, Env } from '../parts.ts';
import { notFound } from '../problems.ts';
import type { Authority } from '../../../domain/schemas/authority.ts';
import { type Subject, subjectOf } from './do-subject.ts';

/** How long a change is waited for in the record, so that the next page shows it, in milliseconds. */
const RECORDED_WITHIN_MS = 5000;
const NO_OTHERS: OtherInspections = { offered: [], more: false };
const NOTHING: Tried = { moves: [], owners: [], lapsed: [], after: undefined };

interface Asked {
  context: Context<Env>;
  seen: SeenInspection;
  running: RunningInspection;
  subject: Subject;
  /** In which role they would give the command, and why not where it would be refused. */
  acting: ActingRole;
  /** The form's own id: what is sent under it has one effect. */
  form: string;
  /** Where it is asked where unfinished actions go; none of all else. */
  others: OtherInspections;
  /** What the command answers, for whoever is to say something to it. */
  asked: AskedInWords[];
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
    const { form: of, about } = subject;
    const acting = actingRole(seen.membership, running, of.name, about);
    // Whoever may not give this command at all is told so, and who may, as the form opens: before they type.
    if (acting.refusal?.code === 'not-permitted') throw acting.refusal;
    const asked: Asked = {
      ...{ context, seen, running, acting, form: formIdOf(context, parts) },
      subject: {
        ...subject,
        form: inParticular(of, about, running, acting.possible ? acting.role : undefined),
      },
      others: asksHomes(subject) ? await otherInspections(parts, context, seen) : NO_OTHERS,
      asked: await askedOf(parts.register, of.name, about, running),
    };
    if (context.req.method !== 'POST') return opened(parts, asked);
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
  const { context, subject } = asked;
  const draft = await draftIn(context, parts);
  const refusal = draft === undefined ? asked.acting.refusal : undefined;
  if (refusal !== undefined)
    return notNow(context, { ...subject, title: subject.form.title, inspection: asked.seen.summary.title }, refusal);
  const nothing = { values: {}, typed: {}, problems: [] };
  if (context.req.query('check') !== 'yes' || draft === undefined)
    return show(asked, {
      ...nothing,
      typed: draft === undefined ? await firstTyped(parts, asked) : shownAgain(draft),
    });
  if (await isCarriedOut(context, parts, asked.form))
    return alreadySent(context, { ...subject, inspection: asked.seen.summary.title });
  const { filled, payload, outcome } = await checked(parts, asked, draft);
  return payload === undefined ? show(asked, filled) : check(asked, draft, filled, outcome);
}

async function sent(parts: AppParts, pages: MilestonePages, asked: Asked) {
  const { context, subject, form } = asked;
  const fields = await sentForm(context);
  if (fields['confirmed'] === 'yes') {
    const typed = typedIn(fields);
    const shown = Object.keys(typed).length > 0 ? typed : await shownTo(context, parts, form, fields);
    return carryOut(parts, pages, asked, shown);
  }
  const { filled, payload } = await checked(parts, asked, fields);
  if (payload === undefined) return show(asked, filled);
  await parts.register.board.keepDraft({ form, typed: typedIn(fields), now: context.get('now') });
  return context.redirect(`${subject.action}?form=${form}&check=yes`, 303);
}

/** The council's other inspections that are open, by reference. */
async function otherInspections(
  { register }: AppParts,
  context: Context<Env>,
  { summary: { authority, reference } }: SeenInspection,
): Promise<OtherInspections> {
  const which = { authorities: [authority], open: true };
  const page = { offset: 0, limit: MAX_OFFERED + 2 };
  const { rows } = await register.board.inspections(context.get('now'), which, page);
  const others = rows.filter((each) => each.reference !== reference);
  return { offered: others.slice(0, MAX_OFFERED), more: others.length > MAX_OFFERED };
}

function filledIn({ running, subject }: Asked, body: Record<string, unknown>): FilledForm {
  const { fields } = subject.form;
  const filled = readForm(fields, body);
  if (asksHomes(subject)) readHomes(running, body, filled);
  return filled;
}

const asksHomes = ({ form }: Subject): boolean => form.fields.some(({ kind }) => kind === 'homes');

/** What was entered, with all that is wrong with it: what would be refused once it is confirmed is told before it is asked. */
async function checked({ register }: AppParts, asked: Asked, body: Record<string, unknown>) {
  const { running, subject } = asked;
  const filled = filledIn(asked, body);
  const payload = payloadOf(subject.form, filled, subject.about);
  const others = () => addOthersRefused(running, subject.form, filled, { about: subject.about, actor: actorOf(asked) });
  if (payload === undefined) {
    await others();
    return { filled, payload, outcome: NOTHING };
  }
  const refused = await refusalOfNamed(register, asked.seen.id, subject.form.name, payload);
  const result =
    refused === undefined ? tried(running, subject.form.name, payload, actorOf(asked)) : { refusal: refused };
  if ('moves' in result) return { filled, payload, outcome: result };
  filled.problems.push(refusedIn(subject.form.fields, result.refusal));
  await others();
  return { filled, payload: undefined, outcome: NOTHING };
}

const actorOf = ({ context, acting: { role } }: Asked): { id: string; role: string } => ({
  id: context.get('session').person.email,
  role,
});

function show({ context, running, subject, seen, form, others, asked }: Asked, filled: FilledForm) {
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
      asked,
      homes: asksHomes(subject) ? homesAsked(running, filled, others) : undefined,
      problems: filled.problems,
    },
    filled.problems.length > 0 ? 422 : 200,
  );
}

/** What was entered, and what it moves, before it counts. */
function check(
  { context, running, subject, seen, form, others, asked }: Asked,
  draft: Typed,
  { values }: FilledForm,
  outcome: Tried,
) {
  const shown = enteredIn(subject.form.fields, values, running.facts.authority, running.facts.inspection).map((each) =>
    each.kind === 'homes' ? { ...each, value: homesInWords(values['homes'] as Home[], running, others) } : each,
  );
  return page(context, 'confirm.html', {
    title: `Check before you go on: ${subject.form.title.toLowerCase()}`,
    ...subject,
    action: `${subject.action}?form=${form}`,
    inspection: seen.summary.title,
    present: presentDate(running, subject.form.name, subject.about),
    asked,
    shown,
    mark: markOfShown(draft),
    seenBy: seenIn(running.facts.authority),
    daysOff: daysOffIn(subject.form.fields, values, calendarOf(running.state)),
    ...consequencesShown(running, subject.about, outcome),
  });
}

/** Who sees what is done without being told: it is on record, with who has done it. */
const seenIn = ({ name, partners = [] }: Authority): string =>
  `Everybody who has a role at ${name} sees it on these pages at once, with who did it and when${partners.length === 0 ? '' : '; partners’ officers see it of their own duties'}.`;

async function carryOut(parts: AppParts, pages: MilestonePages, asked: Asked, typed: Typed) {
  const { engine, register } = parts;
  const { context, seen, subject } = asked;
  const filled = filledIn(asked, typed);
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
    filled.problems.push(refusedIn(subject.form.fields, error));
    return show(asked, filled);
  }
}

/** What stands there before somebody types: what is written, to be written anew; what was asked for. */
async function firstTyped(parts: AppParts, asked: Asked): Promise<Record<string, string>> {
  const { context, seen, running, subject } = asked;
  const part = context.req.query('part') ?? '';
  if (subject.form.name === 'writePart' && isWrittenPart(part)) {
    const written = await writtenParts(parts.register, seen.id, running.facts.authority);
    return { part, text: written[part]?.text ?? '' };
  }
  const measure = context.req.query('measure') ?? '';
  if (subject.form.name === 'correctMeasure' && running.view.measures.some(({ id }) => id === measure))
    return { measure };
  return suggested(subject.form, subject.about, running, asked.acting.role);
}
