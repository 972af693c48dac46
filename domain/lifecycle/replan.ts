import { formatDate, formatShortDate } from '../calendar/civil-date.ts';
import { localDate } from '../calendar/london.ts';
import type { Actor } from '../commands/actor.ts';
import { unstopped } from '../unstopped.ts';
import { capitalised } from '../words.ts';
import { end } from '../milestone/end.ts';
import type { Milestone, PlannedMilestone } from '../milestone/milestone.ts';
import { announce, cycleOf, isEnded, isPending, moveDue, open } from '../milestone/milestone-state.ts';
import { endedOf } from './ended.ts';
import { standingFor } from '../milestone/missed-before.ts';
import { tellChangedHands } from './changed-hands.ts';
import { carryPlan, milestonesOf, plannedOf, withGone, withMilestones, withOwnersOfEnded } from './milestones.ts';
import { type Happening, record } from './record.ts';
import type { LifecycleState } from './state.ts';

/** Why a plan is made anew, in words for the owners of what moves: it stands after "because". */
interface Replanning {
  because: string;
  today: string;
  now: string;
  telling: Telling;
  /** Would the days that have passed have brought it by themselves, as the next round of a cycle? */
  isByItself(planned: PlannedMilestone): boolean;
}

/** What owners are told, beside moved dates: a sentence each. Left out: nothing, they see it when it is time. */
export interface Telling {
  /** To the owner of a duty that was not there before. */
  ofNew?(milestone: Milestone): string;
  /** To the owner of one that nobody needs any more. */
  ofGone?(milestone: Milestone): string;
  /** Who has made it needless: nobody where it comes by itself. */
  actor?: Actor;
  /** Why one that nobody needs any more is gone, where that has a reason of its own. */
  reasonOfGone?(milestone: Milestone): string | undefined;
  /** Has whoever asks said already what is new of it? */
  isTold?(milestone: Milestone): boolean;
}

/** That owners are told of what nobody needs any more, because of what somebody said: without a full stop. */
export const tellingOfGone = (because: string): Telling => ({
  ofGone: () => `Nobody has to do it any more, because ${because}.`,
});

/** A milestone as it is after a replanning, with what is to be recorded of the change. */
interface Change {
  after: Milestone;
  happening: Happening;
}

/**
 * Plans anew from changed facts and brings the milestones into line: new ones are taken on, dates that moved are moved
 * (unless a person has set them), what the facts say was met is ended, what nobody needs any more lapses, who has another owner
 * now is told; ended ones are left alone.
 *
 * @param before the state whose plan was in force until now; the same as `after` where only time has passed
 * @param because what owners are told of a moved date
 */
export function replan(
  before: LifecycleState,
  after: LifecycleState,
  now: string,
  because: string,
  telling: Telling = {},
): LifecycleState {
  const today = localDate(now);
  const why = { because, today, now, telling, isByItself: roundsByItself(before, after, today) };
  const next = { ...after, plannedOn: today };
  const known = new Map(milestonesOf({ ...before, kept: after.kept }).map((each) => [each.id, each]));
  const changes: Change[] = [];
  const planned = plannedOf(next);
  for (const each of planned.values()) {
    const ended = after.ended[each.id];
    if (ended !== undefined && ended.gone !== true) continue;
    const old = after.gone?.[each.id] === undefined ? known.get(each.id) : undefined;
    const change = old === undefined ? takeOn(each, why, versionBefore(each.id, after)) : bringIntoLine(old, each, why);
    if (change !== undefined) changes.push(change);
  }
  const gone = [...known.values()].filter((each) => !planned.has(each.id) && after.gone?.[each.id] === undefined);
  // A submitted one too: nobody could complete it any more.
  const lapsed = gone.filter((each) => !isEnded(each)).map((each) => tellOwner(lapse(each, why), why));
  const untold = lapsed.map((each) => each.after).filter((each) => each.announcements.length > 0);
  const later = new Set(untold.map(({ id }) => id));
  const unsaid = gone.filter(({ id }) => !later.has(id));
  const again = withoutGone(next, changes);
  const settled = keepGone(
    putAsideGone(withOwnersOfEnded(before, withTitles(before, again, planned)), unsaid, now),
    untold,
    because,
  );
  const changed = withCycles(withMilestones(settled, ...changes.map((each) => each.after)), changes);
  const recorded = record(
    changed,
    now,
    [...changes, ...lapsed].map(({ happening }) => happening),
  );
  return before.facts === after.facts ? recorded : tellChangedHands(before, recorded, why);
}

/**
 * As it stands once it is planned on to today, as any change does by the way: what comes of a change is what is otherwise than in
 * this.
 */
