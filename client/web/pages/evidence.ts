import { type Context, Hono } from 'hono';
import { definitionOf } from '../../../domain/commands/commands.ts';
import { ALLOWED_KINDS, EVIDENCE_LIMITS, sizeInWords } from '../../../domain/evidence/kinds.ts';
import { SHA256 } from '../../../domain/evidence/evidence.ts';
import { Refusal } from '../../../domain/refusal.ts';
import { fieldSchema } from '../../../domain/schemas/fields.ts';
import { issueSentence } from '../../issue-sentence.ts';
import { evidenceFile, type GivenEvidence, giveEvidence } from '../../evidence.ts';
import { download } from '../evidence/download.ts';
import { actingRole } from '../forms/offered.ts';
import { notNow } from '../forms/not-now.ts';
import { type FormProblem, readForm } from '../forms/form.ts';
import { onceByForm, sentUpload } from '../forms/sent.ts';
import { runningInspection, type RunningInspection, type SeenInspection, seenInspection } from '../inspections.ts';
import type { MilestonePages } from '../lists.ts';
import { page } from '../page.ts';
import type { AppParts, Env } from '../parts.ts';
import { notFound } from '../problems.ts';
import { milestonePath } from '../milestone-path.ts';

const RECORDED_WITHIN_MS = 5000;
const NAME = 'addEvidence';

interface Asked {
  context: Context<Env>;
  seen: SeenInspection;
  running: RunningInspection;
  milestone: string;
}

/** Adding evidence to a duty, and having its files again. */
export function evidenceRoutes(parts: AppParts, pages: MilestonePages): Hono<Env> {
  return new Hono<Env>()
    .get('/inspections/:authority/:reference/evidence/:sha256', async (context) => {
      const { summary } = await seenInspection(context, parts);
      const { sha256 } = context.req.param();
      if (!SHA256.test(sha256)) throw notFound();
      try {
        return download(await evidenceFile(parts.register, summary, sha256));
      } catch (error) {
        if (error instanceof Refusal) throw notFound();
        throw error;
      }
    })
    .on(['GET', 'POST'], '/inspections/:authority/:reference/milestones/:strand/:name/addEvidence', async (context) => {
      const seen = await seenInspection(context, parts);
      const running = await runningInspection(parts, seen.id);
      if (running === null) throw notFound();
      const { strand, name } = context.req.param();
      const asked: Asked = { context, seen, running, milestone: `${strand}/${name}` };
      // Whoever may not is told so, and who may; whatever else stands in the way, before anything is read of what they send.
      const { refusal } = actingRole(seen.membership, running, NAME, asked.milestone);
      const isSent = context.req.method === 'POST';
      if (refusal !== undefined && (isSent || refusal.code === 'not-permitted')) throw refusal;
      if (refusal !== undefined)
        return notNow(context, { title: definitionOf(NAME).title, ...aboutOf(asked) }, refusal);
      return isSent ? sent(parts, pages, asked) : show(asked, {}, []);
    });
}

async function sent(parts: AppParts, pages: MilestonePages, asked: Asked) {
  const { context, seen, running, milestone } = asked;
  const { fields, file, refusal } = await sentUpload(context, parts);
  const said = (name: string): string | undefined => fields[name]?.trim() || undefined;
  const given: GivenEvidence = {
    ...{ milestone, file, link: said('link'), note: said('note') },
    title: said('title') ?? file?.name ?? said('link') ?? '',
  };
  const problems = [
    // A file that was refused was given all the same.
    ...(refusal === undefined ? notOne(given) : [wrongAt('file', refusal.message)]),
    ...wrongIn(given),
  ];
  if (problems.length > 0) return show(asked, fields, problems);
  const { role } = actingRole(seen.membership, running, NAME, milestone);
  const actor = { id: context.get('session').person.email, role };
  try {
    const { title, note, link } = given;
    const request = { title, note, link, sha256: file?.sha256 };
    const to = await onceByForm(context, parts, { what: '', request }, async (updateId) => {
      const { seq } = await giveEvidence(parts, seen.id, given, { actor, now: context.get('now'), updateId });
      await parts.register.reached(seen.summary.authority, seen.summary.reference, seq, RECORDED_WITHIN_MS);
      return `${milestonePath(seen.id, milestone)}?done=${NAME}`;
    });
    pages.forget();
    return context.redirect(to, 303);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return show(asked, fields, [refusedAt(error)]);
  }
}

const ASKED = ['title', 'file', 'link', 'note'] as const;
type AskedField = (typeof ASKED)[number];

const wrongAt = (field: AskedField, text: string): FormProblem => ({ text, href: `#${field}`, field });

/** Why it was refused, beside the field of which that speaks. */
function refusedAt({ message, field }: Refusal): FormProblem {
  const asked = ASKED.find((each) => each === field);
  return asked === undefined ? { text: message } : wrongAt(asked, message);
}

/** A file or a link, and no more. */
function notOne({ file, link }: GivenEvidence): FormProblem[] {
  if ((file === undefined) !== (link === undefined)) return [];
  return [wrongAt('file', file === undefined ? 'Choose a file, or give a link' : 'Give a file or a link, not both')];
}

/** What is wrong with what was typed: as any form says it, then by the same schema as everywhere. */
function wrongIn({ link, title, note }: GivenEvidence): FormProblem[] {
  const { fields } = definitionOf(NAME);
  const typed: [AskedField, string | undefined][] = [
    ['title', title],
    ['link', link],
    ['note', note],
  ];
  return typed.flatMap(([name, text]) => {
    const field = fields[name];
    if (text === undefined || field === undefined) return [];
    const own = readForm([{ name, ...field }], { [name]: text }).problems;
    if (own.length > 0) return own;
    const [issue] = fieldSchema(field).safeParse(text).error?.issues ?? [];
    return issue === undefined ? [] : [wrongAt(name, issueSentence(issue, field.label))];
  });
}

/** What it is about, and where it is shown. @throws PageProblem 404 */
function aboutOf({ seen, milestone, running: { view } }: Asked) {
  const subject = view.milestones.find(({ id }) => id === milestone)?.title ?? view.ended[milestone]?.title;
  if (subject === undefined) throw notFound();
  return { back: milestonePath(seen.id, milestone), inspection: seen.summary.title, subject };
}

function show(asked: Asked, typed: Record<string, string>, problems: FormProblem[]) {
  const { title, help } = definitionOf(NAME);
  const about = aboutOf(asked);
  return page(
    asked.context,
    'evidence.html',
    {
      ...{ title, help, typed, problems, ...about },
      errors: Object.fromEntries(problems.map(({ field = '', text }) => [field, { text }])),
      action: `${about.back}/${NAME}`,
      hint: `${ALLOWED_KINDS}; at most ${sizeInWords(EVIDENCE_LIMITS.fileBytes)}.`,
    },
    problems.length > 0 ? 422 : 200,
  );
}
