import { partnerOf } from '../authority/partners.ts';
import { instantAt, localDate } from '../calendar/london.ts';
import { end } from '../milestone/end.ts';
import type { Announcement, Milestone } from '../milestone/milestone.ts';
import { announce, cycleOf, isEnded, isPending } from '../milestone/milestone-state.ts';
import { isFixed } from '../milestone/strengths.ts';
import { STRANDS } from '../strands/strands.ts';
import { formatDate } from '../calendar/civil-date.ts';
import { foldMissed } from './fold-missed.ts';
import { dueNotices, forgetDueNotices, nextReached } from './due-notices.ts';
import { endedOf } from './ended.ts';
import { TELLS } from './inspection-status.ts';
import { nextFarewell } from './farewells.ts';
import { type Mailing, mailings, sendableAt } from './mailings.ts';
import { milestonesOf, withGone, withMilestones } from './milestones.ts';
import { nextOfRound, runRounds } from '../rounds/run-rounds.ts';
import { type Happening, record } from './record.ts';
import { replan } from './replan.ts';
import type { SendingHours } from './sending-hours.ts';
import { calendarOf, type LifecycleState } from './state.ts';

/** What an instant makes of a lifecycle: its state, and the mails that are due. */
export interface Awake {
  state: LifecycleState;
  mailings: Mailing[];
}

/** When an authority's mail may go. */
export function hoursOf(state: LifecycleState): SendingHours {
  return { calendar: calendarOf(state), sending: state.facts.authority.sending };
}

/**
 * Brings a lifecycle up to an instant: cut-offs that have passed, misses that pile up, holds to be reviewed, cycles to be planned on,
 * what is finished to be put away; then says which mails are due. Waking twice at the same instant changes nothing.
 */
export function wake(state: LifecycleState, now: string): Awake {
  if (last?.of === state && last.now === now) return last.awake;
  const awake = awakened(state, now);
  last = { of: state, now, awake };
  return awake;
}

/**
 * The last answer: whoever checks a change asks what the keeper asks again a moment later, and with thousands of duties that is
 * most of what a change costs.
 */
let last: { of: LifecycleState; now: string; awake: Awake } | undefined;

/** Nothing is asked for a while: the answer, with its mails, need not be held in memory meanwhile. */
export function forgetWake(): void {
  last = undefined;
  forgetDueNotices();
}

function awakened(state: LifecycleState, now: string): Awake {
  const passed = passCutOffs(runRounds(state, now), now);
  const reviewed = reviewHolds(foldMissed(passed, now), now);
  const tidy = putAway(reviewed);
  return { state: tidy, mailings: mailings(tidy, now, hoursOf(tidy)) };
}

/** Milestones still open at their cut-off are missed, or end of themselves, as their strand says. */
function passCutOffs(state: LifecycleState, now: string): LifecycleState {
  const passed = milestonesOf(state).filter((each) => isAtCutOff(each, now));
  const happenings = passed.map((each) => passCutOff(each, state));
  const after = happenings.map(({ milestone }) => milestone);
  const next = record(withMilestones(state, ...after), now, happenings);
  return after.some((each) => each.occurrence !== undefined) ? replan(next, next, now, 'the cycle went on') : next;
}

function isAtCutOff(milestone: Milestone, now: string): boolean {
  if (milestone.dueAt > now || milestone.missed === true || !isPending(milestone)) return false;
  return milestone.status !== 'held' || isFixed(milestone);
}

function passCutOff(milestone: Milestone, state: LifecycleState): Happening & { milestone: Milestone } {
  const at = STRANDS[milestone.strand].atCutOff(milestone, state.facts, calendarOf(state));
  if (at.becomes === 'missed')
    return {
      kind: 'milestone-missed',
      milestone: { ...milestone, missed: true },
      text: `${milestone.title}: not met by ${formatDate(milestone.due)}.`,
    };
  const { dueAt, owner, title } = milestone;
  const ended = end(
    milestone,
    { status: 'completed', at: dueAt, by: 'duecourse', outcome: at.outcome },
    { kind: 'window-closed', to: owner, readyAt: dueAt, urgent: false, text: at.outcome },
  );
  return { kind: 'window-closed', milestone: ended, text: `${title}: ${at.outcome}` };
}

