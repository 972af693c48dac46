import { type Context, Hono } from 'hono';
import { actingRole } from '../forms/offered.ts';
import type { CommandName, CommandPayload } from '../../../domain/commands/commands.ts';
import type { Subject as SubjectKind } from '../../../domain/commands/definition.ts';
import { commands } from '../../../domain/schemas/commands.ts';
import { Refusal } from '../../../domain/refusal.ts';
import { BadRequest, parseRequest } from '../../bad-request.ts';
import { type CommandForm, formNamed, payloadIn } from '../forms/command-form.ts';
import { choicesOf, type FilledForm, readForm, shownFields } from '../forms/form.ts';
import { type RunningInspection, runningInspection, type SeenInspection, seenInspection } from '../inspections.ts';
import type { MilestonePages } from '../lists.ts';
import { page } from '../page.ts';
import type { Env, WebParts } from '../parts.ts';
import { notFound } from '../problems.ts';
import type { ZodType } from 'zod';

/** How long a change is waited for in the record, so that the next page shows it, in milliseconds. */
const RECORDED_WITHIN_MS = 5000;

/** What a form is about, and where somebody goes when it is done. */
interface Subject {
  form: CommandForm;
  about: string;
  /** The milestone, decision or question in words. */
  subject: string;
  action: string;
  back: string;
}

/** What a command can be about: its words, and the page to go back to, below that of its inspection. */
interface SubjectPage {
  /** Undefined where there is no such thing. */
  titleOf(about: string, running: RunningInspection): string | undefined;
  back(about: string, form: CommandForm): string;
}

const SUBJECT_PAGES: Record<SubjectKind, SubjectPage> = {
  milestone: {
    titleOf: (about, { view }) => view.milestones.find((each) => each.id === about)?.title ?? view.ended[about]?.title,
    back: (about) => `/milestones/${about}`,
  },
  decision: {
    titleOf: (about, { facts }) => facts.inspection.decisions.find((each) => each.id === about)?.title,
    back: (about) => `/decisions/${about}`,
  },
  question: {
    titleOf: (about, { view }) => (view.questions.some((each) => each.id === about) ? `Question ${about}` : undefined),
    back: () => '/questions',
  },
  session: {
    titleOf: (about, { view }) => view.improvement.training?.find((each) => each.id === about)?.title,
    back: () => '',
  },
  inspection: {
    titleOf: (about, { view }) => (about === '' ? view.title : undefined),
    back: (_about, { name }) => (name === 'decide' ? '/decisions' : name === 'ask' ? '/questions' : ''),
  },
};

/**
 * Every change that a person makes on a page: a form, then what they entered to confirm, then the inspection's own
 * answer. What it refuses is said where it was asked, and nothing is lost of what was typed.
 */
export function doRoutes(parts: WebParts, pages: MilestonePages): Hono<Env> {
  const routes = new Hono<Env>();
  const answer = async (context: Context<Env>) => {
    const seen = await seenInspection(context, parts);
    const running = await runningInspection(parts, seen.id);
    if (running === null) throw notFound();
    const subject = subjectOf(context, seen, running);
    const asked = { context, seen, running, subject };
    if (context.req.method === 'GET')
      return show(asked, { values: {}, typed: suggested(subject, running), problems: [] });
    const body: Record<string, unknown> = await context.req.parseBody();
    const filled = readForm(subject.form.fields, body);
    const payload = filled.problems.length > 0 ? undefined : checked(subject, filled);
    if (payload === undefined) return show(asked, filled);
    if (body['confirmed'] !== 'yes') return confirm(asked, filled);
    return carryOut(parts, pages, asked, filled, payload);
  };
  for (const path of [
    '/inspections/:authority/:reference/do/:form',
    '/inspections/:authority/:reference/do/:form/:about',
    '/inspections/:authority/:reference/milestones/:strand/:name/do/:form',
  ])
    routes.on(['GET', 'POST'], path, answer);
  return routes;
}

