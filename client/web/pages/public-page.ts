import { type Context, Hono } from 'hono';
import { isListed } from '../../../domain/lifecycle/inspection-status.ts';
import { entryOf } from '../../../domain/closed-table.ts';
import { byTheme, dayOfPage, publicPage } from '../../../domain/publication/public-page.ts';
import { roleTitle } from '../../../domain/authority/roles.ts';
import type { Typed } from '../../../register/form-drafts.ts';
import { type FormField, readForm, shownFields } from '../forms/form.ts';
import { draftIn, formIdOf, markOfShown, onceByForm, sentForm, shownAgain, typedIn } from '../forms/sent.ts';
import { alreadySent, isCarriedOut, shownTo } from '../forms/sent-already.ts';
import { seenInspection, type SeenInspection } from '../inspections.ts';
import { page } from '../page.ts';
import type { AppParts, Env } from '../parts.ts';
import { notYours, PageProblem } from '../problems.ts';

const REASON: FormField = {
  ...{ name: 'reason', kind: 'line', label: 'Why is it switched?', missing: 'Say why it is switched' },
  hint: 'This goes on record. For example: agreed by the improvement board on 3 March',
};

/** What is switched, to what, and by which form. */
interface Asked {
  context: Context<Env>;
  seen: SeenInspection;
  /** The form's own id: what was typed is kept under it until it is confirmed. */
  form: string;
}

/** Switching the public page of an inspection on and off: by its council's administrators, with a reason, on record. */
export function publicPageRoutes(parts: AppParts): Hono<Env> {
  return new Hono<Env>()
    .get('/inspections/:authority/:reference/public-page', async (context) =>
      opened(parts, await askedIn(context, parts)),
    )
    .post('/inspections/:authority/:reference/public-page', async (context) => {
      const asked = await askedIn(context, parts);
      const role = administratorIn(asked.seen);
      if (role === undefined) throw notYours('Administrators alone switch the public page on and off.');
      if (!isListed(asked.seen.summary)) throw withdrawn();
      const fields = await sentForm(context);
      const typed = typedIn(fields);
      if (fields['confirmed'] === 'yes') {
        // What is confirmed is what the page said that it would do: somebody else may have done it meanwhile.
        const shown = Object.keys(typed).length > 0 ? typed : await shownTo(context, parts, asked.form, fields);
        return confirmed(parts, asked, shown, role);
      }
      const { filled, reason, wanted } = read(typed);
      if (reason === undefined) return show(parts, asked, { filled });
      await mustBeOtherwise(parts, asked, wanted);
      await parts.register.board.keepDraft({ form: asked.form, typed, now: context.get('now') });
      return context.redirect(`${actionOf(asked)}&check=yes`, 303);
    });
}

async function askedIn(context: Context<Env>, parts: AppParts): Promise<Asked> {
  return { context, seen: await seenInspection(context, parts), form: formIdOf(context, parts) };
}

const pathOf = ({ seen }: Asked): string => `/inspections/${seen.id}/public-page`;
const actionOf = (asked: Asked): string => `${pathOf(asked)}?form=${asked.form}`;

/** What was typed: the reason, where one was given, and whether the page is to be on. */
function read(typed: Typed) {
  const filled = readForm([REASON], typed);
  const { reason } = filled.values;
  return { filled, reason: typeof reason === 'string' ? reason : undefined, wanted: typed['wanted'] === 'on' };
}

