import { namesOf } from '../closed-table.ts';
import type { EntryKind } from '../lifecycle/entry-kinds.ts';
import type { Milestone } from '../milestone/milestone.ts';
import type { Happened } from '../schemas/inspection.ts';
import { MILESTONE_COMMANDS, type MilestoneCommand, type MilestoneCommandName } from './commands.ts';
import type { MilestoneCommandDefinition, StepContext } from './definition.ts';

const UNEXPLAINED = 'as the file says';

interface PastCommand {
  /** The command that somebody would have given then. */
  name: MilestoneCommandName;
  /** In a sentence about a milestone: "put on hold". */
  words: string;
  /** It was met, or is no longer to be met. */
  ends: boolean;
}

/** What an inspection file may say has happened to a milestone, as commands. */
export const PAST_COMMANDS: Record<Happened['what'], PastCommand> = {
  submitted: { name: 'submit', words: 'submitted', ends: true },
  completed: { name: 'complete', words: 'completed', ends: true },
  accepted: { name: 'accept', words: 'accepted', ends: true },
  returned: { name: 'sendBack', words: 'sent back', ends: false },
  waived: { name: 'waive', words: 'recorded as no longer applying', ends: true },
  extended: { name: 'extend', words: 'extended', ends: false },
  held: { name: 'hold', words: 'put on hold', ends: false },
  reassigned: { name: 'reassign', words: 'passed on', ends: false },
  acknowledged: { name: 'acknowledge', words: 'acknowledged', ends: false },
  reported: { name: 'progress', words: 'reported', ends: false },
};

/** What a file would say of an entry of this kind; undefined where it says nothing of it. */
export function pastOfEntry(kind: EntryKind): Happened['what'] | undefined {
  const names = namesOf(PAST_COMMANDS);
  return names.find((what) => entryOfPast(what) === kind);
}

/** The kind of entry by which it is on record. */
export function entryOfPast(what: Happened['what']): EntryKind {
  const [entry] = MILESTONE_COMMANDS[PAST_COMMANDS[what].name].entries;
  if (entry === undefined) throw new Error(`${what} makes no entry`);
  return entry;
}

/** As what it goes on record: what was met is submitted where somebody has yet to accept it, and completed otherwise. */
export function handedInAs(what: Happened['what'], { status }: Pick<Milestone, 'status'>): Happened['what'] {
  if (what !== 'submitted' && what !== 'completed') return what;
  return status === 'submitted' ? 'submitted' : 'completed';
}

/** It was met, or is no longer to be met. */
export function endsIt({ what }: Pick<Happened, 'what'>): boolean {
  return PAST_COMMANDS[what].ends;
}

/**
 * A milestone after what a file says has happened to it.
 *
 * @throws Refusal where that makes no sense
 */
export function afterPast(milestone: Milestone, past: Happened, context: StepContext): Milestone {
  const { name, payload } = commandOfPast(past);
  const then: StepContext = { ...context, onFile: true };
  return (MILESTONE_COMMANDS[name] as unknown as MilestoneCommandDefinition).step(milestone, payload, then);
}

/** The command that somebody would have given then. */
export function commandOfPast(past: Happened): MilestoneCommand {
  const { milestone, reason = UNEXPLAINED } = past;
  const evidence = past.evidence === undefined ? {} : { evidence: past.evidence };
  switch (past.what) {
    case 'submitted':
      return { name: 'submit', payload: { milestone, ...evidence } };
    case 'completed':
      return { name: 'complete', payload: { milestone, ...evidence } };
    case 'accepted':
      return { name: 'accept', payload: { milestone, ...evidence } };
    case 'returned':
      return { name: 'sendBack', payload: { milestone, to: past.dueOn ?? past.on, reason } };
    case 'waived':
      return { name: 'waive', payload: { milestone, reason } };
    case 'extended':
      return { name: 'extend', payload: { milestone, to: past.dueOn ?? past.on, body: past.body, reason } };
    case 'held': {
      const awaiting = past.awaiting === undefined ? {} : { awaiting: past.awaiting };
      return { name: 'hold', payload: { milestone, reason, reviewOn: past.reviewOn ?? past.on, ...awaiting } };
    }
    case 'reassigned':
      return {
        name: 'reassign',
        payload: {
          milestone,
          to: past.owner ?? past.by,
          ...(past.with === undefined ? {} : past.with.length === 0 ? { alone: true } : { with: past.with }),
        },
      };
    case 'acknowledged':
      return { name: 'acknowledge', payload: { milestone, promisedOn: past.promisedOn ?? past.on } };
    case 'reported': {
      const { rating, percent, forecast, text } = past;
      return { name: 'progress', payload: { milestone, rating, percent, forecast, text } };
    }
  }
}
