import { Hono } from 'hono';
import { roleTitle } from '../../../domain/authority/roles.ts';
import type { EntryKind } from '../../../domain/lifecycle/entry-kinds.ts';
import type { RegisterEntry } from '../../../domain/lifecycle/entry.ts';
import type { ViewedMilestone } from '../../../domain/lifecycle/view.ts';
import { SLIPPAGES } from '../../../domain/milestone/slippage.ts';
import { isPending } from '../../../domain/milestone/milestone-state.ts';
import { awaited, isAnswered } from '../../../domain/rounds/answers.ts';
import { namedMoves } from '../../../domain/rounds/moved.ts';
import { silenceInWords, silentIn } from '../../../domain/rounds/silence.ts';
import { openRounds, progressFormPath } from '../first-pages/asked-of-owner.ts';
import { actingRole } from '../forms/offered.ts';
import { tabsOf } from '../inspection/tabs.ts';
import { type RunningInspection, runningInspection, type SeenInspection, seenInspection } from '../inspections.ts';
import { page } from '../page.ts';
import type { Env, WebParts } from '../parts.ts';
import { notFound } from '../problems.ts';
import type { InspectionRef } from '../../../domain/inspection-ref.ts';
import { milestonePath } from '../milestone-path.ts';

/** Reports that are looked through for what has moved: the newest. */
const MAX_REPORTS = 1000;

/** How the actions of an inspection go on: who has not answered, what has moved since they were asked, what slips. */
export function inspectionProgressRoutes(parts: WebParts): Hono<Env> {
  return new Hono<Env>().get('/inspections/:authority/:reference/progress', async (context) => {
    const seen = await seenInspection(context, parts);
    const running = await runningInspection(parts, seen.id);
    if (running === null) throw notFound();
    const rounds = openRounds(running);
    const asked = await newest(parts, seen, 'progress-asked', 1);
    const since =
      rounds
        .map(({ round }) => round.round.askedAt)
        .toSorted()
        .at(-1) ?? asked.at(-1)?.at;
    const closed = rounds.length > 0 ? [] : await newest(parts, seen, 'round-closed', 1);
    const reports = since === undefined ? [] : await newest(parts, seen, 'progress-reported', MAX_REPORTS);
    const own = new Set(seen.membership.roles.map(({ id }) => id));
    return page(context, 'inspection-progress.html', {
      title: 'Progress',
      ...seen,
      tabs: tabsOf(seen, 'progress', { runs: true }),
      rounds: rounds.map((each) => roundInWords(each, running, seen.id)),
      since,
      lastRound: closed.map(lastInWords)[0],
      moved:
        since === undefined
          ? []
          : namedMoves(reports, since, running.view, running.facts.authority).map((each) => ({
              ...each,
              href: milestonePath(seen.id, each.milestone),
            })),
      slipping: actionsOf(running)
        .filter(({ byDates }) => byDates === 'will-be-late' || byDates === 'late' || byDates === 'forecast-passed')
        .map((each) => actionInWords(each, running, seen.id)),
      later: actionsOf(running)
        .filter(({ slippage }) => slippage !== 'none')
        .map((each) => ({ ...actionInWords(each, running, seen.id), stands: SLIPPAGES[each.slippage].words })),
      ownForm: actionsOf(running).some(({ owner, status }) => own.has(owner) && status === 'open')
        ? progressFormPath(seen.id)
        : undefined,
      mayAsk: actingRole(seen.membership, running, 'openRound').possible,
    });
  });
}

/** The newest entries of a kind, the oldest of them first. */
async function newest(
  { register }: Pick<WebParts, 'register'>,
  { summary: { authority, reference } }: SeenInspection,
  kind: EntryKind,
  limit: number,
): Promise<RegisterEntry[]> {
  const first = await register.entriesOfKind({ authority, reference, kind }, { offset: 0, limit });
  if (first.total <= limit) return first.entries;
  return (await register.entriesOfKind({ authority, reference, kind }, { offset: first.total - limit, limit })).entries;
}

const actionsOf = ({ view }: RunningInspection): ViewedMilestone[] =>
  view.milestones.filter((each) => each.strand === 'improvement-actions' && isPending(each));

function actionInWords(
  { id, title, owner, due, firstDue, progress, byDates }: ViewedMilestone,
  { facts }: RunningInspection,
  inspection: InspectionRef,
) {
  return {
    ...{ title, due, firstDue, byDates, forecast: progress?.forecast },
    owner: roleTitle(facts.authority, owner),
    href: milestonePath(inspection, id),
  };
}

/** A round that is open: how many have answered, and who has not, on what. */
function roundInWords(
  { round, actions }: ReturnType<typeof openRounds>[number],
  running: RunningInspection,
  inspection: InspectionRef,
) {
  const silent = awaited(running.view.milestones, round.round);
  return {
    title: round.title,
    by: round.due,
    href: milestonePath(inspection, round.id),
    asked: actions.length,
    answered: actions.filter((each) => isAnswered(each, round.round)).length,
    silent: [...silent].map(([owner, own]) => ({
      owner: roleTitle(running.facts.authority, owner),
      actions: own.map(({ id, title }) => ({ title, href: milestonePath(inspection, id) })),
    })),
  };
}

/** How the last round ended, where none is open. */
const lastInWords = (entry: RegisterEntry) => ({
  title: entry.row?.title ?? '',
  at: entry.at,
  silent: (silentIn(entry) ?? []).map(silenceInWords),
});