export const plannedOnTo = (now: string, state: LifecycleState): LifecycleState =>
  replan(state, state, now, 'time has passed');

/** What has come by the calendar alone since the last plan, and is taken on with a change of which it does not come. */
function roundsByItself(
  before: LifecycleState,
  after: LifecycleState,
  today: string,
): (planned: PlannedMilestone) => boolean {
  if (before.facts === after.facts || before.plannedOn === today) return () => false;
  let planned: ReadonlyMap<string, PlannedMilestone> | undefined;
  // Planned anew where a round comes at all.
  return ({ id, occurrence }) => {
    if (occurrence === undefined) return false;
    planned ??= plannedOf({ ...before, plannedOn: today });
    return planned.get(id)?.occurrence !== undefined;
  };
}

/** How far each cycle has been taken on: what has been begun is planned on, wherever its dates move. */
function withCycles(state: LifecycleState, changes: readonly Change[]): LifecycleState {
  const further = changes.flatMap(({ after }): [string, number][] => {
    const cycle = cycleOf(after);
    const { occurrence = 0 } = after;
    return cycle === undefined || occurrence <= (state.cyclesTo[cycle] ?? 0) ? [] : [[cycle, occurrence]];
  });
  if (further.length === 0) return state;
  return carryPlan(state, { ...state, cyclesTo: { ...state.cyclesTo, ...Object.fromEntries(further) } });
}

/** The version of the date that a duty had which was not needed for a while; 0 where there was none. */
function versionBefore(id: string, { ended, gone, kept }: LifecycleState): number {
  const marks = ended[id]?.marks ?? (gone?.[id] === undefined ? undefined : kept[id]);
  return ended[id] === undefined && gone?.[id] === undefined ? 0 : (marks?.dueVersion ?? 1);
}

/** What is asked for again is no longer gone. */
function withoutGone(state: LifecycleState, changes: readonly Change[]): LifecycleState {
  const ids = changes.map(({ after }) => after.id).filter((id) => (state.ended[id] ?? state.gone?.[id]) !== undefined);
  if (ids.length === 0) return state;
  const ended = { ...state.ended };
  const gone = { ...state.gone };
  for (const id of ids) {
    delete ended[id];
    delete gone[id];
  }
  return withGone({ ...state, ended }, gone);
}

/** A duty that was not there before, or not lately: unless it is met already, or what it makes ready has been. */
function takeOn(
  planned: PlannedMilestone,
  { today, now, telling, isByItself: comesByItself }: Replanning,
  versions: number,
): Change | undefined {
  if (planned.metOn !== undefined || isPast(planned, today)) return undefined;
  // What was told of the date before does not count.
  const taken = { ...open(planned), dueVersion: versions + 1 };
  const isByItself = comesByItself(planned);
  const said = isByItself ? undefined : telling.ofNew?.(taken);
  const after =
    said === undefined
      ? taken
      : announce(taken, { kind: 'planned', to: taken.owner, readyAt: now, urgent: false, text: said });
  const text = `${after.title}: due ${formatShortDate(after.due)}.${isByItself ? ` ${BY_ITSELF}` : ''}`;
  return { after, happening: { kind: 'milestone-planned', milestone: after, text } };
}

const BY_ITSELF = 'It is the next round of its cycle, and comes of no change.';

function isPast({ neededUntil }: PlannedMilestone, today: string): boolean {
  return neededUntil !== undefined && neededUntil < today;
}

function lapse(old: Milestone, { because, telling: { actor, reasonOfGone } }: Replanning): Change {
  const after = end(old, { status: 'lapsed' });
  const reason = reasonOfGone?.(old);
  const text = `${old.title}: no longer needed, because ${because}.${reason === undefined ? '' : ` ${capitalised(unstopped(reason))}.`}`;
  return {
    after,
    happening: {
      ...{ kind: 'milestone-withdrawn', milestone: after, text },
      ...(actor === undefined ? {} : { actor }),
      ...(reason === undefined ? {} : { data: { reason } }),
    },
  };
}

/** A duty that has gone: its owner hears of it, where anybody is to. */
function tellOwner(change: Change, { now, telling }: Replanning): Change {
  const text = telling.ofGone?.(change.after);
  if (text === undefined) return change;
  const { owner } = change.after;
  return {
    ...change,
    after: announce(change.after, { kind: 'withdrawn', to: owner, readyAt: now, urgent: false, text }),
  };
}

