import { formatDate } from '../calendar/civil-date.ts';
import type { Milestone } from '../milestone/milestone.ts';
import { isPending } from '../milestone/milestone-state.ts';
import { mustBePermitted } from '../milestone/permissions.ts';
import { type MilestoneCommand, step } from '../milestone/step.ts';
import { roleTitle } from '../authority/roles.ts';
import { Refusal } from '../refusal.ts';
import type { Actor, Command, CommandPayload } from '../schemas/commands.ts';
import { isOfDecision, windowId } from '../strands/call-in-window.ts';
import { QUESTION_RULE } from '../strands/member-briefings.ts';
import { STRANDS } from '../strands/strands.ts';
import { changeAuthority } from './change-authority.ts';
import { changeCalendar } from './change-calendar.ts';
import { correctFacts } from './correct-facts.ts';
import { callIn, decide, implement, publishDecision, reconsider, resolveCallIn } from './decisions.ts';
import type { EntryKind } from './entry.ts';
import { recordPlan } from './plans.ts';
import { withNextStep } from './next-step.ts';
import { record } from './record.ts';
import { answer, ask, reportAnswers } from './questions.ts';
import { replan } from './replan.ts';
import { resend } from './resend.ts';
import { recordAttendance } from './training.ts';
import { calendarOf, type LifecycleState } from './state.ts';

/**
 * What a person's command makes of the state; pure, so that a validator can try it and throw the result away.
 *
 * @param now an instant, UTC
 * @throws Refusal where the command makes no sense in this state, the role may not give it, or the lifecycle could not go
 *   on with what would come of it
 */
export function apply(state: LifecycleState, command: Command, actor: Actor, now: string): LifecycleState {
  return withNextStep(state, now, () => carriedOut(state, command, actor, now));
}

function carriedOut(state: LifecycleState, command: Command, actor: Actor, now: string): LifecycleState {
  if (state.status !== 'open')
    throw new Refusal(
      'inspection-closed',
      `${state.facts.inspection.title} is ${state.status}; nothing more can be done to it.`,
    );
  switch (command.name) {
    case 'decide':
      return decide(state, command.payload, actor, now);
    case 'callIn':
      return callIn(state, command.payload, actor, now);
    case 'publishDecision':
      return publishDecision(state, command.payload, actor, now);
    case 'resolveCallIn':
      return resolveCallIn(state, command.payload, actor, now);
    case 'reconsider':
      return reconsider(state, command.payload, actor, now);
    case 'implement':
      return implement(state, command.payload, actor, now);
    case 'close':
      return close(state, command.payload, actor, now);
    case 'resend':
      return resend(state, command.payload, actor, now);
    case 'recordPlan':
      return recordPlan(state, command.payload, actor, now);
    case 'recordAttendance':
      return recordAttendance(state, command.payload, actor, now);
    case 'ask':
      return ask(state, command.payload, actor, now);
    case 'answer':
      return answer(state, command.payload, actor, now);
    case 'correct':
      return correctFacts(state, command.payload, actor, now);
    case 'changeCalendar':
      return changeCalendar(state, command.payload, actor, now);
    case 'changeAuthority':
      return changeAuthority(state, command.payload, actor, now);
    default:
      return applyToMilestone(state, command, actor, now);
  }
}

const ENTRY_KINDS: Record<MilestoneCommand['name'], EntryKind> = {
  submit: 'milestone-submitted',
  complete: 'milestone-completed',
  extend: 'milestone-extended',
  requestExtension: 'extension-requested',
  declineExtension: 'extension-declined',
  hold: 'milestone-held',
  release: 'milestone-released',
  waive: 'milestone-waived',
  reassign: 'milestone-reassigned',
  acknowledge: 'milestone-acknowledged',
};

function applyToMilestone(state: LifecycleState, command: MilestoneCommand, actor: Actor, now: string): LifecycleState {
  const before = findMilestone(state, command.payload.milestone);
  mustBePermitted(command.name, actor, state.facts, before);
  if (!STRANDS[before.strand].understands.includes(command.name))
    throw new Refusal('unknown-command', `"${before.title}" can't be asked to ${command.name}.`);
  if (isWindow(before) && (command.name === 'submit' || command.name === 'complete'))
    throw new Refusal(
      'wrong-state',
      `"${before.title}" closes of itself on ${formatDate(before.due)}; until then it can only be called in or waived.`,
    );
  if (
    isOfDecision(before) &&
    (state.facts.edition ?? 1) >= 2 &&
    (command.name === 'submit' || command.name === 'complete')
  )
    throw new Refusal(
      'wrong-state',
      `"${before.title}" is met by recording what happened: that the record was published, what scrutiny resolved, or what became of the decision.`,
    );
  if (isQuestion(before) && (command.name === 'submit' || command.name === 'complete'))
    throw new Refusal('wrong-state', `"${before.title}" is met by its answer: give the answer itself.`);
  const after = step(before, command, { actor, now, facts: state.facts, calendar: calendarOf(state) });
  const { milestone: _id, ...data } = command.payload;
  const next = record({ ...state, milestones: { ...state.milestones, [after.id]: after } }, now, [
    {
      kind: ENTRY_KINDS[command.name],
      milestone: after,
      actor,
      text: sentence(command, before, after, state, actor),
      data: { ...data, due: after.due, dueVersion: after.dueVersion },
    },
  ]);
  const told = lapsePreparations(reportAnswers(next, after), after, now);
  return after.occurrence === undefined ? told : replan(told, now, 'the cycle went on');
}

