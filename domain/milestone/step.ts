import { type CivilDate, formatDate } from '../calendar/civil-date.ts';
import { workingDaysLeft } from '../calendar/lateness.ts';
import { formatInstant, instantAt, localDate } from '../calendar/london.ts';
import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import type { Facts } from '../facts/facts.ts';
import { findRole, requireRole, roleTitle } from '../authority/roles.ts';
import { roleAtStep } from '../plan/ladder.ts';
import { Refusal } from '../refusal.ts';
import type { Actor, Command } from '../schemas/commands.ts';
import type { Announcement, Milestone } from './milestone.ts';
import { announce, isEnded, isPending, moveDue } from './milestone-state.ts';

/** What a command about one milestone needs to know beside it. `now` is an instant, UTC. */
export interface StepContext {
  actor: Actor;
  now: string;
  facts: Facts;
  calendar: WorkingCalendar;
}

/** A command about one milestone. */
export type MilestoneCommand = Extract<Command, { payload: { milestone: string } }>;

/**
 * The milestone's state machine: the state after a command, or a refusal. Pure; who may ask is checked before.
 *
 * open → held → open; open → submitted → completed; open → completed; anything not ended → waived.
 *
 * @throws Refusal with a sentence for the person who asked
 */
export function step(milestone: Milestone, command: MilestoneCommand, context: StepContext): Milestone {
  if (isEnded(milestone))
    throw new Refusal(
      'wrong-state',
      `"${milestone.title}" is already ${milestone.status}; nothing more can be done to it.`,
    );
  switch (command.name) {
    case 'submit':
      return submit(milestone, command.payload, context);
    case 'complete':
      return complete(milestone, command.payload, context);
    case 'extend':
      return extend(milestone, command.payload, context);
    case 'requestExtension':
      return requestExtension(milestone, command.payload, context);
    case 'declineExtension':
      return declineExtension(milestone, command.payload, context);
    case 'hold':
      return hold(milestone, command.payload, context);
    case 'release':
      return release(milestone, command.payload, context);
    case 'waive':
      return waive(milestone, command.payload, context);
    case 'reassign':
      return reassign(milestone, command.payload, context);
    case 'acknowledge':
      return acknowledge(milestone, command.payload, context);
  }
}

type Payload<N extends MilestoneCommand['name']> = Extract<MilestoneCommand, { name: N }>['payload'];

function submit(milestone: Milestone, payload: Payload<'submit'>, context: StepContext): Milestone {
  if (milestone.status === 'submitted')
    throw new Refusal(
      'wrong-state',
      `"${milestone.title}" was already submitted on ${formatDate(localDate(milestone.submitted?.at ?? context.now))}.`,
    );
  mustNotBeHeld(milestone);
  const at = whenDone(payload.on, context);
  return { ...settled(milestone), status: 'submitted', submitted: done(at, payload.evidence, context) };
}

function complete(milestone: Milestone, payload: Payload<'complete'>, context: StepContext): Milestone {
  mustNotBeHeld(milestone);
  const at = whenDone(payload.on, context);
  return { ...settled(milestone), status: 'completed', completed: done(at, payload.evidence, context) };
}

function extend(milestone: Milestone, payload: Payload<'extend'>, { calendar, now }: StepContext): Milestone {
  mustBeExtendable(milestone, payload.to, now);
  const because = `it was extended: ${payload.reason}`;
  const moved = moveDue(milestone, ownDate(milestone, payload.to, because, calendar), because);
  return announce({ ...moved, extendedTo: payload.to }, toOwner('moved', milestone, now));
}

/** The owner asks for a later date: who may grant it is told at once. */
function requestExtension(
  milestone: Milestone,
  { to, reason }: Payload<'requestExtension'>,
  { actor, now, facts }: StepContext,
): Milestone {
  mustBeExtendable(milestone, to, now);
  const grants = roleAtStep(facts.authority, milestone.owner, 'manager');
  const text = `${roleTitle(facts.authority, actor.role)} asks for it to be due on ${formatDate(to)}: ${reason}. Please grant or decline it.`;
  return announce(
    { ...milestone, extensionRequested: { to, reason, by: actor.role, at: now } },
    { kind: 'extension-requested', to: grants, readyAt: now, urgent: false, text },
  );
}