function bringIntoLine(old: Milestone, alone: PlannedMilestone, why: Replanning): Change | undefined {
  if (!isPending(old)) return undefined;
  const planned = standingFor(alone, old.missedBefore);
  if (planned.metOn !== undefined) return meet(old, planned.metOn, why);
  if (isPast(planned, why.today)) return lapse(old, why);
  if (old.moves.length > 0) return undefined;
  if (old.dueAt !== planned.dueAt) return move(old, planned, why);
  if (old.title !== planned.title && why.telling.isTold?.(old) !== true) return rename(old, planned, why);
  return old.provisional === planned.provisional ? undefined : confirm(old, planned);
}

/** The facts say that it was met: nobody has to do anything. */
function meet(old: Milestone, on: string, { because, now }: Replanning): Change {
  const outcome = `Met on ${formatDate(on)}: ${because}.`;
  const after = end(old, { status: 'completed', at: now, by: 'duecourse', outcome });
  return { after, happening: { kind: 'milestone-completed', milestone: after, text: `${after.title}: ${outcome}` } };
}

function move(old: Milestone, planned: PlannedMilestone, { because, now }: Replanning): Change {
  const moved = { ...moveDue(old, planned, because), title: planned.title, act: planned.act };
  const after = announce(moved, { kind: 'moved', to: moved.owner, readyAt: now, urgent: false });
  return {
    after,
    happening: {
      kind: 'milestone-moved',
      milestone: after,
      text: `${after.title}: moved from ${formatDate(old.due)} to ${formatDate(after.due)}, because ${because}.`,
      data: { from: old.due, to: after.due, because },
    },
  };
}

/** The date stays, what is to be done does not: the written route in a cancelled meeting's place. */
function rename(old: Milestone, { title, act, explanation }: PlannedMilestone, { because, now }: Replanning): Change {
  const text = `It is now "${title}", because ${because}.`;
  const after = announce(
    { ...old, title, act, explanation },
    { kind: 'moved', to: old.owner, readyAt: now, urgent: false, text },
  );
  return {
    after,
    happening: {
      kind: 'milestone-confirmed',
      milestone: after,
      text: `${old.title}: now "${title}", due ${formatDate(after.due)} as before, because ${because}.`,
    },
  };
}

function confirm(old: Milestone, { provisional, explanation }: PlannedMilestone): Change {
  const after = { ...old, provisional, explanation };
  const text = `${after.title}: due ${formatDate(after.due)} as before, ${provisional ? 'now provisional' : 'no longer provisional'}.`;
  return { after, happening: { kind: 'milestone-confirmed', milestone: after, text } };
}

/** What was put away and follows from the facts no more is known by its title from then on. */
function withTitles(
  before: LifecycleState,
  after: LifecycleState,
  planned: ReadonlyMap<string, PlannedMilestone>,
): LifecycleState {
  if (before.facts === after.facts) return after;
  const titled = Object.entries(after.ended).flatMap(([id, each]) => {
    if (planned.has(id) || each.title !== undefined) return [];
    const title = plannedOf(before).get(id)?.title;
    return title === undefined ? [] : [[id, { ...each, title }] as const];
  });
  return titled.length === 0 ? after : { ...after, ended: { ...after.ended, ...Object.fromEntries(titled) } };
}

/** What its owner is still to be told of is kept as it was, as little of it as a mail needs; it is put away once that has gone. */
function keepGone(state: LifecycleState, untold: readonly Milestone[], because: string): LifecycleState {
  if (untold.length === 0) return state;
  const gone = Object.fromEntries(untold.map((each) => [each.id, bare(each, because)]));
  return withGone(withMilestones(state, ...untold), { ...state.gone, ...gone });
}

function bare(
  { id, strand, title, due, dueAt, cutOff, owner, provisional, strength, rule }: Milestone,
  because: string,
): PlannedMilestone {
  return {
    ...{ id, strand, title, due, dueAt, cutOff, owner, provisional, strength, rule },
    act: 'Nothing has to be done about it any more.',
    extendable: false,
    explanation: [`Nobody has to do it any more, because ${because}.`],
    ladder: { before: [], after: [], repeatEvery: 5 },
  };
}

/** What no longer follows from the facts is put away at once, by its title: nothing could tell it later. */
function putAsideGone(state: LifecycleState, gone: readonly Milestone[], now: string): LifecycleState {
  if (gone.length === 0) return state;
  const kept = { ...state.kept };
  const ended = { ...state.ended };
  for (const each of gone) {
    delete kept[each.id];
    const over: Milestone = isEnded(each) ? each : { ...each, status: 'lapsed' };
    ended[each.id] = { ...endedOf(over, now), title: each.title, ...(over === each ? {} : { gone: true as const }) };
  }
  return { ...state, kept, ended };
}
