import { type Context, Hono } from 'hono';
import { remarksOn } from '../../../domain/commands/days-off.ts';
import { calendarOf } from '../../../domain/lifecycle/state.ts';
import type { Typed } from '../../../register/form-drafts.ts';
import { progressAsked, progressFormPath } from '../first-pages/asked-of-owner.ts';
import type { FormProblem } from '../forms/form.ts';
import {
  draftIn,
  formIdOf,
  markOfShown,
  notWhatWasShown,
  type SentFields,
  sentForm,
  shownAgain,
  textIn,
  typedIn,
} from '../forms/sent.ts';
import type { MilestonePages } from '../lists.ts';
import { page } from '../page.ts';
import type { AppParts, Env } from '../parts.ts';
import { notYours } from '../problems.ts';
import { getLate } from '../progress-form/late-by.ts';
import { type OwnWork, ownWork } from '../progress-form/own-actions.ts';
import { type Answer, noChangeOn, readAnswers, withAllWrong } from '../progress-form/read-answers.ts';
import { type Sent, sendAnswers } from '../progress-form/send-answers.ts';
import { problemsIn, shortTitle, shownForm } from '../progress-form/shown-form.ts';
import { straysIn, typedBut } from '../progress-form/strays.ts';

/** One sending of the form, or one look at it. */
interface Asked {
  context: Context<Env>;
  parts: AppParts;
  pages: MilestonePages;
  work: OwnWork;
  form: string;
}

/** Progress on all open actions of somebody's own in one inspection, on one form: answered in a minute, kept as typed. */
export function progressFormRoutes(parts: AppParts, pages: MilestonePages): Hono<Env> {
  return new Hono<Env>().on(['GET', 'POST'], '/my-duties/progress/:authority/:reference', async (context) => {
    const work = await ownWork(context, parts);
    const asked: Asked = { context, parts, pages, work, form: formIdOf(context, parts) };
    if (context.req.method !== 'POST') return opened(asked);
    if (work.actions.length + work.measures.length === 0)
      throw notYours('Owners report on the open actions that are theirs; you have none in this inspection.');
    return sent(asked);
  });
}

/** The form with what they have typed or put by; or, where something gets late by it or is expected on a day off, the check of that. */
async function opened(asked: Asked) {
  const { context, parts, work } = asked;
  const draft = await draftIn(context, parts);
  const answers = draft === undefined ? [] : readAnswers(work, draft, emailOf(asked));
  if (context.req.query('check') === 'yes' && draft !== undefined) {
    const [late, daysOff] = [getLate(work, answers), daysOffOf(work, answers)];
    if (late.length + daysOff.length > 0 && problemsIn(answers).length === 0)
      return page(context, 'progress-check.html', {
        ...about(asked),
        ...{ title: 'Check before you go on', late, daysOff, mark: markOfShown(draft) },
        sending: answers.map(({ title }) => title),
      });
  }
  const saved = draft === undefined ? await parts.register.board.savedForm(savedBy(asked)) : null;
  const typed = draft ?? saved?.typed ?? {};
  return show(asked, { typed: shownAgain(typed), problems: straysIn(work, typed), savedAt: saved?.at });
}

async function sent(asked: Asked) {
  const { context, parts, work } = asked;
  const fields = await sentForm(context);
  const isConfirmed = textIn(fields, 'confirmed') === 'yes';
  const typed = isConfirmed ? await shownToThem(asked, fields) : typedIn(fields);
  if (typed['press'] === 'save') return save(asked, typed);
  await parts.register.board.keepDraft({ form: asked.form, typed, now: context.get('now') });
  const isNoChange = typed['press'] === 'no-change';
  const elsewhere = isNoChange ? (await savedBefore(asked, typed)).elsewhere : {};
  const answers = isNoChange
    ? noChangeOn(work, namesWithoutWords(work, { ...elsewhere, ...typed }))
    : await withAllWrong(work, readAnswers(work, typed, emailOf(asked)), emailOf(asked));
  const problems = problemsIn(answers);
  const strays = straysIn(work, typed);
  if (problems.length > 0)
    return show(asked, { typed: shownAgain(typed), answers, problems: [...problems, ...strays] });
  if (answers.length === 0 && strays.length === 0)
    return show(asked, {
      typed: shownAgain({ ...elsewhere, ...typed }),
      problems: [Object.keys(elsewhere).length === 0 ? NOTHING : PUT_BY],
    });
  if (!isConfirmed && getLate(work, answers).length + daysOffOf(work, answers).length > 0)
    return context.redirect(`${addressOf(asked)}?form=${asked.form}&check=yes`, 303);
  return carryOut(asked, { answers, typed });
}

/** What is remarked on the days by which they expect something, of each action once. */
const daysOffOf = ({ running }: OwnWork, answers: readonly Answer[]): string[] =>
  answers.flatMap(({ command, title, payload }) =>
    payload === undefined
      ? []
      : remarksOn(command, payload, calendarOf(running.state)).map((remark) => `${shortTitle(title)}: ${remark}`),
  );

const PUT_BY: FormProblem = {
  text: 'What you saved from another tab stands here now: send it, or change it first',
  href: '#actions',
};

const NOTHING: FormProblem = {
  text: 'Say how at least one action stands, or press “No change on all of these”',
  href: '#actions',
};

/** What was shown to be confirmed. @throws PageProblem 409 where something else has been sent under this form since */
async function shownToThem({ context, parts }: Asked, fields: SentFields): Promise<Typed> {
  const draft = (await draftIn(context, parts)) ?? {};
  if (textIn(fields, 'shown') === markOfShown(draft)) return draft;
  throw notWhatWasShown();
}

