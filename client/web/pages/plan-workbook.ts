import { type Context, Hono } from 'hono';
import { mustBeOpen } from '../../../domain/commands/apply.ts';
import { revisionOf } from '../../../domain/revisions/revision.ts';
import { actingRole } from '../forms/offered.ts';
import { draftIn, formIdOf, sentApart, sentForm } from '../forms/sent.ts';
import { download } from '../evidence/download.ts';

import { FileProblems, linesWrong } from '../../files/file-problems.ts';
import { bookName, wordsOnActions } from '../../plan-book/made.ts';
import { planFrom } from '../../plan/proposal.ts';
import { WORKBOOK_LIMITS } from '../../workbook/unusable.ts';
import { runningInspection, seenInspection } from '../inspections.ts';
import type { MilestonePages } from '../lists.ts';
import { page } from '../page.ts';
import type { AppParts, Env } from '../parts.ts';
import type { AtPlan } from '../plan-book/at-plan.ts';
import { bookFiles, type BookFiles } from '../plan-book/book-files.ts';
import type { RunningPlan } from '../plan-book/book-thread.ts';
import { askedOf } from '../plan-book/read-otherwise.ts';
import { officers } from '../../../domain/authority/officers.ts';
import { choicesKept, keptChoices } from '../../own-book/own-choices.ts';
import type { OwnReading } from '../../plan-book/book-read.ts';
import { bookPath, carryOutBook, keptIn, showBook } from '../plan-book/check-page.ts';
import { notFound, notYours } from '../problems.ts';

const PATH = '/inspections/:authority/:reference/plan/workbook';
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** The plan as an Excel workbook: out as it stands, and back by a check page, as the plan's own editor has it. */
export function planWorkbookRoutes(parts: AppParts, pages: MilestonePages): Hono<Env> {
  const books = bookFiles();
  const at = async (context: Context<Env>): Promise<AtPlan> => {
    const seen = await seenInspection(context, parts);
    if ((await runningInspection(parts, seen.id)) === null) throw notFound();
    return { context, parts, pages, seen, plan: await planFrom(parts, seen.id) };
  };
  return new Hono<Env>()
    .get(`${PATH}/file`, async (context) => {
      const found = await at(context);
      const content = Buffer.from(await books.write(await runningPlan(found)));
      return download({ name: bookName(found.seen.id, revisionOf(found.plan.facts)), type: TYPE, content });
    })
    .get(PATH, async (context) => {
      const found = await at(context);
      const kept = context.req.query('check') === 'yes' ? keptIn((await draftIn(context, parts)) ?? {}) : undefined;
      if (kept === undefined) return show(found, []);
      if (context.req.query('otherwise') === 'yes') return show(found, [], kept.read.own);
      return showBook(found, formIdOf(context, parts), kept);
    })
    .post(PATH, async (context) => brought(mustBring(await at(context)), books))
    .post(`${PATH}/confirm`, async (context) => {
      const found = mustBring(await at(context));
      return carryOutBook(found, await sentForm(context));
    });
}

/** @throws PageProblem 403; Refusal where nobody may any more */
function mustBring(found: AtPlan): AtPlan {
  mustBeOpen(found.plan.state);
  if (mayBring(found)) return found;
  throw notYours('Managers revise a plan, and whoever works on an action reports on it.');
}

/** Managers revise; owners report. */
const mayBring = ({ seen: { membership }, plan: { state, view } }: AtPlan): boolean =>
  (['revise', 'recordMeasure'] as const).some((name) => actingRole(membership, { state, view }, name).permitted);

/** As a workbook is made from it, or read against it. */
async function runningPlan({ parts, seen, plan: { state, view } }: AtPlan): Promise<RunningPlan> {
  return { state, now: view.now, words: await wordsOnActions(parts.register, seen.id, view) };
}

async function brought(at: AtPlan, books: BookFiles) {
  const { context, parts, seen } = at;
  const plan = await runningPlan(at);
  const said = { email: context.get('session').person.email, page: bookPath(at) };
  const kept = choicesKept((await parts.register.board.savedForm(said))?.typed['choices']);
  const { book } = await sentApart(context, (sent) => books.read({ ...sent, ref: seen.id, plan, kept }));
  if (book === undefined) return show(at, [{ text: 'Choose the workbook', href: '#file' }]);
  if (book instanceof FileProblems)
    return show(
      at,
      linesWrong(book).map((text) => ({
        text: text.replace(/^Line 1: found (.)/, (_, first: string) => `It is ${first}`),
        href: '#file',
      })),
    );
  const choices = book.own === undefined ? undefined : keptChoices(book.own.chosen);
  if (choices !== undefined)
    await parts.register.board.saveForm({ ...said, typed: { choices }, now: context.get('now') });
  const form = formIdOf(context, parts);
  const typed = { book: JSON.stringify(book) };
  await parts.register.board.keepDraft({ form, typed, now: context.get('now') });
  return context.redirect(`${bookPath(at)}?form=${form}&check=yes`, 303);
}

/** @param own how a workbook that the council has made was read, to be read otherwise */
const show = (at: AtPlan, problems: { text: string; href: string }[], own?: OwnReading) =>
  page(
    at.context,
    'plan-workbook.html',
    {
      title: 'The plan as an Excel workbook',
      ...{ problems, id: at.seen.id, inspection: at.seen.summary.title, path: bookPath(at) },
      revision: revisionOf(at.plan.facts),
      megabytes: WORKBOOK_LIMITS.fileBytes / 1024 / 1024,
      asked: own === undefined ? undefined : askedOf(own, officers(at.plan.facts.authority)),
      mayBring: at.plan.state.status === 'open' && mayBring(at),
    },
    problems.length > 0 ? 422 : 200,
  );
