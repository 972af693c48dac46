import { MILESTONE_STATUSES } from '../milestone/statuses.ts';
import { formatDate } from '../calendar/civil-date.ts';
import { localDate } from '../calendar/london.ts';
import { roleTitle } from '../authority/roles.ts';
import type { Actor } from '../commands/actor.ts';
import { eventInWords } from '../facts/events.ts';
import { eventsOnFile, eventToFile, type Facts, standingEvents } from '../facts/facts.ts';
import { happeningsUnder, instrumentOfDuty, saidUnder, withHappenings } from '../facts/instruments.ts';
import { milestoneOf, milestonesOf, withMilestones } from '../lifecycle/milestones.ts';
import { record } from '../lifecycle/record.ts';
import { replan, tellingOfGone } from '../lifecycle/replan.ts';
import type { LifecycleState } from '../lifecycle/state.ts';
import { end } from '../milestone/end.ts';
import type { Milestone } from '../milestone/milestone.ts';
import { announce, isPending } from '../milestone/milestone-state.ts';
import { isAction } from '../progress/standing-shown.ts';
import type { OtherEvent } from '../schemas/rule-pack.ts';
import { followCompletion } from '../sustained/follow-completion.ts';
import { accepterOf, takerOf } from './accepter.ts';
import { acceptanceId, acceptancesOf, type Awaiting } from './awaiting.ts';

/** Who did something to a duty, and when; `now` is an instant, UTC. */
interface Given {
  actor: Actor;
  now: string;
}

/**
 * What follows from a duty's submission, from its acceptance, and from its being sent back: within the council somebody has
 * to accept it, or no longer has to; what the inspectorate made of it is an event, from which rules may count; and what is
 * done may have to be asked about again.
 */
export function followSubmission(state: LifecycleState, duty: Milestone, given: Given): LifecycleState {
  const answered = withAcceptance(state, duty, given);
  return followCompletion(withEvents(answered, duty, given), milestoneOf(answered, duty.id) ?? duty, given.now);
}

/** The same of every action that is submitted, once the plan may say that another has to accept it, or nobody. */
export function followAccepters(state: LifecycleState, given: Given): LifecycleState {
  return milestonesOf(state)
    .filter((each) => each.status === 'submitted' && isAction(each))
    .reduce((next, each) => followSubmission(next, each, given), state);
}

/**
 * What was submitted was taken back: nobody has to accept it any more, and whoever has heard that they were to hears that as well.
 * `now` is an instant, UTC.
 */
export function followTakingBack(state: LifecycleState, duty: Milestone, now: string): LifecycleState {
  const awaiting = (state.facts.awaiting ?? []).find((each) => each.milestone === duty.id);
  if (awaiting === undefined) return state;
  const because = `"${duty.title}" was taken back`;
  const isUntold = milestoneOf(state, acceptanceId(awaiting))?.announcements.some(
    ({ kind }) => kind === 'acceptance-asked',
  );
  return replan(state, withAwaiting(state, duty.id), now, because, isUntold === true ? {} : tellingOfGone(because));
}

function withAcceptance(state: LifecycleState, duty: Milestone, given: Given): LifecycleState {
  const accepter = duty.status === 'submitted' ? accepterOf(duty, state.facts.authority) : undefined;
  const before = (state.facts.awaiting ?? []).find((each) => each.milestone === duty.id);
  if (accepter === undefined) {
    const answered = before === undefined ? state : settled(state, before, duty, given);
    return duty.status === 'submitted' && takerOf(duty, state.facts) === undefined
      ? doneAsSubmitted(answered, duty, given)
      : answered;
  }
  if (before?.role === accepter.role) return state;
  const awaiting: Awaiting = before ?? {
    milestone: duty.id,
    round: nextRound(state, duty.id),
    on: localDate(duty.submitted?.at ?? given.now),
    role: accepter.role,
  };
  return asked(state, { ...awaiting, role: accepter.role }, duty, given);
}

/** Nobody has to accept it any more: what was submitted is done, since the day on which it was. */
function doneAsSubmitted(state: LifecycleState, duty: Milestone, { actor, now }: Given): LifecycleState {
  const { at, by, evidence } = duty.submitted ?? { at: now, by: duty.owner };
  const after = end(duty, { status: 'completed', at, by, evidence });
  const text = `${duty.title}: done as submitted on ${formatDate(localDate(at))}: nobody has to accept it any more.`;
  return record(withMilestones(state, after), now, [{ kind: 'milestone-completed', milestone: after, actor, text }]);
}

/** Rounds before it have ended, and are put away. */
function nextRound({ ended, kept }: LifecycleState, milestone: string): number {
  const first = acceptancesOf(milestone);
  return 1 + [...Object.keys(ended), ...Object.keys(kept)].filter((id) => id.startsWith(first)).length;
}

