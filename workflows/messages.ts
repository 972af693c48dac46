import { ORDINARY } from '../domain/strands/strand.ts';
import { defineQuery, defineUpdate } from '@temporalio/workflow';
import type { PublishedHolidays } from '../domain/calendar/published-holidays.ts';
import type { Move } from '../domain/lifecycle/change-calendar.ts';
import type { Actor, Command, CommandName } from '../domain/schemas/commands.ts';
import type { LifecycleStart } from '../domain/lifecycle/state.ts';
import type { LifecycleView, MilestoneView } from '../domain/lifecycle/view.ts';

/** What every update carries: who asks, and what. */
export interface CommandRequest {
  actor: Actor;
  payload: Command['payload'];
}

/** What every update returns: the new state of what it changed. */
export interface CommandResult {
  status: LifecycleView['status'];
  /** The milestone it was about, where it was about one. */
  milestone: MilestoneView | null;
  /** The register entry that records it has this number, or a lower one. */
  seq: number;
}

/**
 * Updates, not signals: a person who makes a change must be told at once whether it holds, and why if it does not.
 * There is one for each command, of the same name.
 */
export const COMMAND_NAMES: readonly CommandName[] = [
  ...ORDINARY,
  'decide',
  'callIn',
  'close',
  'resend',
  'changeAuthority',
  'changeCalendar',
  'correct',
  'ask',
  'answer',
  'publishDecision',
  'resolveCallIn',
  'reconsider',
  'implement',
  'recordPlan',
  'recordAttendance',
];

export const commandUpdate = (name: CommandName) => defineUpdate<CommandResult, [CommandRequest]>(name);

/** Which open milestones would move under other bank holidays; nothing is changed. */
export const movesQuery = defineQuery<Move[], [PublishedHolidays]>('moves');

/** The whole inspection in one answer. */
export const lifecycleQuery = defineQuery<LifecycleView>('lifecycle');

/** What the inspection rests on: its facts as they now stand, and the calendar that it counts by. */
export const factsQuery = defineQuery<Pick<LifecycleStart, 'facts' | 'calendar'>>('facts');
