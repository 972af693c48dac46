import { type Context, Hono } from 'hono';
import { constitutionGoneBy } from '../../../domain/authority/demonstration.ts';
import { localDate } from '../../../domain/calendar/london.ts';
import { closableInWords } from '../../../domain/closing/closable.ts';
import type { CommandName } from '../../../domain/commands/commands.ts';
import { OTHER_EVENT_CHOICES } from '../../../domain/facts/events.ts';
import { nearLimits, nearLimitSentence, sizesOf } from '../../../domain/lifecycle/limits.ts';
import type { LifecycleView } from '../../../domain/lifecycle/view.ts';
import { measureStands } from '../../../domain/measures/measures.ts';
import { RULED_OUT } from '../../../domain/schemas/ruled-out.ts';
import { factsRuledOut, waitingSentences } from '../../../domain/plan/waiting.ts';
import { listRulePacks, loadRulePack, versionsOfPack } from '../../files/rules.ts';
import { sharedWith, standingOfShared } from '../../plan/shared-actions.ts';
import { formNamed } from '../forms/command-form.ts';
import { actingRole, offered } from '../forms/offered.ts';
import { howFar } from '../inspection/far.ts';
import { tabsOf } from '../inspection/tabs.ts';
import { themeLines } from '../inspection/themes.ts';
import { timelinePart } from '../inspection/timeline-part.ts';
import { type RunningInspection, runningInspection, type SeenInspection, seenInspection } from '../inspections.ts';
import type { MilestonePages } from '../lists.ts';
import { page } from '../page.ts';
import type { Env, WebParts } from '../parts.ts';
import type { Membership } from '../people.ts';
import { windowAround } from '../pictures/zoom.ts';
import { notFound } from '../problems.ts';
import { openWindows, toBeConsidered } from './decisions.ts';

/** Of what is late, and of what is next due, the overview names so many. */
const NAMED = 5;
/** Themes that the overview names; the plan has all. */
const MAX_THEMES = 50;

/** By which something is put right or taken back; each asks why. */
const UNDOES: ReadonlySet<CommandName> = new Set(['correct', 'correctEvent', 'withdrawInstrument', 'withdraw']);

/** A quarter with more duties than this is too much for a first page. */
const MAX_DRAWN = 40;

/** What is said once something has been done; starting an inspection is no command. */
const doneOf = (name: string | undefined): string | undefined =>
  name === 'started' ? 'The inspection has been started.' : formNamed(name)?.done;

/** The first page of an inspection: what is late, what is next, how far it is; and the facts that it rests on. */
export function overviewRoutes(parts: WebParts, pages: MilestonePages): Hono<Env> {
  const { register } = parts;
  const { ofInspection } = register.board;
  return new Hono<Env>()
    .get('/inspections/:authority/:reference', async (context) => {
      const seen = await seenInspection(context, parts);
      const now = context.get('now');
      const { person } = context.get('session');
      const few = { offset: 0, limit: NAMED };
      const [running, counts, late, next] = await Promise.all([
        runningInspection(parts, seen.id),
        ofInspection.counts(seen.summary, now),
        ofInspection.duties(seen.summary, now, { standing: 'overdue' }, few),
        ofInspection.duties(seen.summary, now, { standing: 'open' }, few),
      ]);
      const offers = running === null ? [] : offered({ subject: 'inspection', id: '' }, running, seen.membership);
      const themes = running === null ? [] : themeLines(running);
      const open = seen.summary.status === 'open';
      return page(context, 'inspection.html', {
        title: seen.summary.title,
        authority: seen.membership.authority,
        ...seen,
        tabs: tabsOf(seen, 'overview', { runs: running !== null }),
        notice: doneOf(context.req.query('done')),
        open,
        quarter: open ? await quarterOf(parts, pages, { context, seen, running }) : undefined,
        today: localDate(now),
        late: await pages.listed(late, person, now),
        next: open ? await pages.listed(next, person, now) : [],
        far: howFar(counts, seen.membership.authority),
        submitted: counts.reduce((sum, { standing, n }) => sum + (standing === 'submitted' ? n : 0), 0),
        themes: themes.slice(0, MAX_THEMES),
        moreThemes: Math.max(0, themes.length - MAX_THEMES),
        measures: measuresInWords(running, localDate(now)),
        windows: running?.view.status === 'open' ? openWindows(seen.id, running.view) : [],
        toBeConsidered: running?.view.status === 'open' ? toBeConsidered(seen.id, running.view) : [],
        unanswered: running?.view.questions.filter(
          ({ answer, withdrawn }) => answer === undefined && withdrawn === undefined,
        ).length,
        withdrawn: running?.view.withdrawn,
        closable: await closableOf(register, running, seen.membership),
        grown: growing(running, seen.membership),
        waiting: notPlanned(running),
        changes: offers.filter(({ name }) => !UNDOES.has(name)),
        undo: offers.filter(({ name }) => UNDOES.has(name)),
      });
    })
    .get('/inspections/:authority/:reference/facts', async (context) => {
      const seen = await seenInspection(context, parts);
      const running = await runningInspection(parts, seen.id);
      if (running === null) throw notFound();
      return page(context, 'inspection-facts.html', {
        title: 'Facts',
        ...seen,
        tabs: tabsOf(seen, 'facts', { runs: true }),
        facts: running.facts,
        constitution:
          running.facts.constitution === null
            ? 'none on file'
            : constitutionGoneBy(running.facts.constitution.title, running.facts.authority),
        framework: frameworkTitle(running.facts.pack.id, running.facts.pack.version),
        events: running.view.events.map(inWords),
        instruments: running.view.instruments.map((each) => ({
          ...each,
          events: each.events.map(inWords),
          framework: each.framework === undefined ? undefined : frameworkTitle(each.framework),
        })),
        waiting: notPlanned(running),
        ruledOut: factsRuledOut(running.facts).map((each) => ({ ...each, said: RULED_OUT[each.what].words })),
        mayRuleOut: actingRole(seen.membership, running, 'ruleOut').possible,
      });
    });
}

