import { type Context, Hono } from 'hono';
import { formatDate } from '../../../domain/calendar/civil-date.ts';
import type { Holiday } from '../../../domain/calendar/calendar-data.ts';
import { type Approval, approvalsOf } from '../../approvals.ts';
import { eachInspection } from '../../each-inspection.ts';
import { openOf } from '../../tell-council.ts';
import { administered, type Council } from '../administration/council.ts';
import { SECTIONS } from '../administration/sections.ts';
import { shownOf } from '../administration/shown.ts';
import { closureTable, type TablePage } from '../administration/tables.ts';
import { formIdOf, onceByForm, sentForm, textIn } from '../forms/sent.ts';
import type { MilestonePages } from '../lists.ts';
import { page } from '../page.ts';
import type { AppParts, Env } from '../parts.ts';
import { PageProblem } from '../problems.ts';

/** How long the inspections are waited for; those that are left then are told without whoever asked, in milliseconds. */
const PATIENCE_MS = 20_000;
/** So many days, and dates that would move, are listed. */
const MAX_LISTED = 100;

/** Days on which nobody works: the council's own, and bank holidays that wait to be approved. */
export async function daysPage(parts: AppParts, council: Council): Promise<TablePage> {
  const waiting = await waitingFor(parts, council);
  const doubts = await doubtsOf(parts);
  return {
    title: SECTIONS.days.title,
    sentence: ['Days on which nobody works.', ...(doubts.length === 0 ? [] : [doubtSentence(doubts)])].join(' '),
    buttons: [{ path: 'do/add-closure', text: 'Add closure days' }],
    tables: [
      closureTable(council),
      {
        caption: 'Bank holidays that wait to be approved',
        heads: ['Day', 'What changes'],
        links: false,
        rows: waiting === undefined ? [] : changesIn(waiting.difference).map((cells) => ({ cells, links: [] })),
        empty: 'None: the council counts by what has been published.',
      },
    ],
    links: waiting === undefined ? [] : [{ path: 'bank-holidays', text: 'See what moves, and approve them' }],
  };
}

/** Bank holidays that wait: what moves by them, and their approval. */
export function administrationDayRoutes(parts: AppParts, pages: MilestonePages): Hono<Env> {
  return new Hono<Env>().on(['GET', 'POST'], '/administration/:authority/bank-holidays', async (context) => {
    const council = await administered(context, parts);
    if (context.req.method !== 'POST') return check(parts, context, council);
    const sent = await sentForm(context);
    const version = textIn(sent, 'version');
    const to = await onceByForm(context, parts, { what: '', request: version }, () =>
      approve(parts, council, version, textIn(sent, 'believed') === 'yes'),
    );
    pages.forget();
    return context.redirect(to, 303);
  });
}

/** What was published and the council does not count by yet; undefined where there is nothing. */
async function waitingFor({ register }: AppParts, { authority }: Council): Promise<Approval | undefined> {
  const kept = await register.keptFeed();
  const feed = kept?.doubted?.content ?? kept?.content;
  if (feed === undefined || feed === null) return undefined;
  const [approval] = await approvalsOf([[authority.id, authority.division]], feed, register);
  const isOther = approval !== undefined && changesIn(approval.difference).length > 0;
  return isOther ? approval : undefined;
}

/** What is hard to believe of the newest list of bank holidays, which is the same for every council. */
async function doubtsOf({ register }: AppParts): Promise<string[]> {
  return (await register.keptFeed())?.doubted?.doubts ?? [];
}

const doubtSentence = (doubts: readonly string[]): string =>
  `The newest list of bank holidays is hard to believe: ${doubts.join('; ')}. Compare it with its source before you approve it, which counts for this council alone.`;

function changesIn({ added, removed }: Approval['difference']): string[][] {
  const of = (days: readonly Holiday[], words: string) =>
    days.map(({ date, title }): [string, string[]] => [date, [formatDate(date), `${title}: ${words}`]]);
  return [...of(added, 'a new bank holiday'), ...of(removed, 'no bank holiday any more')]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .slice(0, MAX_LISTED)
    .map(([, cells]) => cells);
}

/** What would move by them, before they count. */
async function check(parts: AppParts, context: Context<Env>, council: Council) {
  const waiting = await waitingFor(parts, council);
  const open = waiting === undefined ? [] : await openOf(parts.register, council.authority.id);
  const asked = await eachInspection(
    open,
    (inspection) => (waiting === undefined ? Promise.resolve([]) : parts.engine.moves(inspection, waiting.published)),
    { onDone: () => undefined, signal: new AbortController().signal },
  );
  return page(context, 'administration-holidays.html', {
    ...shownOf(context, council),
    title: 'Approve bank holidays',
    action: `${context.req.path}?form=${formIdOf(context, parts)}`,
    days: waiting === undefined ? [] : changesIn(waiting.difference),
    doubts: waiting === undefined ? [] : [...new Set([...waiting.doubts, ...(await doubtsOf(parts))])],
    publishedVersion: waiting?.published.version ?? '',
    inspections: asked.map(({ inspection, result = [], why }) => ({
      ...{ inspection, why },
      moves: result.slice(0, MAX_LISTED),
      more: Math.max(0, result.length - MAX_LISTED),
    })),
  });
}

/**
 * The same as `duecourse calendar approve`, for one council. What is doubted of the list stays doubted: it is every council's,
 * and one council's administrator judges for their own alone.
 *
 * @throws PageProblem 409 where other days wait than were shown
 */
async function approve(parts: AppParts, council: Council, version: string, isBelieved: boolean): Promise<string> {
  const { authority, actor, home } = council;
  const waiting = await waitingFor(parts, council);
  const doubts = [...(waiting?.doubts ?? []), ...(await doubtsOf(parts))];
  if (waiting?.published.version !== version || (doubts.length > 0 && !isBelieved))
    throw new PageProblem(
      409,
      'These are not the bank holidays that you were shown',
      'Nothing was changed. Open the page again, and look at what is to be approved now.',
    );
  const { engine } = parts;
  const { tried, done } = await engine.replanAll(authority.id, waiting.published, actor, {
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  if (done > 0) await engine.changeSummaryCalendar(authority.id, waiting.published);
  return `${home}/days?done=approve&told=${done}&left=${tried - done}`;
}