function declineExtension(
  milestone: Milestone,
  { reason }: Payload<'declineExtension'>,
  { now }: StepContext,
): Milestone {
  const { extensionRequested: asked, ...rest } = milestone;
  if (asked === undefined)
    throw new Refusal('wrong-state', `Nobody has asked for a later date for "${milestone.title}".`);
  const announcements = milestone.announcements.filter((each) => each.kind !== 'extension-requested');
  const text = `A later date was declined: ${reason}. It stays due on ${formatDate(milestone.due)}.`;
  return announce({ ...rest, announcements }, toOwner('extension-declined', milestone, now, text));
}

function mustBeExtendable(milestone: Milestone, to: CivilDate, now: string): void {
  mustBePending(milestone, 'extended');
  if (!milestone.extendable)
    throw new Refusal(
      'statutory-date',
      `"${milestone.title}" is due on ${formatDate(milestone.due)} by ${milestone.rule.citation.cite}; that date can't be extended. If a fact behind it is wrong, correct the fact.`,
    );
  if (to <= milestone.due)
    throw new Refusal(
      'wrong-date',
      `The new date ${formatDate(to)} is not after the present one, ${formatDate(milestone.due)}.`,
    );
  if (to <= localDate(now)) throw new Refusal('wrong-date', `The new date ${formatDate(to)} is not in the future.`);
}

function hold(milestone: Milestone, payload: Payload<'hold'>, { calendar, now }: StepContext): Milestone {
  if (milestone.status === 'held')
    throw new Refusal('wrong-state', `"${milestone.title}" is already on hold: ${milestone.hold?.reason ?? ''}.`);
  mustBePending(milestone, 'put on hold');
  const today = localDate(now);
  if (payload.reviewOn <= today)
    throw new Refusal('wrong-date', `The review date ${formatDate(payload.reviewOn)} is not in the future.`);
  const left = Math.max(0, workingDaysLeft(milestone.due, today, calendar));
  const held = {
    reason: payload.reason,
    reviewOn: payload.reviewOn,
    since: now,
    workingDaysLeft: left,
    ...(payload.awaiting === undefined ? {} : { awaiting: payload.awaiting }),
  };
  const text = `On hold: ${payload.reason}. To be reviewed on ${formatDate(payload.reviewOn)}.${milestone.strength === 'statutory' ? ' The statutory due date does not move.' : ''}`;
  return announce({ ...milestone, status: 'held', hold: held }, toOwner('held', milestone, now, text));
}

function release(milestone: Milestone, payload: Payload<'release'>, { calendar, now }: StepContext): Milestone {
  const { hold: held, ...rest } = milestone;
  if (milestone.status !== 'held' || held === undefined)
    throw new Refusal('wrong-state', `"${milestone.title}" is not on hold; it is ${milestone.status}.`);
  if (milestone.strength === 'statutory' && payload.workingDays !== undefined)
    throw new Refusal(
      'statutory-date',
      `"${milestone.title}" is a statutory duty: its due date, ${formatDate(milestone.due)}, never moves with a hold.`,
    );
  const opened: Milestone = {
    ...rest,
    status: 'open',
    announcements: milestone.announcements.filter((each) => each.kind !== 'held' && each.kind !== 'review-due'),
  };
  const reason = payload.reason === undefined ? '' : `: ${payload.reason}`;
  const told = toOwner('released', milestone, now, `No longer on hold${reason}.`);
  const n = payload.workingDays ?? held.workingDaysLeft;
  const due = calendar.addWorkingDays(localDate(now), n);
  const stays =
    milestone.strength === 'statutory' ||
    (payload.workingDays === undefined && (held.workingDaysLeft === 0 || due <= milestone.due));
  if (stays) return announce(opened, told);
  const because = `it was on hold (${held.reason}) and was released with ${n} working day${n === 1 ? '' : 's'} to go`;
  return announce({ ...moveDue(opened, ownDate(milestone, due, because, calendar), because), extendedTo: due }, told);
}

