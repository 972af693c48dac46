import { addDays, type CivilDate } from '../calendar/civil-date.ts';
import { join, keptOf } from '../milestone/join.ts';
import type { KeptMilestone, Milestone, PlannedMilestone } from '../milestone/milestone.ts';
import { plan } from '../plan/plan.ts';
import { calendarOf, CYCLES_AHEAD, type LifecycleState } from './state.ts';

/** What a state's plan follows from. */
type Planning = Pick<LifecycleState, 'facts' | 'calendar' | 'cyclesFrom' | 'cyclesTo' | 'plannedOn'>;

/** A plan with what it was made from, and the whole milestones made from it so far. */
interface Made {
  of: Planning;
  planned: Map<string, PlannedMilestone>;
  joined: WeakMap<KeptMilestone, Milestone>;
  /** All of them, by what is kept of them. */
  lists: WeakMap<LifecycleState['kept'], readonly Milestone[]>;
  /** The plan that it was made from: what is the same in both is not made again. */
  earlier?: Pick<Made, 'planned' | 'joined'>;
}

/**
 * The plans last asked for, of all lifecycles of a worker: one plan of any size is some hundreds of KiB, so their number is
 * what bounds its memory. A change needs two, of the state before it and the state after; the others are of lifecycles
 * that wait for a delivery. On a morning on which more of them wait than there is room for, each is planned once more.
 */
const MAX_PLANS = 16;
let plans: Made[] = [];

/** Nothing is asked of a lifecycle for a while: its plans need not be held in memory meanwhile. */
export function forgetPlans({ facts }: Pick<Planning, 'facts'>): void {
  plans = plans.filter((each) => each.of.facts !== facts);
}

function madeFor(state: Planning): Made {
  const { facts, calendar, cyclesFrom, cyclesTo, plannedOn } = state;
  const of: Planning = { facts, calendar, cyclesFrom, cyclesTo, plannedOn };
  const known = plans.find((each) => isSame(each.of, of));
  if (known !== undefined) return known;
  const cycles = { today: plannedOn, ahead: CYCLES_AHEAD };
  const earlier = plans.find((each) => each.of.calendar === calendar && each.of.facts.authority === facts.authority);
  const planned = plan(
    facts,
    calendarOf(state),
    { cycles, cyclesFrom, cyclesTo },
    earlier === undefined ? undefined : { facts: earlier.of.facts, planned: earlier.planned },
  );
  const made: Made = {
    of,
    planned: new Map(planned.map((each) => [each.id, each])),
    joined: new WeakMap(),
    lists: new WeakMap(),
    ...(earlier === undefined ? {} : { earlier: { planned: earlier.planned, joined: earlier.joined } }),
  };
  keep(made);
  return made;
}

function keep(made: Made): void {
  plans = [made, ...plans].slice(0, MAX_PLANS);
}

/** A state's plan holds for another as well, whose cycles have been taken on as far as it goes. */
export function carryPlan(from: Planning, to: LifecycleState): LifecycleState {
  const { facts, calendar, cyclesFrom, cyclesTo, plannedOn } = to;
  keep({ ...madeFor(from), of: { facts, calendar, cyclesFrom, cyclesTo, plannedOn } });
  return to;
}

function isSame(a: Planning, b: Planning): boolean {
  return (Object.keys(a) as (keyof Planning)[]).every((name) => a[name] === b[name]);
}

/** All that follows from a state's facts, taken on or not, by id. */
export function plannedOf(state: Planning): ReadonlyMap<string, PlannedMilestone> {
  return madeFor(state).planned;
}

/** A milestone in hand, whole; undefined where there is none of this id. */
export function milestoneOf(state: LifecycleState, id: string): Milestone | undefined {
  const kept = state.kept[id];
  if (kept === undefined) return undefined;
  const { planned, joined, earlier } = madeFor(state);
  const known = joined.get(kept);
  if (known !== undefined) return known;
  const own = planned.get(id) ?? state.gone?.[id];
  if (own === undefined) return undefined;
  const before = earlier?.planned.get(id) === own ? earlier.joined.get(kept) : undefined;
  const whole = before ?? join(own, kept, calendarOf(state));
  joined.set(kept, whole);
  return whole;
}

/** All milestones in hand, whole, in the order in which they were taken on. */
export function milestonesOf(state: LifecycleState): readonly Milestone[] {
  const { lists } = madeFor(state);
  // What is gone comes and goes with what is kept.
  const known = lists.get(state.kept);
  if (known !== undefined) return known;
  const all = Object.keys(state.kept).flatMap((id) => milestoneOf(state, id) ?? []);
  lists.set(state.kept, all);
  return all;
}

/** The title of one that has ended and is put away. */
export function titleOfEnded(state: LifecycleState, id: string): string {
  return state.ended[id]?.title ?? (plannedOf(state).get(id) ?? state.gone?.[id])?.title ?? id;
}

/** Whose it was when it ended; undefined where it no longer follows from the facts, and where nobody had taken it over. */
export function ownerOfEnded(state: LifecycleState, id: string): string | undefined {
  const ended = state.ended[id];
  return ended?.owner ?? ended?.marks?.passedTo ?? plannedOf(state).get(id)?.owner;
}

/** What was put away stays with whose it was, whomever changed facts name for its theme or its line of duties. */
export function withOwnersOfEnded(before: LifecycleState, after: LifecycleState): LifecycleState {
  if (before.facts === after.facts) return after;
  const others = Object.entries(after.ended).flatMap(([id, each]) => {
    const owner = ownerOfEnded(before, id);
    const named = ownerOfEnded(after, id);
    return owner === undefined || before.ended[id] === undefined || named === undefined || named === owner
      ? []
      : [[id, { ...each, owner }] as const];
  });
  return others.length === 0 ? after : { ...after, ended: { ...after.ended, ...Object.fromEntries(others) } };
}

/**
 * The title of one that nobody has to do any more: put away, or a cycle's occurrence that is forgotten altogether.
 *
 * @param due when it was due: as far as its cycle has to be planned for its title
 */
export function titleOfFinished(state: LifecycleState, id: string, due: CivilDate): string {
  const known = state.kept[id] ?? state.ended[id] ?? plannedOf(state).get(id);
  if (known !== undefined) return titleOfEnded(state, id);
  // A month more: a holiday approved since may have moved it.
  const forgotten = plan(state.facts, calendarOf(state), { cycles: { until: addDays(due, 31) } });
  return forgotten.find((each) => each.id === id)?.title ?? id;
}

/** The state with these milestones as they now are: of each, its marks are kept. */
export function withMilestones(state: LifecycleState, ...milestones: Milestone[]): LifecycleState {
  if (milestones.length === 0) return state;
  return {
    ...state,
    kept: { ...state.kept, ...Object.fromEntries(milestones.map((each) => [each.id, keptOf(each)])) },
  };
}

/** The state with these that follow from the facts no more. */
export function withGone(state: LifecycleState, gone: Record<string, PlannedMilestone>): LifecycleState {
  const { gone: _before, ...rest } = state;
  return Object.keys(gone).length === 0 ? rest : { ...rest, gone };
}
