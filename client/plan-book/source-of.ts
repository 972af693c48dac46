import { formatDate } from '../../domain/calendar/civil-date.ts';
import { officers } from '../../domain/authority/officers.ts';
import { allRoles, partnerOf } from '../../domain/authority/partners.ts';
import { managerOf, roleTitle } from '../../domain/authority/roles.ts';
import { CAPACITIES } from '../../domain/authority/change/words.ts';
import type { Facts } from '../../domain/facts/facts.ts';
import { calendarOf } from '../../domain/lifecycle/state.ts';
import type { LifecycleView, ViewedMilestone } from '../../domain/lifecycle/view.ts';
import { inspectionRef } from '../../domain/inspection-ref.ts';
import { MILESTONE_STANDINGS } from '../../domain/milestone/statuses.ts';
import { dutyOfAction } from '../../domain/plan/action-duty.ts';
import { coverage } from '../../domain/progress/coverage.ts';
import type { NewestReport } from '../../domain/progress/newest-report.ts';
import { progress, RAGS } from '../../domain/progress/progress.ts';
import { ratingsOf } from '../../domain/progress/ratings.ts';
import { actionsOf, leftInWords } from '../../domain/progress/report.ts';
import { standingShown } from '../../domain/progress/standing-shown.ts';
import { decisionStanding } from '../../domain/decisions/standing.ts';
import { bodyOf } from '../../domain/decisions/exemption.ts';
import { PLAN_ITEM_KINDS, planItems, type PlanPart } from '../../domain/revisions/plan-items.ts';
import { revisionOf } from '../../domain/revisions/revision.ts';
import type { Authority } from '../../domain/schemas/authority.ts';
import type { ReadPlan } from '../plan/proposal.ts';
import { ratingText } from './ratings.ts';
import type { Sent, Stood } from './sent.ts';
import type { BookSource, Shown, ShownAction, ShownDecision } from './source.ts';

/** A running inspection, as far as a workbook is made from it. */
type Running = Pick<ReadPlan, 'state' | 'facts' | 'view'>;

/**
 * What the workbook of a plan is made from.
 *
 * @param words what was last said of actions, by the number of the entry that has it
 */
export function sourceOf({ state, facts, view }: Running, words: ReadonlyMap<number, string>): BookSource {
  const duties = new Map(view.milestones.map((each) => [each.id, each]));
  const { authority, inspection } = facts;
  const calendar = calendarOf(state);
  const themes = new Map(inspection.themes.map(({ id, title }) => [id, title]));
  const shown: Shown = {
    ...{ title: view.title, council: authority.name, ratings: view.ratings },
    actions: byId(inspection.actions, ({ id }) => shownAction(id, duties, { facts, view }, words)),
    themes: Object.fromEntries(
      progress(view).map((each) => [
        each.theme,
        `${RAGS[each.rag].words}: ${each.done} of ${actionsOf(each)} done; left: ${leftInWords(each)}`,
      ]),
    ),
    answers: Object.fromEntries(
      coverage(view.improvement).map((each) => [
        each.recommendation,
        { themes: each.themes.map((id) => themes.get(id) ?? id), actions: each.actions },
      ]),
    ),
    values: Object.fromEntries(
      view.measures.flatMap(({ id, newest }) =>
        newest === null ? [] : [[id, { value: newest.value, on: newest.on }]],
      ),
    ),
    decisions: inspection.decisions.map((each): ShownDecision => {
      const { from, why } = decisionStanding(each, facts, calendar, view.now);
      return {
        title: each.title,
        by: bodyOf(each, facts)?.name ?? (each.takenBy === undefined ? '' : roleTitle(authority, each.takenBy)),
        takenOn: each.takenOn,
        ...(each.publishedOn === undefined ? {} : { publishedOn: each.publishedOn }),
        ...(from === null ? {} : { from }),
        stands: why,
      };
    }),
    people: allRoles(authority).map(({ id, capacity }) => ({
      id,
      title: roleTitle(authority, id),
      of: partnerOf(authority, id)?.name ?? authority.name,
      reportsTo: managerOf(authority, id)?.title ?? '',
      does: CAPACITIES[capacity],
    })),
  };
  return { sent: sentOf({ facts, view }, duties), shown };
}

