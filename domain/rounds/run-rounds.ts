import { roleTitle } from '../authority/roles.ts';
import { formatDate } from '../calendar/civil-date.ts';
import { instantAt } from '../calendar/london.ts';
import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import { milestonesOf, withMilestones } from '../lifecycle/milestones.ts';
import { type Happening, record } from '../lifecycle/record.ts';
import { calendarOf, type LifecycleState } from '../lifecycle/state.ts';
import { end } from '../milestone/end.ts';
import type { Announcement, Milestone } from '../milestone/milestone.ts';
import { announce, isPending } from '../milestone/milestone-state.ts';
import { roleAtStep } from '../plan/ladder.ts';
import { awaited, isRound } from './answers.ts';
import { type RoundData, roundData, silenceInWords } from './silence.ts';

/** Working days before its end on which those who have not answered are reminded, once. */
const REMIND = 3;

/** What an instant makes of a round, and what is to be recorded of it. */
type Step = Happening & { milestone: Milestone };

type Waiting = ReturnType<typeof awaited<Milestone>>;

/**
 * Brings the rounds up to an instant: owners are asked, reminded once, and who has been silent is told to their managers when
 * it closes. A round that everybody has answered closes at once.
 */
export function runRounds(state: LifecycleState, now: string): LifecycleState {
  return milestonesOf(state)
    .filter((each) => isRound(each) && isPending(each))
    .reduce((before, round) => advance(before, round, now), state);
}

/** One after the other, until there is nothing more to do: a round that has nobody to ask closes as it opens. */
function advance(state: LifecycleState, round: Milestone, now: string): LifecycleState {
  if (!isPending(round)) return state;
  const step = stepOf(round, state, now);
  if (step !== undefined)
    return advance(record(withMilestones(state, step.milestone), now, [step]), step.milestone, now);
  const after = remind(round, state, now);
  return after === round ? state : withMilestones(state, after);
}

function stepOf(round: Milestone, state: LifecycleState, now: string): Step | undefined {
  if (round.round === undefined) {
    if (opensAt(round) > now) return undefined;
    return round.dueAt <= now ? neverAsked(round, now) : ask(round, state, now);
  }
  const waiting = awaited(milestonesOf(state), round.round);
  return round.dueAt <= now || waiting.size === 0
    ? closeRound(round, state, { at: round.dueAt <= now ? round.dueAt : now, by: 'duecourse', telling: 'managers' })
    : undefined;
}

const opensAt = ({ opens = '' }: Milestone): string => instantAt(opens, '00:00');

/** The clock stood still for the whole of it: nobody is silent who was not asked. */
function neverAsked(round: Milestone, now: string): Step {
  const outcome = 'Nobody was asked in time.';
  const milestone = end(round, { status: 'completed', at: now, by: 'duecourse', outcome });
  return { kind: 'round-closed', milestone, text: `${round.title}: ${outcome}`, data: { asked: 0, silent: [] } };
}

function ask(round: Milestone, state: LifecycleState, now: string): Step {
  const waiting = awaited(milestonesOf(state), { askedAt: now });
  const asked = { ...round, round: { askedAt: now } };
  const n = [...waiting.values()].flat().length;
  return {
    kind: 'progress-asked',
    milestone: announce(asked, ...asksTo(waiting, 'progress-asked', now)),
    text: `${round.title}: ${n === 0 ? 'there is no open action to ask about.' : `asked ${waiting.size} owner${waiting.size === 1 ? '' : 's'} about ${n} action${n === 1 ? '' : 's'}, by ${formatDate(round.due)}.`}`,
    data: { owners: [...waiting.keys()], actions: n },
  };
}

const asksTo = (waiting: Waiting, kind: 'progress-asked' | 'progress-reminded', now: string): Announcement[] =>
  [...waiting.keys()].map((to) => ({ kind, to, readyAt: now, urgent: false }));