/** On its review day the owner and the director, of a partner's the council's lead for it, are asked about a hold, once. */
function reviewHolds(state: LifecycleState, now: string): LifecycleState {
  const today = localDate(now);
  const { authority } = state.facts;
  const reviewed = milestonesOf(state).flatMap((milestone) => {
    const { hold, owner } = milestone;
    if (hold === undefined || hold.reviewOn > today || hold.reviewTold === true) return [];
    const text = `On hold since ${formatDate(localDate(hold.since))} (${hold.reason}); its review date, ${formatDate(hold.reviewOn)}, has come. Take it off hold, or put it on hold again with a new date.`;
    const readyAt = instantAt(hold.reviewOn, '00:00');
    const review = (to: string): Announcement => ({ kind: 'review-due', to, readyAt, urgent: false, text });
    return [
      {
        ...announce(
          milestone,
          ...[...new Set([owner, partnerOf(authority, owner)?.lead ?? authority.chain.director])].map(review),
        ),
        hold: { ...hold, reviewTold: true },
      },
    ];
  });
  return withMilestones(state, ...reviewed);
}

/** Finished milestones about which nothing is left to say are put away; finished beginnings of cycles are forgotten. */
function putAway(state: LifecycleState): LifecycleState {
  const over = milestonesOf(state).filter((each) => isEnded(each) && each.announcements.length === 0);
  if (over.length === 0) return state;
  const kept = { ...state.kept };
  const ended = { ...state.ended };
  const { gone: before = {}, ...rest } = state;
  const gone = { ...before };
  for (const each of over) {
    delete kept[each.id];
    delete gone[each.id];
    ended[each.id] = {
      ...endedOf(each, each.dueAt),
      ...(before[each.id] === undefined ? {} : { title: each.title, gone: true }),
    };
  }
  const cycles = new Set(over.flatMap((each) => cycleOf(each) ?? []));
  return forgetBeginnings(withGone({ ...rest, kept, ended }, gone), cycles);
}

/** Of a cycle, what has ended at its beginning need not be kept: its unfinished occurrences begin later. */
function forgetBeginnings(state: LifecycleState, cycles: ReadonlySet<string>): LifecycleState {
  const ended = { ...state.ended };
  const further: Record<string, number> = {};
  for (const cycle of cycles) {
    const first = state.cyclesFrom[cycle] ?? 1;
    let from = first;
    const isOver = (occurrence: number) => {
      const each = ended[`${cycle}-${occurrence}`];
      // A round that is gone may come again under its number.
      return each !== undefined && each.gone !== true;
    };
    while (isOver(from)) delete ended[`${cycle}-${from++}`];
    if (from > first) further[cycle] = from;
  }
  if (Object.keys(further).length === 0) return state;
  return { ...state, ended, cyclesFrom: { ...state.cyclesFrom, ...further } };
}

/**
 * The next instant at which anything changes: a cut-off, a notice to be sent, a hold to be reviewed; undefined where
 * nothing will without a person. Always after `now` unless something is due already.
 */
export function nextWake(state: LifecycleState, now: string): string | undefined {
  if (state.status === 'withdrawn') return nextFarewell(state, now, hoursOf(state));
  if (!TELLS[state.status]) return undefined;
  const hours = hoursOf(state);
  const instants: string[] = [];
  for (const milestone of milestonesOf(state)) {
    if (isPending(milestone) && milestone.missed !== true && milestone.dueAt > now) instants.push(milestone.dueAt);
    const reached = nextReached(milestone, now, state.facts.authority, hours);
    if (reached !== undefined) instants.push(reached);
    const asks = nextOfRound(milestone, now, hours.calendar);
    if (asks !== undefined) instants.push(asks);
    if (milestone.hold !== undefined && milestone.hold.reviewTold !== true)
      instants.push(instantAt(milestone.hold.reviewOn, '00:00'));
  }
  for (const notice of dueNotices(state, now, hours)) instants.push(sendableAt(notice, state, now, hours));
  return instants.sort()[0];
}