/** The form, with what was typed where they come back to it; or the check of it before it counts. */
async function opened(parts: AppParts, asked: Asked) {
  const { context, seen } = asked;
  const draft = await draftIn(context, parts);
  const typed = { values: {}, typed: shownAgain(draft ?? {}), problems: [] };
  if (context.req.query('check') !== 'yes' || draft === undefined || administratorIn(seen) === undefined)
    return show(parts, asked, { filled: typed });
  if (await isCarriedOut(context, parts, asked.form)) {
    const form = {
      done: draft['wanted'] === 'on' ? 'The public page is switched on.' : 'The public page is switched off.',
    };
    const about = { inspection: seen.summary.title, subject: 'Public page' };
    return alreadySent(context, { form, back: pathOf(asked), action: pathOf(asked), ...about });
  }
  const { filled, reason, wanted } = read(draft);
  if (reason === undefined) return show(parts, asked, { filled });
  await mustBeOtherwise(parts, asked, wanted);
  return show(parts, asked, { filled, check: { reason, mark: markOfShown(draft) } });
}

/** @throws PageProblem 409 where the page is as it is to become */
async function mustBeOtherwise({ register }: AppParts, { seen }: Asked, wanted: boolean): Promise<void> {
  if (isListed(seen.summary) && (await register.publication.isPublic(seen.summary)) === wanted) throw already(wanted);
}

async function confirmed(parts: AppParts, asked: Asked, typed: Typed, role: string) {
  const { context, seen } = asked;
  const { filled, reason, wanted } = read(typed);
  if (reason === undefined) return show(parts, asked, { filled });
  const to = await onceByForm(context, parts, { what: '', request: { wanted, reason } }, async () => {
    const { authority, reference } = seen.summary;
    const became = await parts.register.publication.set({
      ...{ authority, reference, isOpen: wanted, reason, at: context.get('now') },
      who: roleTitle(seen.membership.authority, role),
      actor: { id: context.get('session').person.email, role },
    });
    if (became === 'withdrawn') throw withdrawn();
    if (became === 'so already') throw already(wanted);
    return `${pathOf(asked)}?done=${wanted ? 'on' : 'off'}`;
  });
  return context.redirect(to, 303);
}

const already = (isOn: boolean): PageProblem =>
  new PageProblem(
    409,
    `The public page is ${isOn ? 'on' : 'off'} already`,
    'Somebody has done it meanwhile. Nothing was changed. The history of the inspection says who and why.',
  );

const WITHDRAWN =
  'The inspection is withdrawn, because it was started by mistake: nobody can read a public page of it, and there is nothing to switch on or off.';

const withdrawn = (): PageProblem =>
  new PageProblem(409, 'The inspection is withdrawn', `Nothing was changed. ${WITHDRAWN}`);

const administratorIn = ({ membership: { roles } }: SeenInspection): string | undefined =>
  roles.find(({ capacity }) => capacity === 'administrator')?.id;

interface Shown {
  filled: ReturnType<typeof readForm>;
  /** It is to be confirmed: with this reason, and the mark of what is shown. */
  check?: { reason: string; mark: string };
}

const DONE: Record<'on' | 'off', string> = {
  on: 'The public page is on. It may take a minute until everybody sees it.',
  off: 'The public page is off. A copy may be shown on its way for another minute.',
};

async function show({ register, boardUrl }: AppParts, asked: Asked, { filled, check }: Shown) {
  const { context, seen } = asked;
  const isOn = await register.publication.isPublic(seen.summary);
  const facts = await register.publication.facts(seen.summary);
  const shown = facts === null ? null : publicPage(facts, dayOfPage(context.get('now')));
  return page(
    context,
    'public-page.html',
    {
      title: check === undefined ? 'Public page' : 'Check before you go on',
      ...{ seen, isOn, check, problems: filled.problems, id: seen.id },
      never: isListed(seen.summary) ? undefined : WITHDRAWN,
      address: `${boardUrl}/public/${seen.id}`,
      action: actionOf(asked),
      fields: shownFields([REASON], filled),
      may: administratorIn(seen) !== undefined,
      themes: byTheme(shown?.actions ?? []),
      inspection: seen.summary,
      notice: isListed(seen.summary) ? entryOf(DONE, context.req.query('done') ?? '') : undefined,
    },
    filled.problems.length > 0 ? 422 : 200,
  );
}