/** The day of the reminder begins; undefined where they have been asked since. */
function remindsAt({ due, round }: Milestone, calendar: WorkingCalendar): string | undefined {
  const at = instantAt(calendar.addWorkingDays(due, -REMIND), '00:00');
  return round === undefined || round.askedAt >= at ? undefined : at;
}

/** Those who have answered are not asked any more; the others are reminded, once for each date of the round. */
function remind(round: Milestone, state: LifecycleState, now: string): Milestone {
  if (round.round === undefined) return round;
  const waiting = awaited(milestonesOf(state), round.round);
  const still = round.announcements.filter(({ kind, to }) => !isAsk(kind) || waiting.has(to));
  const heard = still.length === round.announcements.length ? round : { ...round, announcements: still };
  const at = remindsAt(round, calendarOf(state));
  if (at === undefined || at > now || round.round.remindedFor === round.dueVersion) return heard;
  // Who has not had the question yet gets the reminder in its place.
  const others = still.filter(({ kind }) => kind !== 'progress-asked');
  return announce(
    { ...round, announcements: others, round: { ...round.round, remindedFor: round.dueVersion } },
    // By its day, not by the moment at which it was looked at: a clock brought back looks at another.
    ...asksTo(waiting, 'progress-reminded', at),
  );
}

const isAsk = (kind: Announcement['kind']): boolean => kind === 'progress-asked' || kind === 'progress-reminded';

/**
 * Closes a round, whoever or whatever does: who has not answered is on record by name.
 *
 * @param how.telling at its date silence goes to the managers; closed by hand before, to nobody
 */
export function closeRound(
  round: Milestone,
  state: LifecycleState,
  how: { at: string; by: string; telling: 'managers' | 'nobody'; reason?: string },
): Step {
  const { authority } = state.facts;
  const due = round.round === undefined ? new Map<string, Milestone[]>() : awaited(milestonesOf(state), round.round);
  // Whose question has not left yet has not been silent.
  const unasked = new Set(round.announcements.flatMap(({ kind, to }) => (kind === 'progress-asked' ? [to] : [])));
  const waiting = new Map([...due].filter(([owner]) => how.telling === 'managers' || !unasked.has(owner)));
  const data: RoundData = roundData(waiting, (role) => roleTitle(authority, role));
  const none =
    due.size > 0 && waiting.size === 0 ? 'Nobody had been asked yet.' : 'Everybody who was asked has answered.';
  const outcome = data.silent.length === 0 ? none : data.silent.map(silenceInWords).join(' ');
  const managers = [...new Set([...waiting.keys()].map((owner) => roleAtStep(authority, owner, 'manager')))];
  const told = how.telling === 'nobody' ? [] : managers;
  const milestone = end(
    round,
    { status: 'completed', at: how.at, by: how.by, outcome },
    ...told.map((to): Announcement => ({ kind: 'progress-silent', to, readyAt: how.at, urgent: false })),
  );
  const why = how.reason === undefined ? '' : ` Closed by hand: ${how.reason}.`;
  return {
    kind: 'round-closed',
    milestone,
    text: `${round.title}: ${outcome}${why}`,
    data: { ...data, ...(how.reason === undefined ? {} : { reason: how.reason }) },
  };
}

/** Those who are still to answer are asked again, by the date that the round has now. */
export function askAgain(round: Milestone, state: LifecycleState, now: string): Milestone {
  if (round.round === undefined) return round;
  const waiting = awaited(milestonesOf(state), round.round);
  return announce(round, ...asksTo(waiting, 'progress-asked', now));
}

/** The next instant at which a round asks or reminds; undefined where it will not. Its end is its due instant. */
export function nextOfRound(round: Milestone, now: string, calendar: WorkingCalendar): string | undefined {
  if (!isRound(round) || !isPending(round)) return undefined;
  if (round.round === undefined) return opensAt(round);
  const at = remindsAt(round, calendar);
  return at === undefined || round.round.remindedFor === round.dueVersion || at <= now ? undefined : at;
}
