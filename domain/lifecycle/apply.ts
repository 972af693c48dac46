import { formatDate } from '../calendar/civil-date.ts';
import { localDate } from '../calendar/london.ts';
import type { Milestone } from '../milestone/milestone.ts';
import { announce, isPending } from '../milestone/milestone-state.ts';
import { mustBePermitted } from '../milestone/permissions.ts';
import { type MilestoneCommand, step } from '../milestone/step.ts';
import { roleTitle } from '../plan/facts.ts';
import { Refusal } from '../refusal.ts';
import type { Actor, Command, CommandPayload } from '../schemas/commands.ts';
import { callInAudience, reviewId, windowId } from '../strands/call-in-window.ts';
import { QUESTION_RULE } from '../strands/member-briefings.ts';
import { STRANDS } from '../strands/strands.ts';
import { changeAuthority } from './change-authority.ts';
import { changeCalendar } from './change-calendar.ts';
import { correctFacts } from './correct-facts.ts';
import type { EntryKind } from './entry.ts';
import { record } from './record.ts';
import { answer, ask, reportAnswers } from './questions.ts';
import { replan } from './replan.ts';
import { resend } from './resend.ts';
import { calendarOf, type LifecycleState } from './state.ts';

/**
 * What a person's command makes of the state; pure, so that a validator can try it and throw the result away.
 *
 * @param now an instant, UTC
 * @throws Refusal where the command makes no sense in this state, or the role may not give it
 */
export function apply(state: LifecycleState, command: Command, actor: Actor, now: string): LifecycleState {
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
    case 'close':
      return close(state, command.payload, actor, now);
    case 'resend':
      return resend(state, command.payload, actor, now);
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

function decide(
  state: LifecycleState,
  { decision }: CommandPayload<'decide'>,
  actor: Actor,
  now: string,
): LifecycleState {
  const { facts } = state;
  mustBePermitted('decide', actor, facts);
  const today = localDate(now);
  if (facts.inspection.decisions.some((each) => each.id === decision.id))
    throw new Refusal('duplicate', `A decision "${decision.id}" is already recorded.`);
  if (decision.takenOn > today)
    throw new Refusal(
      'wrong-date',
      `The decision can't have been taken on ${formatDate(decision.takenOn)}, in the future.`,
    );
  if (decision.publishedOn < decision.takenOn)
    throw new Refusal(
      'wrong-date',
      `The decision can't be published on ${formatDate(decision.publishedOn)}, before it was taken on ${formatDate(decision.takenOn)}.`,
    );
  if (decision.urgent && decision.reasons === undefined)
    throw new Refusal(
      'missing-reason',
      'An urgent decision is exempt from call-in only where its reasons are recorded.',
    );
  if (decision.body !== undefined && !facts.authority.bodies.some((each) => each.id === decision.body))
    throw new Refusal(
      'unknown-role',
      `${facts.authority.name} has no body "${decision.body}"; its bodies are ${facts.authority.bodies.map((each) => each.id).join(', ')}.`,
    );
  if (facts.constitution === null && !decision.urgent)
    throw new Refusal(
      'unknown-rule',
      `${facts.authority.name} has no constitution on file, so the call-in window can't be worked out. Name one in the authority's file.`,
    );
  const inspection = { ...facts.inspection, decisions: [...facts.inspection.decisions, decision] };
  const text = `Decision recorded: ${decision.title}, taken on ${formatDate(decision.takenOn)}, published on ${formatDate(decision.publishedOn)}${decision.urgent ? '; urgent, exempt from call-in' : ''}.`;
  const recorded = record({ ...state, facts: { ...facts, inspection } }, now, [
    { kind: 'decision-recorded', actor, text, data: { decision } },
  ]);
  return replan(recorded, now, `the decision "${decision.title}" was recorded`);
}

function callIn(state: LifecycleState, payload: CommandPayload<'callIn'>, actor: Actor, now: string): LifecycleState {
  const { facts } = state;
  mustBePermitted('callIn', actor, facts);
  const called = { ...payload.callIn, receivedOn: payload.callIn.receivedOn ?? localDate(now) };
  const decision = facts.inspection.decisions.find((each) => each.id === called.decision);
  if (decision === undefined)
    throw new Refusal(
      'unknown-decision',
      `There is no decision "${called.decision}" in this inspection. Recorded: ${facts.inspection.decisions.map((each) => each.id).join(', ') || 'none'}.`,
    );
  if (decision.urgent) throw new Refusal('window-closed', `"${decision.title}" was urgent and is exempt from call-in.`);
  if (facts.inspection.callIns.some((each) => each.decision === decision.id))
    throw new Refusal('duplicate', `"${decision.title}" has already been called in.`);
  const window = state.milestones[windowId(decision.id)];
  if (window === undefined || !isPending(window) || window.dueAt <= now)
    throw new Refusal('window-closed', `The call-in window of "${decision.title}" has closed.`);
  const inspection = { ...facts.inspection, callIns: [...facts.inspection.callIns, called] };
  const text = `Called in by ${called.by}: ${called.reasons}. The decision must not be implemented until scrutiny has considered it.`;
  const closed: Milestone = {
    ...window,
    status: 'completed',
    outcome: 'Called in.',
    completed: { at: now, by: actor.role },
  };
  const recorded = record(
    { ...state, facts: { ...facts, inspection }, milestones: { ...state.milestones, [closed.id]: closed } },
    now,
    [
      {
        kind: 'call-in-received',
        milestone: closed,
        actor,
        text: `${decision.title}: ${text}`,
        data: { callIn: called },
      },
    ],
  );
  const planned = replan(recorded, now, `"${decision.title}" was called in`);
  const carrier = planned.milestones[reviewId(decision.id)] ?? closed;
  const told = announce(
    carrier,
    ...callInAudience(facts).map((to) => ({ kind: 'call-in-received' as const, to, readyAt: now, urgent: true, text })),
  );
  return { ...planned, milestones: { ...planned.milestones, [told.id]: told } };
}

function close(state: LifecycleState, { reason }: CommandPayload<'close'>, actor: Actor, now: string): LifecycleState {
  mustBePermitted('close', actor, state.facts);
  const pending = Object.values(state.milestones).filter(isPending);
  const holding = pending.filter((each) => each.strength === 'statutory' || isWindow(each));
  if (holding.length > 0)
    throw new Refusal(
      'duties-open',
      `The inspection can't be closed while these are open: ${holding.map((each) => `"${each.title}" (due ${formatDate(each.due)})`).join(', ')}. Complete them, or have them waived, first.`,
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