function sentOf({ facts, view }: Pick<Running, 'facts' | 'view'>, duties: ReadonlyMap<string, ViewedMilestone>): Sent {
  const { authority, inspection } = facts;
  const { recommendations, themes, actions, measures = [] } = inspection;
  return {
    ...{ inspection: inspectionRef(authority.id, inspection.reference), revision: revisionOf(facts), madeAt: view.now },
    plan: { recommendations, themes, actions, measures: measures.map((each) => ({ ...each, values: [] })) },
    people: peopleOf(facts),
    ratings: ratingsOf(authority).map((each) => ({ id: each.id, text: ratingText(each) })),
    actions: byId(actions, ({ id: action }) => {
      const id = dutyOfAction(action);
      return stoodOf(id, { duty: duties.get(id), ended: view.ended[id] }, authority);
    }),
    measures: Object.fromEntries(view.measures.map(({ id, newest }) => [id, newest?.values ?? 0])),
  };
}

/** Officers, and whoever else the plan names. */
function peopleOf({ authority, inspection }: Facts): Sent['people'] {
  const all = officers(authority);
  const known = new Set(all.map(({ id }) => id));
  const plan: PlanPart = inspection;
  const named = PLAN_ITEM_KINDS.flatMap((kind) =>
    planItems(kind)
      .itemsIn(plan)
      .flatMap((item) => planItems(kind).rolesOf(item)),
  );
  const others = [...new Set(named)].flatMap((id) => (id === undefined || known.has(id) ? [] : [id]));
  return [...all, ...others.map((id) => ({ id, title: roleTitle(authority, id) }))];
}

type Ended = LifecycleView['ended'][string];

function stoodOf(
  id: string,
  { duty, ended }: { duty: ViewedMilestone | undefined; ended: Ended | undefined },
  authority: Authority,
): Stood {
  const is = duty ?? ended;
  if (is === undefined) return { reports: 0 };
  const progress: NewestReport | undefined = duty?.progress ?? ended?.marks?.progress;
  const { ratingName: _name, ...stands } = standingShown({ id, status: is.status, progress }, authority);
  return { due: is.due, ...stands, reports: progress?.reports ?? 0 };
}

function shownAction(
  id: string,
  duties: ReadonlyMap<string, ViewedMilestone>,
  { facts, view }: Pick<Running, 'facts' | 'view'>,
  words: ReadonlyMap<number, string>,
): ShownAction {
  const [duty, ended] = [duties.get(dutyOfAction(id)), view.ended[dutyOfAction(id)]];
  const last = duty?.progress ?? ended?.marks?.progress;
  const said = last?.words === undefined ? undefined : words.get(last.words.seq);
  const more = said === undefined ? {} : { words: said };
  if (duty === undefined)
    return { status: ended === undefined ? 'No date yet' : MILESTONE_STANDINGS[ended.status].words, why: [], ...more };
  return {
    ...more,
    status: MILESTONE_STANDINGS[duty.overdue ? 'overdue' : duty.status].words,
    firstDue: duty.firstDue,
    why: [
      ...duty.explanation,
      ...duty.moves.map(({ to, because }) => `Moved to ${formatDate(to)}, because ${because}.`),
    ],
    ...(duty.passedTo === undefined ? {} : { passedTo: roleTitle(facts.authority, duty.passedTo) }),
    ...(duty.signOff === undefined ? {} : { acceptedBy: duty.signOff.by }),
  };
}

const byId = <Item extends { id: string }, Made>(items: readonly Item[], make: (item: Item) => Made) =>
  Object.fromEntries(items.map((item) => [item.id, make(item)]));
