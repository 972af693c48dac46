import { defineQuery, defineUpdate } from '@temporalio/workflow';
import type { PublishedHolidays } from '../domain/calendar/published-holidays.ts';
import type { Actor } from '../domain/commands/actor.ts';
import type { Command, CommandName } from '../domain/commands/commands.ts';
import type { Move } from '../domain/commands/moves.ts';
import type { Mended } from '../domain/lifecycle/mended.ts';
import type { Pulse } from '../domain/lifecycle/pulse.ts';
import type { StatePiece, StateRequest } from '../domain/lifecycle/shared-state.ts';
import type { KeptRequest } from '../domain/lifecycle/kept-state.ts';
import type { TextPiece } from '../domain/lifecycle/pieces.ts';
import type { LifecycleView, ViewedMilestone } from '../domain/lifecycle/view.ts';

/** What every update carries: who asks, and what. */
export interface CommandRequest {
  actor: Actor;
  payload: Command['payload'];
  /**
   * The last instant (UTC) at which it may be taken, by the engine's clock: whoever asked has been told by then that it was
   * not. Absent where lifecycles skip time.
   */
  notAfter?: string;
}

/** What every update returns: the new state of what it changed. */
export interface CommandResult {
  status: LifecycleView['status'];
  /** The milestone it was about, where it was about one. */
  milestone: ViewedMilestone | null;
  /** The register entry that records it has this number, or a lower one. */
  seq: number;
  /** What is remarked on dates that were given, where they are days off; absent from lifecycles of before. */
  remarks?: string[];
}

/**
 * Updates, not signals: a person who makes a change must be told at once whether it holds, and why if it does not.
 * There is one for each command, of the same name.
 */
export const commandUpdate = (name: CommandName) => defineUpdate<CommandResult, [CommandRequest]>(name);

/** Which open milestones would move under other bank holidays; nothing is changed. */
export const movesQuery = defineQuery<Move[], [PublishedHolidays]>('moves');

/**
 * What the inspection keeps, a piece at a time, and its present instant: whoever asks works out from it what it looks like,
 * and what can be done, by the same functions as the lifecycle itself.
 */
export const stateQuery = defineQuery<StatePiece, [StateRequest]>('state');

/** All that the inspection needs to go on from here, for the register; asked once entries up to a number are about to be recorded. */
export const stateToKeepQuery = defineQuery<TextPiece | null, [KeptRequest]>('stateToKeep');

/** How it goes on, in little. */
export const pulseQuery = defineQuery<Pulse>('pulse');

/** The register has again what the inspection takes it to have: that is recorded, and it goes on. */
export const mendedUpdate = defineUpdate<void, [Mended]>('mended');
