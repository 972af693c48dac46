import { type Context, Hono } from 'hono';
import type { FoundReport } from '../../../domain/report/found.ts';
import { draftIn, formIdIn, formIdOf, sentApart, textIn } from '../forms/sent.ts';
import { page } from '../page.ts';
import type { AppParts, Env } from '../parts.ts';
import { PageProblem } from '../problems.ts';
import { asDraft, foundIn, isCalled, otherCouncil, REPORT_PAGE, shownFacts, shownLists } from '../start/from-report.ts';
import { frameworks } from '../start/guided.ts';
import { mustBeStarter } from '../start/startable.ts';
import { choose } from './start-pages.ts';

/** A report that is read: what was found in it, for whom and under what it is started. Nothing is started by it. */
export function reportRoutes(parts: Pick<AppParts, 'forms' | 'register' | 'reports'>): Hono<Env> {
  return new Hono<Env>()
    .get(REPORT_PAGE, async (context) => {
      mustBeStarter(context.get('session').person);
      const draft = await draftIn(context, parts);
      const found = foundIn(draft);
      if (found === undefined) return choose(context, [], '', textIn(draft ?? {}, 'text'));
      return showFound(context, found, formIdIn(context, parts) ?? '');
    })
    .post(REPORT_PAGE, async (context) => {
      mustBeStarter(context.get('session').person);
      const { fields, found, refusal } = await sentApart(context, async ({ body, contentType }) =>
        readForm(parts, { body, as: { contentType } }),
      );
      if (found === undefined) {
        const text = refusal ?? 'It can’t be read.';
        return choose(context, [{ text, href: '#report-file' }], '', fields['text'] ?? '');
      }
      const form = formIdOf(context, parts);
      await parts.register.board.keepDraft({ form, typed: asDraft(found), now: context.get('now') });
      return context.redirect(`${REPORT_PAGE}?form=${form}`, 303);
    });
}

async function readForm(
  { reports }: Pick<AppParts, 'reports'>,
  sent: { body: Uint8Array<ArrayBuffer>; as: { contentType: string } },
) {
  const read = await reports.read(sent);
  if (read !== undefined) return read;
  throw new PageProblem(400, 'The form can’t be read', 'Nothing was changed. Open the page again, and try once more.');
}

/** What was found, each with its place, and what was not; then for whom and under what it is. */
export function showFound(
  context: Context<Env>,
  found: FoundReport,
  form: string,
  problems: { text: string; href: string }[] = [],
): Response | Promise<Response> {
  const mine = mustBeStarter(context.get('session').person).map(({ authority }) => authority);
  const named = found.facts.authority?.value;
  const council = named === undefined ? undefined : mine.find((each) => isCalled(each, named));
  const only = mine.length === 1 ? mine[0] : undefined;
  const framework = found.facts.framework?.value;
  return page(
    context,
    'start-report.html',
    {
      title: 'What the report says',
      form,
      facts: shownFacts(found),
      ...shownLists(found),
      unsure: found.recommendations.filter((each) => each.unsure !== undefined).length,
      notes: found.notes,
      // It may be another council's report.
      other: otherCouncil(found, mine),
      authorities: choices(
        mine.map(({ id, name }) => ({ value: id, text: name })),
        (council ?? only)?.id,
        'Choose a council',
      ),
      frameworks: choices(frameworks(), framework, 'Choose a framework'),
      problems,
    },
    problems.length > 0 ? 422 : 200,
  );
}

/** What can be chosen; where nothing was found, nothing is chosen beforehand. */
const choices = (items: { value: string; text: string }[], chosen: string | undefined, otherwise: string): object[] => [
  ...(items.some(({ value }) => value === chosen) ? [] : [{ value: '', text: otherwise, selected: true }]),
  ...items.map((each) => ({ ...each, selected: each.value === chosen })),
];
