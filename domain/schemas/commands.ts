import { z } from 'zod';
import { authority } from './authority.ts';
import { published } from './bank-holidays.ts';
import { civilDate, line, paragraphs, slug, timeOfDay } from './common.ts';
import { appendix, callIn, callInOutcome, decision, planKind, planStage, reconsideration } from './inspection.ts';

/** Who asks: an id for the record, and the authority's role in which they act. */
export const actor = z.strictObject({ id: z.string().trim().min(1).max(200), role: slug });

/** A milestone's id, or the last part of it: `a1` is one. */
const milestone = z.string().min(1).max(200);

/** Every change a person can make; each is a Temporal Update of the same name. */
export const commands = {
  submit: z.strictObject({ milestone, on: civilDate.optional(), evidence: line.optional() }),
  complete: z.strictObject({ milestone, on: civilDate.optional(), evidence: line.optional() }),
  extend: z.strictObject({ milestone, to: civilDate, reason: line }),
  /** The owner asks for a later date; somebody who may grant it is told. */
  requestExtension: z.strictObject({ milestone, to: civilDate, reason: line }),
  declineExtension: z.strictObject({ milestone, reason: line }),
  hold: z.strictObject({ milestone, reason: line, awaiting: line.optional(), reviewOn: civilDate }),
  release: z.strictObject({ milestone, reason: line.optional(), workingDays: z.int().min(0).max(250).optional() }),
  waive: z.strictObject({ milestone, reason: line }),
  reassign: z.strictObject({ milestone, to: slug, reason: line.optional() }),
  acknowledge: z.strictObject({ milestone, promisedOn: civilDate, note: line.optional() }),
  decide: z.strictObject({ decision }),
  callIn: z.strictObject({ callIn: callIn.omit({ receivedOn: true }).extend({ receivedOn: civilDate.optional() }) }),
  /** The record of a decision has been published: its window starts. */
  publishDecision: z.strictObject({ decision: slug, on: civilDate.optional() }),
  resolveCallIn: z.strictObject({
    decision: slug,
    outcome: callInOutcome,
    on: civilDate.optional(),
    reasons: line.optional(),
  }),
  reconsider: z.strictObject({
    decision: slug,
    outcome: reconsideration,
    on: civilDate.optional(),
    reasons: line.optional(),
  }),
  implement: z.strictObject({ decision: slug, on: civilDate.optional() }),
  close: z.strictObject({ reason: line }),
  /** Mail that nobody got: what of it is still to be done is told again. `messageId` names the lost mail in the register. */
  resend: z.strictObject({
    messageId: z.string().min(3).max(1000),
    to: z.array(slug).min(1).max(50),
    milestones: z.array(milestone).max(1000),
    day: civilDate,
  }),
  /** The authority's file has changed: addresses, who is away, meetings, closure days. */
  changeAuthority: z.strictObject({ authority }),
  /** Bank holidays that an administrator has approved. */
  changeCalendar: z.strictObject({ published }),
  /** A version of a plan has reached a stage. */
  recordPlan: z.strictObject({
    plan: planKind,
    version: z.int().min(1).max(1000),
    stage: planStage,
    on: civilDate.optional(),
    by: line.optional(),
    note: line.optional(),
    appendices: z.array(appendix).max(50).optional(),
  }),
  /** Who was invited to a training session and who came: labels, which stay out of the chain. */
  recordAttendance: z.strictObject({
    session: slug,
    invited: z.array(line).min(1).max(500),
    attended: z.array(line).max(500),
  }),
  /** A member asks something; `by` stays out of the chain. */
  ask: z.strictObject({ id: slug.optional(), by: line, text: paragraphs, on: civilDate.optional() }),
  answer: z.strictObject({ question: slug, text: paragraphs, on: civilDate.optional() }),
  /** A date of the report, corrected. */
  correct: z.strictObject({
    received: civilDate.optional(),
    receivedAt: timeOfDay.optional(),
    published: civilDate.optional(),
    reason: line,
  }),
} as const;

export type Actor = z.infer<typeof actor>;
export type CommandName = keyof typeof commands;
export type CommandPayload<N extends CommandName> = z.infer<(typeof commands)[N]>;
/** One command with its payload, told apart by its name. */
export type Command = { [N in CommandName]: { name: N; payload: CommandPayload<N> } }[CommandName];
