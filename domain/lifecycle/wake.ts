import { instantAt, localDate } from '../calendar/london.ts';
import type { Milestone } from '../milestone/milestone.ts';
import { announce, isEnded, isPending } from '../milestone/milestone-state.ts';
import { STRANDS } from '../strands/strands.ts';
import { formatDate } from '../calendar/civil-date.ts';
import { dueNotices, nextReached } from './due-notices.ts';
import { type Mailing, mailings, sendableAt } from './mailings.ts';
import { type Happening, record } from './record.ts';
import { replan } from './replan.ts';
import type { SendingHours } from './sending-hours.ts';
import { calendarOf, type LifecycleState } from './state.ts';

/** What an instant makes of a lifecycle: its state, and the mails that are due. */
export interface Awake {
  state: LifecycleState;
  mailings: Mailing[];
}

function hoursOf(state: LifecycleState): SendingHours {
  return { calendar: calendarOf(state), sending: state.facts.authority.sending };
}

/**
 * Brings a lifecycle up to an instant: cut-offs that have passed, holds to be reviewed, cycles to be planned on,
 * what is finished to be put away; then says which mails are due. Waking twice at the same instant changes nothing.
 */
export function wake(state: LifecycleState, now: string): Awake {
  const passed = passCutOffs(state, now);
  const reviewed = reviewHolds(passed, now);
  const tidy = putAway(reviewed);
  return { state: tidy, mailings: mailings(tidy, now, hoursOf(tidy)) };
}

/** Milestones still open at their cut-off are missed, or end of themselves, as their strand says. */
function passCutOffs(state: LifecycleState, now: string): LifecycleState {
  const { facts } = state;
  const calendar = calendarOf(state);
  let milestones = state.milestones;
  const happenings: Happening[] = [];
  let cycles = false;
  for (const milestone of Object.values(state.milestones)) {
    if (milestone.dueAt > now || milestone.missed === true || !isPending(milestone)) continue;
    if (milestone.status === 'held' && milestone.strength !== 'statutory') continue;
    const at = STRANDS[milestone.strand].atCutOff(milestone, facts, calendar);
    const after: Milestone =
      at.becomes === 'missed'
        ? { ...milestone, missed: true }
        : announce(
            {
              ...milestone,
              status: 'completed',
              outcome: at.outcome,
              completed: { at: milestone.dueAt, by: 'duecourse' },
            },
            { kind: 'window-closed', to: milestone.owner, readyAt: milestone.dueAt, urgent: false, text: at.outcome },
          );
    milestones = { ...milestones, [after.id]: after };
    cycles ||= after.occurrence !== undefined;
    happenings.push(
      at.becomes === 'missed'
        ? { kind: 'milestone-missed', milestone: after, text: `${after.title}: not met by ${formatDate(after.due)}.` }
        : { kind: 'window-closed', milestone: after, text: `${after.title}: ${at.outcome}` },
    );
  }
  const next = record({ ...state, milestones }, now, happenings);
  return cycles ? replan(next, now, 'the cycle went on') : next;
}

/** On its review day the owner and the director are asked about a hold, once. */
function reviewHolds(state: LifecycleState, now: string): LifecycleState {
  const today = localDate(now);
  let milestones = state.milestones;
  for (const milestone of Object.values(state.milestones)) {
    const { hold } = milestone;
    if (hold === undefined || hold.reviewOn > today || hold.reviewTold === true) continue;
    const text = `On hold since ${formatDate(localDate(hold.since))} (${hold.reason}); its review date, ${formatDate(hold.reviewOn)}, has come. Release it, or hold it again with a new date.`;
    const readyAt = instantAt(hold.reviewOn, '00:00');
    const told = announce(
      milestone,
      ...[...new Set([milestone.owner, state.facts.authority.chain.director])].map((to) => ({
        kind: 'review-due' as const,
        to,
        readyAt,
        urgent: false,
        text,
      })),
    );
    milestones = { ...milestones, [milestone.id]: { ...told, hold: { ...hold, reviewTold: true } } };
  }
  return milestones === state.milestones ? state : { ...state, milestones };
}

/** Finished milestones about which nothing is left to say are put away; finished beginnings of cycles are forgotten. */
function putAway(state: LifecycleState): LifecycleState {
  const over = Object.values(state.milestones).filter((each) => isEnded(each) && each.announcements.length === 0);
  if (over.length === 0) return state;
  const milestones = { ...state.milestones };
  const ended = { ...state.ended };
  const cyclesFrom = { ...state.cyclesFrom };
  for (const each of over) {
    delete milestones[each.id];
    ended[each.id] = {
      status: each.status,
      title: each.title,
      due: each.due,
      endedAt: each.completed?.at ?? each.waived?.at ?? each.dueAt,
    };
  }
  for (const each of over) {
    if (each.occurrence === undefined) continue;
    const cycle = each.id.slice(0, -`-${each.occurrence}`.length);
    let from = cyclesFrom[cycle] ?? 1;
    while (ended[`${cycle}-${from}`] !== undefined) delete ended[`${cycle}-${from++}`];
    cyclesFrom[cycle] = from;
  }
  return { ...state, milestones, ended, cyclesFrom };
}

/**
 * The next instant at which anything changes: a cut-off, a notice to be sent, a hold to be reviewed; undefined where
 * nothing will without a person. Always after `now` unless something is due already.
 */
export function nextWake(state: LifecycleState, now: string): string | undefined {
  if (state.status !== 'open') return undefined;
  const hours = hoursOf(state);
  const instants: string[] = [];
  for (const milestone of Object.values(state.milestones)) {
    if (isPending(milestone) && milestone.missed !== true && milestone.dueAt > now) instants.push(milestone.dueAt);
    const reached = nextReached(milestone, now, state.facts.authority, hours);
    if (reached !== undefined) instants.push(reached);
    if (milestone.hold !== undefined && milestone.hold.reviewTold !== true)
      instants.push(instantAt(milestone.hold.reviewOn, '00:00'));
  }
  for (const notice of dueNotices(state, now, hours)) instants.push(sendableAt(notice, state, now, hours));
  return instants.sort()[0];
}
