import type { Happened } from '../schemas/inspection.ts';
import type { MilestoneCommand } from './step.ts';

const UNEXPLAINED = 'as the file says';

/** What an inspection file says has happened to a milestone, as the command that somebody would have given then. */
export function commandOfPast(past: Happened): MilestoneCommand {
  const { milestone, reason = UNEXPLAINED } = past;
  const evidence = past.evidence === undefined ? {} : { evidence: past.evidence };
  switch (past.what) {
    case 'submitted':
      return { name: 'submit', payload: { milestone, ...evidence } };
    case 'completed':
      return { name: 'complete', payload: { milestone, ...evidence } };
    case 'waived':
      return { name: 'waive', payload: { milestone, reason } };
    case 'extended':
      return { name: 'extend', payload: { milestone, to: past.dueOn ?? past.on, reason } };
    case 'held': {
      const awaiting = past.awaiting === undefined ? {} : { awaiting: past.awaiting };
      return { name: 'hold', payload: { milestone, reason, reviewOn: past.reviewOn ?? past.on, ...awaiting } };
    }
    case 'reassigned':
      return { name: 'reassign', payload: { milestone, to: past.owner ?? past.by } };
    case 'acknowledged':
      return { name: 'acknowledge', payload: { milestone, promisedOn: past.promisedOn ?? past.on } };
  }
}

/** It was met, or is no longer to be met. */
export function endsIt({ what }: Pick<Happened, 'what'>): boolean {
  return what === 'submitted' || what === 'completed' || what === 'waived';
}
