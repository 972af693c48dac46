import { type Context, Hono } from 'hono';
import { type CommandName, type CommandPayload, commands } from '../../../domain/schemas/commands.ts';
import { Refusal } from '../../../domain/refusal.ts';
import { BadRequest, parseRequest } from '../../bad-request.ts';
import type { CommandForm } from '../forms/command-form.ts';
import { type FilledForm, readForm, shownFields } from '../forms/form.ts';
import { INSPECTION_FORMS } from '../forms/inspection-forms.ts';
import { actingRole, MILESTONE_FORMS } from '../forms/milestone-forms.ts';
import { type RunningInspection, runningInspection, type SeenInspection, seenInspection } from '../inspections.ts';
import type { MilestonePages } from '../lists.ts';
import { page } from '../page.ts';
import type { Env, WebParts } from '../parts.ts';
import { notFound } from '../problems.ts';
import type { ZodType } from 'zod';
import { inspectionRef } from '../../../domain/inspection-ref.ts';

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

/**
 * Every change that a person makes on a page: a form, then what they entered to confirm, then the inspection's own
 * answer. What it refuses is said where it was asked, and nothing is lost of what was typed.
 */
export function doRoutes(parts: WebParts, pages: MilestonePages): Hono<Env> {
  const routes = new Hono<Env>();
  const answer = async (context: Context<Env>, subjectOf: (running: RunningInspection) => Subject) => {
    const seen = await seenInspection(context, parts);
    const running = await runningInspection(parts, seen.id);
    if (running === null) throw notFound();
    const subject = subjectOf(running);
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
  const milestoneSubject = (context: Context<Env>) => (running: RunningInspection) => {
    const { authority = '', reference = '', strand, name, form } = context.req.param() as Record<string, string>;
    const found = MILESTONE_FORMS.find((each) => each.name === form);
    const about = `${strand}/${name}`;
    const title = running.view.milestones.find((each) => each.id === about)?.title ?? running.view.ended[about]?.title;
    if (found === undefined || title === undefined) throw notFound();
    const back = `/inspections/${inspectionRef(authority, reference)}/milestones/${about}`;
    return { form: found, about, subject: title, back, action: `${back}/do/${form}` };
  };
  const inspectionSubject = (context: Context<Env>) => (running: RunningInspection) => {
    const { authority = '', reference = '', form, about = '' } = context.req.param() as Record<string, string>;
    const found = INSPECTION_FORMS.find((each) => each.name === form);
    if (found === undefined) throw notFound();
    const base = `/inspections/${inspectionRef(authority, reference)}`;
    const decision = running.facts.inspection.decisions.find((each) => each.id === about);
    const question = running.facts.inspection.questions?.find((each) => each.id === about);
    const title = decision?.title ?? question?.text ?? (about === '' ? running.view.title : undefined);
    if (title === undefined) throw notFound();
    const back =
      found.name === 'ask' || found.name === 'answer'
        ? `${base}/questions`
        : found.name === 'close' || found.name === 'correct'
          ? base
          : `${base}/decisions${about === '' ? '' : `/${about}`}`;
    return { form: found, about, subject: title, back, action: `${base}/do/${form}${about === '' ? '' : `/${about}`}` };
  };
  for (const path of [
    '/inspections/:authority/:reference/do/:form',
    '/inspections/:authority/:reference/do/:form/:about',
  ])
    routes.on(['GET', 'POST'], path, (context) => answer(context, inspectionSubject(context)));
  routes.on(['GET', 'POST'], '/inspections/:authority/:reference/milestones/:strand/:name/do/:form', (context) =>
    answer(context, milestoneSubject(context)),
  );
  return routes;
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
      fields: shownFields(form.fields, filled, running.facts),
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
    const chosen = field.choices?.(running.facts).find((each) => each.value === value)?.text;
    return [{ label: field.label, kind: field.kind, value: chosen ?? (value === true ? 'Yes' : value) }];
  });
  return page(context, 'confirm.html', {
    title: `Check before you go on: ${form.title.toLowerCase()}`,
    ...subject,
    inspection: seen.summary.title,
    shown,
    typed,
  });
}

/** The command's own schema has the last word on what was entered. */
function checked({ form, about }: Subject, filled: FilledForm): CommandPayload<CommandName> | undefined {
  try {
    return parseRequest(
      commands[form.name] as unknown as ZodType<CommandPayload<CommandName>>,
      form.payload(filled.values, about),
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
  const milestone = running.view.milestones.find((each) => each.id === subject.about);
  const { role } = actingRole(seen.membership, running.facts, subject.form.name, milestone);
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