function waive(milestone: Milestone, payload: Payload<'waive'>, context: StepContext): Milestone {
  const { facts, actor, now } = context;
  const capacity = findRole(facts.authority, actor.role)?.capacity;
  const senior =
    capacity === 'administrator' ||
    actor.role === facts.authority.chain.director ||
    actor.role === facts.authority.chain.chiefExecutive;
  if (milestone.strength === 'statutory' && !senior)
    throw new Refusal(
      'not-permitted',
      `"${milestone.title}" is a statutory duty: only the director, the chief executive or an administrator can record that it no longer applies.`,
    );
  return { ...settled(milestone), status: 'waived', waived: { at: now, by: actor.role, reason: payload.reason } };
}

function reassign(milestone: Milestone, payload: Payload<'reassign'>, { facts, now }: StepContext): Milestone {
  requireRole(facts.authority, payload.to);
  if (payload.to === milestone.owner)
    throw new Refusal(
      'wrong-state',
      `"${milestone.title}" already belongs to ${roleTitle(facts.authority, payload.to)}.`,
    );
  const { acknowledged: _promise, ...rest } = milestone;
  const text = `Passed on from ${roleTitle(facts.authority, milestone.owner)}${payload.reason === undefined ? '' : `: ${payload.reason}`}.`;
  const own = milestone.announcements.filter((each) => each.to !== milestone.owner);
  const moved: Milestone = { ...rest, owner: payload.to, reassigned: true, announcements: own };
  return announce(moved, toOwner('reassigned', moved, now, text));
}

function acknowledge(milestone: Milestone, payload: Payload<'acknowledge'>, { actor, now }: StepContext): Milestone {
  mustBePending(milestone, 'acknowledged');
  if (payload.promisedOn < localDate(now))
    throw new Refusal('wrong-date', `The promised date ${formatDate(payload.promisedOn)} is in the past.`);
  return { ...milestone, acknowledged: { by: actor.role, promisedOn: payload.promisedOn, at: now } };
}

function mustBePending(milestone: Milestone, what: string): void {
  if (!isPending(milestone))
    throw new Refusal('wrong-state', `"${milestone.title}" is ${milestone.status}, so it can't be ${what}.`);
}

function mustNotBeHeld(milestone: Milestone): void {
  if (milestone.status === 'held')
    throw new Refusal(
      'wrong-state',
      `"${milestone.title}" is on hold (${milestone.hold?.reason ?? ''}); release it first.`,
    );
}

/** What is no longer to be told once the duty is met or gone. */
function settled(milestone: Milestone): Milestone {
  const { hold: _hold, acknowledged: _promise, extensionRequested: _asked, ...rest } = milestone;
  return { ...rest, announcements: [] };
}

/** The instant at which it was done: now, or midday on an earlier day that the person names. */
function whenDone(on: CivilDate | undefined, { now }: StepContext): string {
  if (on === undefined || on === localDate(now)) return now;
  const at = instantAt(on, '12:00');
  if (at > now) throw new Refusal('wrong-date', `${formatDate(on)} is in the future.`);
  return at;
}

function done(
  at: string,
  evidence: string | undefined,
  { actor }: StepContext,
): { at: string; by: string; evidence?: string } {
  return { at, by: actor.role, ...(evidence === undefined ? {} : { evidence }) };
}

/** A date set by a person, with its own explanation after the one it replaces. */
function ownDate(
  milestone: Milestone,
  due: CivilDate,
  because: string,
  calendar: WorkingCalendar,
): Pick<Milestone, 'due' | 'dueAt' | 'provisional' | 'explanation'> {
  const dueAt = instantAt(due, milestone.cutOff);
  const explanation = [
    `Moved from ${formatDate(milestone.due)} to ${formatDate(due)}, because ${because}.`,
    `It is late after ${formatInstant(dueAt)}.`,
    'How the date before it was worked out:',
    ...milestone.explanation,
  ].slice(0, 40);
  return { due, dueAt, provisional: calendar.isProvisional(due), explanation };
}

function toOwner(kind: Announcement['kind'], milestone: Milestone, now: string, text?: string): Announcement {
  return { kind, to: milestone.owner, readyAt: now, urgent: false, ...(text === undefined ? {} : { text }) };
}
