import type { z } from '@hono/zod-openapi';
import { type CommandName, commands } from '../../../domain/schemas/commands.ts';

/** What a program may do, each by a route of its own. Files of authorities and calendars are an operator's business. */
const WORDS: Partial<Record<CommandName, string>> = {
  submit: 'A milestone has been sent or published',
  complete: 'A milestone is done',
  acknowledge: 'Promise a date for a milestone',
  requestExtension: 'Ask for a later date',
  extend: 'Grant a later date',
  declineExtension: 'Decline a later date',
  hold: 'Put a milestone on hold',
  release: 'Take a milestone off hold',
  waive: 'A milestone no longer applies',
  reassign: 'Give a milestone to another role',
  decide: 'Record a decision',
  publishDecision: 'The record of a decision has been published',
  callIn: 'Call a decision in',
  resolveCallIn: 'What scrutiny resolved',
  reconsider: 'What became of a referred decision',
  implement: 'A decision has been implemented',
  ask: 'A member’s question',
  answer: 'The answer to a question',
  recordPlan: 'A version of a plan has reached a stage',
  recordAttendance: 'Who came to a training session',
  correct: 'Correct the dates of the report',
  close: 'Close the inspection',
};

export interface ApiCommand {
  name: CommandName;
  summary: string;
  payload: z.ZodType;
}

export const API_COMMANDS: ApiCommand[] = (Object.entries(WORDS) as [CommandName, string][]).map(([name, summary]) => ({
  name,
  summary,
  payload: commands[name],
}));