/** Whether they have put anything by, and what of it came from another tab since this one was opened: this one has not shown it. */
async function savedBefore(asked: Asked, typed: Typed): Promise<{ isAny: boolean; elsewhere: Typed }> {
  const saved = await asked.parts.register.board.savedForm(savedBy(asked));
  return { isAny: saved !== null, elsewhere: saved === null || typed['saved'] === saved.at ? {} : saved.typed };
}

async function save(asked: Asked, typed: Typed) {
  const { context, parts } = asked;
  await parts.register.board.saveForm({ ...savedBy(asked), typed, now: context.get('now') });
  return context.redirect(`${addressOf(asked)}?saved=yes`, 303);
}

async function carryOut(asked: Asked, { answers, typed }: { answers: readonly Answer[]; typed: Typed }) {
  const { context, parts, pages } = asked;
  const results = await sendAnswers(context, parts, asked.work, answers, typed);
  pages.forget();
  const refused = results.filter((each) => each.refused !== undefined);
  const taken = results.filter((each) => each.refused === undefined).map(({ answer }) => answer);
  const same = results.filter((each) => each.same).length;
  const after = await ownWork(context, parts);
  const left = typedBut(typed, taken);
  const strays = straysIn(after, left);
  const howMany = `sent=${taken.length - same}${same === 0 ? '' : `&same=${same}`}`;
  const { isAny, elsewhere } = await savedBefore(asked, typed);
  const rest = typedBut(elsewhere, taken);
  if (refused.length === 0 && strays.length === 0) {
    // What was typed beside “no change” is still to be sent.
    const more = typed['press'] === 'no-change' ? readAnswers(after, left, emailOf(asked)).length : 0;
    if (more > 0) return context.redirect(`${addressOf(asked)}?form=${asked.form}&${howMany}`, 303);
    if (readAnswers(after, rest, emailOf(asked)).length > 0)
      await parts.register.board.saveForm({ ...savedBy(asked), typed: rest, now: context.get('now') });
    else await parts.register.board.dropSavedForm(savedBy(asked));
    return context.redirect(`${addressOf(asked)}?${howMany}`, 303);
  }
  // Of what they had put by, what was taken is not to be sent once more.
  if (isAny)
    await parts.register.board.saveForm({
      ...{ ...savedBy(asked), now: context.get('now') },
      typed: { ...rest, ...left },
    });
  return show(
    { ...asked, work: after },
    {
      typed: shownAgain(left),
      problems: [...refused.map(refusedInWords), ...strays],
      taken: taken.length - same,
      same,
    },
  );
}

const refusedInWords = ({ answer, refused }: Sent): FormProblem => ({
  text: `${shortTitle(answer.title)}: not taken. ${refused ?? ''}`,
});

/** Of the actions on the form that have been reported on before, those about which nothing was typed. */
function namesWithoutWords(work: OwnWork, typed: Typed): string[] {
  const withWords = new Set(readAnswers(work, typed, '').map(({ name }) => name));
  return listIn(typed, 'unchanged').filter((name) => !withWords.has(name));
}

const SLUG = /^[a-z0-9-]{1,80}$/;
const listIn = (typed: Typed, name: string): string[] => [typed[name] ?? []].flat().filter((each) => SLUG.test(each));

const emailOf = ({ context }: Asked): string => context.get('session').person.email;
const addressOf = ({ work }: Asked): string => progressFormPath(work.id);
const savedBy = (asked: Asked): { email: string; page: string } => ({
  email: emailOf(asked).toLowerCase(),
  page: addressOf(asked),
});

/** What the form and its check page have in common. */
function about(asked: Asked) {
  const { work, form } = asked;
  return {
    action: `${addressOf(asked)}?form=${form}`,
    back: '/my-duties',
    inspection: work.running.view.title,
    id: work.id,
  };
}

async function show(
  asked: Asked,
  {
    typed,
    answers = [],
    problems = [],
    taken,
    same,
    savedAt,
  }: {
    typed: Record<string, unknown>;
    answers?: readonly Answer[];
    problems?: FormProblem[];
    taken?: number;
    same?: number;
    savedAt?: string | undefined;
  },
) {
  const { context, parts, work } = asked;
  const isSaved = context.req.query('saved') === 'yes';
  const counted = (name: string): number => Number(context.req.query(name) ?? 0);
  return page(
    context,
    'progress-form.html',
    {
      title: 'Report progress',
      ...about(asked),
      ...(await shownForm(parts, work, typed, answers)),
      asked: progressAsked(work.id, work.running, new Set(work.membership.roles.map((role) => role.id))),
      problems,
      savedAt,
      notice: noticeOf(taken ?? counted('sent'), same ?? counted('same'), isSaved),
    },
    // What they find on opening it is no answer to something that they sent.
    problems.length > 0 && context.req.method === 'POST' ? 422 : 200,
  );
}

/** What became of what was sent: how many reports are new, and how many said only what was on record. */
function noticeOf(sent: number, same: number, saved: boolean): string | undefined {
  const parts = [
    ...(isSome(sent) ? [sent === 1 ? 'Your report is on record.' : `Your ${sent} reports are on record.`] : []),
    ...(isSome(same)
      ? [same === 1 ? ONE_SAME : `${same} say what is on record already: nothing was changed by them.`]
      : []),
  ];
  if (parts.length > 0) return parts.join(' ');
  return saved ? 'What you have typed is saved. Nothing of it has been sent yet.' : undefined;
}

const ONE_SAME = 'One says what is on record already: nothing was changed by it.';
const isSome = (count: number): boolean => Number.isSafeInteger(count) && count > 0;