/** What an address asks to be done, and to what. @throws PageProblem 404 */
function subjectOf(context: Context<Env>, { id }: SeenInspection, running: RunningInspection): Subject {
  const { strand, name, form: named, ...rest } = context.req.param() as Partial<Record<string, string>>;
  const about = strand === undefined || name === undefined ? (rest['about'] ?? '') : `${strand}/${name}`;
  const form = formNamed(named);
  const kind = strand === undefined ? form?.subject : 'milestone';
  if (form === undefined || form.subject !== kind) throw notFound();
  const subjectPage = SUBJECT_PAGES[form.subject];
  const subject = subjectPage.titleOf(about, running);
  if (subject === undefined) throw notFound();
  const base = `/inspections/${id}`;
  const back = `${base}${subjectPage.back(about, form)}`;
  const action =
    form.subject === 'milestone'
      ? `${back}/do/${form.name}`
      : `${base}/do/${form.name}${about === '' ? '' : `/${about}`}`;
  return { form, about, subject, back, action };
}

interface Asked {
  context: Context<Env>;
  seen: SeenInspection;
  running: RunningInspection;
  subject: Subject;
}

function show({ context, running, subject, seen }: Asked, filled: FilledForm) {
  const { form } = subject;
  return page(
    context,
    'form.html',
    {
      title: form.title,
      ...subject,
      inspection: seen.summary.title,
      fields: shownFields(form.fields, filled, running.facts.authority),
      problems: filled.problems,
    },
    filled.problems.length > 0 ? 422 : 200,
  );
}

/** What was entered, before it counts. */
function confirm({ context, running, subject, seen }: Asked, { values, typed }: FilledForm) {
  const { form } = subject;
  const shown = form.fields.flatMap((field) => {
    const value = values[field.name];
    if (value === undefined || value === false) return [];
    const chosen = choicesOf(field, running.facts.authority).find((each) => each.value === value)?.text;
    return [{ label: field.label, kind: field.kind, value: chosen ?? (value === true ? 'Yes' : inWords(value)) }];
  });
  return page(context, 'confirm.html', {
    title: `Check before you go on: ${form.title.toLowerCase()}`,
    ...subject,
    inspection: seen.summary.title,
    shown,
    typed,
  });
}

/** A value as a check page shows it: what was typed in several lines, line by line. */
function inWords(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  return value
    .map((each: unknown) => (typeof each === 'string' ? each : Object.values(each as object).join(' ')))
    .join('\n');
}

/** The command's own schema has the last word on what was entered. */
function checked({ form, about }: Subject, filled: FilledForm): CommandPayload<CommandName> | undefined {
  try {
    return parseRequest(
      commands[form.name] as unknown as ZodType<CommandPayload<CommandName>>,
      payloadIn(form, filled.values, about),
    );
  } catch (error) {
    if (!(error instanceof BadRequest)) throw error;
    filled.problems.push({ text: error.message });
    return undefined;
  }
}

async function carryOut(
  { engine, register }: WebParts,
  pages: MilestonePages,
  asked: Asked,
  filled: FilledForm,
  payload: CommandPayload<CommandName>,
) {
  const { context, seen, running, subject } = asked;
  const { person } = context.get('session');
  const { role } = actingRole(seen.membership, running, subject.form.name, subject.about);
  try {
    const { seq } = await engine.command(seen.id, subject.form.name, payload, { id: person.email, role });
    await register.reached(seen.summary.authority, seen.summary.reference, seq, RECORDED_WITHIN_MS);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    filled.problems.push({ text: error.message });
    return show(asked, filled);
  }
  pages.forget();
  return context.redirect(`${subject.back}?done=${subject.form.name}`, 303);
}

/** What stands there before somebody types: what was asked for, to be granted. */
function suggested({ form, about }: Subject, { view }: RunningInspection): Record<string, string> {
  const to = view.milestones.find((each) => each.id === about)?.extensionRequested?.to;
  if (form.name !== 'extend' || to === undefined) return {};
  const [year = '', month = '', day = ''] = to.split('-');
  return { 'to-day': String(Number(day)), 'to-month': String(Number(month)), 'to-year': year };
}