/** This quarter's timeline, with its table; undefined where there is nothing in it, or too much for a first page. */
async function quarterOf(
  parts: WebParts,
  pages: MilestonePages,
  asked: { context: Context<Env>; seen: SeenInspection; running: RunningInspection | null },
) {
  const today = localDate(asked.context.get('now'));
  const span = await parts.register.board.ofInspection.span(asked.seen.summary);
  const shown = windowAround('quarter', today, span ?? { first: today, last: today });
  const href = `/inspections/${asked.seen.id}/timeline`;
  const { picture, table } = await timelinePart(parts, pages, { ...asked, shown, hrefOfSeveral: () => href });
  if (table.length === 0 || table.length > MAX_DRAWN || today > shown.last || today < shown.first) return undefined;
  return { title: shown.title, svg: picture(), rows: table };
}

/** That it can be closed; undefined where it can't be yet. */
async function closableOf(
  register: WebParts['register'],
  running: RunningInspection | null,
  { authority }: Membership,
): Promise<string | undefined> {
  if (running === null) return undefined;
  const shared = await sharedWith(register, authority.id, running.facts.inspection);
  return closableInWords(running.view, standingOfShared(shared));
}

/** For want of which facts nothing is planned; of an inspection that has ended nothing is to come any more. */
const notPlanned = (running: RunningInspection | null): string[] =>
  running?.state.status === 'open' ? waitingSentences(running.facts) : [];

/** How many of the plan's measures have reached their target, in a sentence; undefined where it has none. */
function measuresInWords(running: RunningInspection | null, today: string): string | undefined {
  const measures = running?.view.measures ?? [];
  if (measures.length === 0) return undefined;
  const reached = measures.filter((each) => measureStands(each, today) === 'target reached').length;
  return `${reached} of ${measures.length} ${measures.length === 1 ? 'measure has' : 'measures have'} reached the target.`;
}

/** What its administrator should know of its size, in sentences. */
function growing(running: RunningInspection | null, { authority, roles }: Membership): string[] {
  if (running === null || !roles.some(({ id }) => id === authority.chain.administrator)) return [];
  const sizes = sizesOf(running.state);
  return nearLimits(sizes).map((name) => nearLimitSentence(name, sizes));
}

/** A pack's title, in the version that is meant, or in the newest; its id where it is no longer among the rules. */
function frameworkTitle(id: string, version?: number): string {
  if (!listRulePacks().includes(id)) return id;
  const meant = versionsOfPack(id).find(({ read }) => read.version === version);
  return (meant?.read ?? loadRulePack(id)).title;
}

/** An event with what happened. */
const inWords = (event: LifecycleView['events'][number]) => ({ ...event, happened: OTHER_EVENT_CHOICES[event.kind] });
