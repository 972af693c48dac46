import { formatDate } from '../calendar/civil-date.ts';
import { instantAt, localDate } from '../calendar/london.ts';
import type { Announcement } from '../milestone/milestone.ts';
import { isPending } from '../milestone/milestone-state.ts';
import { commandOfPast } from '../milestone/past-step.ts';
import { step } from '../milestone/step.ts';
import { requireRole } from '../authority/roles.ts';
import { Refusal } from '../refusal.ts';
import type { Happened } from '../schemas/inspection.ts';
import { STRANDS } from '../strands/strands.ts';
import { addresseeOf } from '../authority/addressee.ts';
import { withNextStep } from './next-step.ts';
import { record } from './record.ts';
import { replan } from './replan.ts';
import { calendarOf, type LifecycleStart, type LifecycleState } from './state.ts';

/**
 * Takes an inspection on: plans it, enters what has already happened by its own dates, and prepares one first notice
 * for each owner.
 *
 * @param now the instant of the start, UTC
 * @throws Refusal where what the file says has happened makes no sense, or a date in it can't be counted with
 */
export function openLifecycle(start: LifecycleStart, now: string): LifecycleState {
  mustBeAllowedToStart(start);
  const { inspection, authority } = start.facts;
  const empty: LifecycleState = {
    ...start,
    status: 'open',
    startedAt: now,
    milestones: {},
    ended: {},
    cyclesFrom: {},
    mail: {},
    seq: 0,
    unrecorded: [],
  };
  const started = record(empty, now, [
    {
      kind: 'inspection-started',
      actor: start.startedBy,
      text: `${inspection.title}: started.`,
      data: {
        title: inspection.title,
        division: authority.division,
        authorityName: authority.name,
        framework: start.facts.pack,
        calendar: start.calendar.version,
        ...(start.fileHash === undefined ? {} : { fileHash: start.fileHash }),
      },
    },
  ]);
  return withNextStep(empty, now, () =>
    greet(enterHistory(replan(started, now, 'the lifecycle was started'), now), now),
  );
}

const WORDS: Record<Happened['what'], string> = {
  submitted: 'submitted',
  completed: 'completed',
  waived: 'waived',
  extended: 'extended',
  held: 'put on hold',
  reassigned: 'passed on',
  acknowledged: 'acknowledged',
};

/** The particulars of what happened, as the record keeps them of a command. */
function saidOf({ evidence, reason, dueOn, reviewOn, awaiting, owner, promisedOn }: Happened): Record<string, string> {
  const said = { evidence, reason, to: dueOn ?? owner, reviewOn, awaiting, promisedOn };
  return Object.fromEntries(Object.entries(said).filter((pair): pair is [string, string] => pair[1] !== undefined));
}

/** What the file says has happened, and the windows that closed before the start. */
function enterHistory(state: LifecycleState, now: string): LifecycleState {
  const { facts } = state;
  const calendar = calendarOf(state);
  let next = state;
  for (const past of facts.inspection.happened) {
    const at = instantAt(past.on, past.at);
    const milestone = next.milestones[past.milestone];
    if (milestone === undefined)
      throw new Refusal(
        'unknown-milestone',
        `The file says that "${past.milestone}" was ${past.what} on ${formatDate(past.on)}, but the plan has no such milestone; it has ${Object.keys(next.milestones).join(', ')}.`,
      );
    if (at > now)
      throw new Refusal(
        'wrong-date',
        `The file says that "${past.milestone}" was ${past.what} on ${formatDate(past.on)}, which is in the future.`,
      );
    const actor = { id: 'file', role: past.by };
    const after = step(milestone, commandOfPast(past), { actor, now: at, facts, calendar });
    next = record({ ...next, milestones: { ...next.milestones, [after.id]: after } }, now, [
      {
        kind: `milestone-${past.what}`,
        milestone: after,
        actor,
        text: `${after.title}: ${WORDS[past.what]} on ${formatDate(past.on)}, before this lifecycle was started.`,
        data: { at, ...saidOf(past) },
      },
    ]);
  }
  for (const milestone of Object.values(next.milestones)) {
    if (milestone.dueAt > now || !isPending(milestone)) continue;
    const at = STRANDS[milestone.strand].atCutOff(milestone, facts, calendar);
    if (at.becomes !== 'completed') continue;
    const after = {
      ...milestone,
      status: 'completed' as const,
      outcome: at.outcome,
      completed: { at: milestone.dueAt, by: 'duecourse' },
    };
    next = record({ ...next, milestones: { ...next.milestones, [after.id]: after } }, now, [
      { kind: 'window-closed', milestone: after, text: `${after.title}: ${at.outcome}`, data: { at: milestone.dueAt } },
    ]);
  }
  return next;
}

/**
 * One notice to each owner of something still to be done: what is theirs, and when. Whoever started the lifecycle is
 * shown all of it, at once.
 */
function greet(state: LifecycleState, now: string): LifecycleState {
  const starter = state.startedBy.role;
  const present = addresseeOf(state.facts.authority, starter, localDate(now)).standsIn ? [] : [starter];
  const milestones = Object.fromEntries(
    Object.entries(state.milestones).map(([id, milestone]) => {
      if (!isPending(milestone)) return [id, milestone];
      const roles = [...new Set([...present, milestone.owner])];
      const announcements = roles.map((to): Announcement => ({
        kind: 'started',
        to,
        readyAt: now,
        urgent: true,
        ...(to === starter ? { atOnce: true } : {}),
      }));
      return [id, { ...milestone, announcements }];
    }),
  );
  return { ...state, milestones };
}

/** Managers and administrators start lifecycles. */
function mustBeAllowedToStart({ facts, startedBy }: LifecycleStart): void {
  const role = requireRole(facts.authority, startedBy.role);
  if (role.capacity !== 'manager' && role.capacity !== 'administrator')
    throw new Refusal(
      'not-permitted',
      `The role "${role.title}" may not start an inspection; managers and administrators may.`,
    );
}
