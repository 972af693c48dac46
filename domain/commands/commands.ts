import { accept } from './accept.ts';
import { acknowledge } from './acknowledge.ts';
import { addInstrument } from './add-instrument.ts';
import { addEvidence } from './add-evidence.ts';
import { answer } from './answer.ts';
import { ask } from './ask.ts';
import { callIn } from './call-in.ts';
import { changeAuthority } from './change-authority.ts';
import { changeCalendar } from './change-calendar.ts';
import { changeCycle } from './change-cycle.ts';
import { chooseReading } from './choose-reading.ts';
import { close } from './close.ts';
import { closeRound } from './close-round.ts';
import { complete } from './complete.ts';
import { correct } from './correct.ts';
import { correctEvent } from './correct-event.ts';
import { correctMeasure } from './correct-measure.ts';
import { decide } from './decide.ts';
import { declineExtension } from './decline-extension.ts';
import type { CommandDefinition, Subject, SubjectOf } from './definition.ts';
import { event } from './event.ts';
import { extend } from './extend.ts';
import type { Fields, PayloadOf } from './fields.ts';
import { fallBack } from './fall-back.ts';
import { hold } from './hold.ts';
import { implement } from './implement.ts';
import { openRound } from './open-round.ts';
import { postponeRound } from './postpone-round.ts';
import { progress } from './progress.ts';
import { publishDecision } from './publish-decision.ts';
import { reassign } from './reassign.ts';
import { reassignMany } from './reassign-many.ts';
import { reconsider } from './reconsider.ts';
import { recordAttendance } from './record-attendance.ts';
import { recordMeasure } from './record-measure.ts';
import { recordPlan } from './record-plan.ts';
import { reissue } from './reissue.ts';
import { release } from './release.ts';
import { reopen } from './reopen.ts';
import { requestExtension } from './request-extension.ts';
import { resend } from './resend.ts';
import { resolveCallIn } from './resolve-call-in.ts';
import { revise } from './revise.ts';
import { ruleOut } from './rule-out.ts';
import { sendBack } from './send-back.ts';
import { submit } from './submit.ts';
import { waive } from './waive.ts';
import { withdrawCallIn } from './withdraw-call-in.ts';
import { withdrawDecision } from './withdraw-decision.ts';
import { withdrawInstrument } from './withdraw-instrument.ts';
import { withdrawQuestion } from './withdraw-question.ts';
import { withdraw } from './withdraw.ts';
import { writePart } from './write-part.ts';

/** What a person can do to one milestone, in the order in which they are likely to want it. */
export const MILESTONE_COMMANDS = {
  submit,
  complete,
  accept,
  sendBack,
  progress,
  acknowledge,
  requestExtension,
  extend,
  declineExtension,
  hold,
  release,
  reassign,
  waive,
};

/**
 * Every change that a person can make; each is a Temporal Update of the same name. Handlers, permissions, routes, forms,
 * the command line and the words of the record follow from this, and from nothing else.
 */
export const COMMANDS = {
  ...MILESTONE_COMMANDS,
  postponeRound,
  closeRound,
  openRound,
  reopen,
  revise,
  addEvidence,
  fallBack,
  decide,
  publishDecision,
  callIn,
  resolveCallIn,
  reconsider,
  implement,
  withdrawDecision,
  withdrawCallIn,
  ask,
  answer,
  withdrawQuestion,
  recordPlan,
  recordMeasure,
  correctMeasure,
  writePart,
  recordAttendance,
  event,
  correctEvent,
  ruleOut,
  addInstrument,
  withdrawInstrument,
  changeCycle,
  chooseReading,
  correct,
  reissue,
  reassignMany,
  close,
  withdraw,
  resend,
  changeAuthority,
  changeCalendar,
};

export type CommandName = keyof typeof COMMANDS;
export type MilestoneCommandName = keyof typeof MILESTONE_COMMANDS;
export const COMMAND_NAMES = Object.keys(COMMANDS) as CommandName[];

export type CommandPayload<N extends CommandName> =
  (typeof COMMANDS)[N] extends CommandDefinition<infer S extends Subject, infer F extends Fields>
    ? PayloadOf<F> & SubjectOf<S>
    : never;

/** One command with its payload, told apart by its name. */
export type Command = { [N in CommandName]: { name: N; payload: CommandPayload<N> } }[CommandName];
export type MilestoneCommand = Extract<Command, { name: MilestoneCommandName }>;

/** A command's definition, whichever it is: its payload is what its own schema has let pass. */
export function definitionOf(name: CommandName): CommandDefinition {
  return COMMANDS[name];
}