/** Somebody has to accept it from now on: they are told, once, and reminded as of any duty. */
function asked(state: LifecycleState, awaiting: Awaiting, duty: Milestone, { now }: Given): LifecycleState {
  const planned = replan(state, withAwaiting(state, duty.id, awaiting), now, `"${duty.title}" was submitted`);
  const acceptance = milestoneOf(planned, acceptanceId(awaiting));
  if (acceptance === undefined) return planned;
  const text = `${roleTitle(state.facts.authority, duty.owner)} submitted it on ${formatDate(awaiting.on)}. Please accept it, or send it back with a reason and a new date.`;
  const told = { kind: 'acceptance-asked' as const, to: acceptance.owner, readyAt: now, urgent: false, text };
  return withMilestones(planned, announce(acceptance, told));
}

/** Nobody has to accept it any more: it was accepted or sent back, or is no longer to be done. */
function settled(state: LifecycleState, awaiting: Awaiting, duty: Milestone, { actor, now }: Given): LifecycleState {
  const acceptance = milestoneOf(state, acceptanceId(awaiting));
  const how = duty.accepted !== undefined ? 'accepted' : duty.status === 'open' ? 'sent back' : undefined;
  const answered =
    acceptance === undefined || how === undefined || !isPending(acceptance)
      ? state
      : withEnd(state, end(acceptance, { status: 'completed', at: now, by: actor.role }), how, { actor, now });
  return replan(
    answered,
    withAwaiting(answered, duty.id),
    now,
    `"${duty.title}" ${how === undefined ? MILESTONE_STATUSES[duty.status].stands : `is ${how}`}`,
  );
}

function withEnd(state: LifecycleState, acceptance: Milestone, how: string, { actor, now }: Given): LifecycleState {
  const text = `${acceptance.title}: ${how} by ${roleTitle(state.facts.authority, actor.role)}.`;
  return record(withMilestones(state, acceptance), now, [
    { kind: 'milestone-completed', milestone: acceptance, actor, text },
  ]);
}

function withAwaiting(state: LifecycleState, milestone: string, awaiting?: Awaiting): LifecycleState {
  const { awaiting: all = [], ...facts } = state.facts;
  const others = all.filter((each) => each.milestone !== milestone);
  const now = awaiting === undefined ? others : [...others, awaiting];
  const next: Facts = now.length === 0 ? facts : { ...facts, awaiting: now };
  return { ...state, facts: next };
}

/** What the inspectorate made of a submission goes on file, each once; whatever counts from it is planned. */
function withEvents(state: LifecycleState, duty: Milestone, given: Given): LifecycleState {
  if (takerOf(duty, state.facts) === undefined) return state;
  return eventsOf(duty).reduce((next, [kind, on]) => withEvent(next, kind, on, duty, given), state);
}

function eventsOf({ status, returned = [], submitted, completed, accepted }: Milestone): [OtherEvent, string][] {
  const last = returned.at(-1);
  const again = submitted ?? completed;
  return [
    ...(last !== undefined && status === 'open' ? [['plan-returned', last.on] as [OtherEvent, string]] : []),
    ...(last !== undefined && again !== undefined
      ? [['plan-resubmitted', localDate(again.at)] as [OtherEvent, string]]
      : []),
    ...(accepted === undefined ? [] : [['plan-accepted', accepted.on] as [OtherEvent, string]]),
  ];
}

function withEvent(
  state: LifecycleState,
  kind: OtherEvent,
  on: string,
  duty: Milestone,
  { actor, now }: Given,
): LifecycleState {
  const { facts } = state;
  const instrument = instrumentOfDuty(duty.id);
  const happenings = happeningsUnder(facts.inspection, instrument);
  const isOnFile = standingEvents(happenings, kind).some(
    (each) => each.on === on && (each.duty ?? duty.id) === duty.id,
  );
  if (isOnFile) return state;
  const before = eventsOnFile(happenings, kind).map(eventToFile);
  const added = { on, duty: duty.id };
  const events = { ...happenings.events, [kind]: [...before, added] };
  const inspection = withHappenings(facts.inspection, instrument, { events });
  const happened = `${eventInWords(kind)} on ${formatDate(on)}`;
  const recorded = record({ ...state, facts: { ...facts, inspection } }, now, [
    {
      kind: 'event-recorded',
      actor,
      text: `Recorded with ${duty.title}: ${happened}.`,
      data: { kind, number: before.length + 1, ...added, ...saidUnder(instrument) },
    },
  ]);
  return replan(state, recorded, now, happened);
}