/** What was to be made ready for a duty lapses once that is met or waived. */
function lapsePreparations(state: LifecycleState, duty: Milestone, now: string): LifecycleState {
  if (isPending(duty)) return state;
  const open = Object.values(state.milestones).filter((each) => each.preparesFor === duty.id && isPending(each));
  if (open.length === 0) return state;
  const lapsed = open.map((each): Milestone => ({ ...each, status: 'lapsed', announcements: [] }));
  const milestones = { ...state.milestones, ...Object.fromEntries(lapsed.map((each) => [each.id, each])) };
  return record(
    { ...state, milestones },
    now,
    lapsed.map((each) => ({
      kind: 'milestone-lapsed' as const,
      milestone: each,
      text: `${each.title}: lapsed, because the duty it was for is ${duty.status}.`,
    })),
  );
}

/** A member's question: met by its answer alone. */
function isQuestion(milestone: Milestone): boolean {
  return milestone.rule.id === QUESTION_RULE;
}

function isWindow(milestone: Milestone): boolean {
  return milestone.decision !== undefined && milestone.id === windowId(milestone.decision);
}

/** A milestone by its id, or by the last part of it where that is not ambiguous. */
export function findMilestone(state: LifecycleState, name: string): Milestone {
  const exact = state.milestones[name];
  if (exact !== undefined) return exact;
  const ended = state.ended[name];
  if (ended !== undefined)
    throw new Refusal('wrong-state', `"${ended.title}" is already ${ended.status}; nothing more can be done to it.`);
  const ends = Object.values(state.milestones).filter((each) => each.id.endsWith(`/${name}`));
  if (ends.length === 1 && ends[0] !== undefined) return ends[0];
  const open = Object.values(state.milestones)
    .filter(isPending)
    .map((each) => each.id);
  throw new Refusal(
    'unknown-milestone',
    `There is no milestone "${name}" in this inspection. Open ones: ${open.slice(0, 20).join(', ')}${open.length > 20 ? ` and ${open.length - 20} more` : ''}.`,
  );
}

function sentence(
  command: MilestoneCommand,
  before: Milestone,
  after: Milestone,
  state: LifecycleState,
  actor: Actor,
): string {
  const who = roleTitle(state.facts.authority, actor.role);
  const title = before.title;
  switch (command.name) {
    case 'submit':
      return `${title}: submitted by ${who}.`;
    case 'complete':
      return `${title}: completed by ${who}.`;
    case 'extend':
      return `${title}: extended by ${who} from ${formatDate(before.due)} to ${formatDate(after.due)}: ${command.payload.reason}.`;
    case 'requestExtension':
      return `${title}: ${who} asks for it to be due on ${formatDate(command.payload.to)}: ${command.payload.reason}.`;
    case 'declineExtension':
      return `${title}: a later date was declined by ${who}: ${command.payload.reason}.`;
    case 'hold':
      return `${title}: put on hold by ${who} until a review on ${formatDate(command.payload.reviewOn)}: ${command.payload.reason}.`;
    case 'release':
      return `${title}: released by ${who}; due ${formatDate(after.due)}.`;
    case 'waive':
      return `${title}: waived by ${who}: ${command.payload.reason}.`;
    case 'reassign':
      return `${title}: passed by ${who} to ${roleTitle(state.facts.authority, after.owner)}.`;
    case 'acknowledge':
      return `${title}: acknowledged by ${who}, promised for ${formatDate(command.payload.promisedOn)}.`;
  }
}

function close(state: LifecycleState, { reason }: CommandPayload<'close'>, actor: Actor, now: string): LifecycleState {
  mustBePermitted('close', actor, state.facts);
  const pending = Object.values(state.milestones).filter(isPending);
  const blocking = pending.filter((each) => each.strength === 'statutory' || isWindow(each));
  if (blocking.length > 0)
    throw new Refusal(
      'duties-open',
      `The inspection can't be closed while these are open: ${blocking.map((each) => `"${each.title}" (due ${formatDate(each.due)})`).join(', ')}. Complete them, or have them waived, first.`,
    );
  const lapsed = pending.map((each): Milestone => ({ ...each, status: 'lapsed', announcements: [] }));
  const milestones: Record<string, Milestone> = Object.fromEntries(
    Object.entries(state.milestones).map(([id, each]) => [id, { ...each, announcements: [] }]),
  );
  for (const each of lapsed) milestones[each.id] = each;
  return record({ ...state, status: 'closed', milestones }, now, [
    ...lapsed.map((each) => ({
      kind: 'milestone-lapsed' as const,
      milestone: each,
      actor,
      text: `${each.title}: lapsed when the inspection was closed.`,
    })),
    {
      kind: 'inspection-closed' as const,
      actor,
      text: `Closed by ${roleTitle(state.facts.authority, actor.role)}: ${reason}`,
      data: { reason },
    },
  ]);
}
