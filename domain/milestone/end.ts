import { hasLapsed } from './statuses.ts';
import { oneStop } from '../unstopped.ts';
import type { Announcement, Milestone } from './milestone.ts';
import { withOneStop } from './milestone-state.ts';

/** How a milestone ends, or is submitted: by whom, when, and what is to be kept of it. Instants are UTC. */
export type Ending =
  | {
      status: 'submitted' | 'completed';
      at: string;
      by: string;
      evidence?: string | undefined;
      outcome?: string;
      accepted?: Milestone['accepted'];
    }
  | { status: 'waived'; at: string; by: string; reason: string }
  | { status: 'lapsed' }
  | { status: 'unfinished' }
  | { status: 'missed' };

/**
 * Ends a milestone, or hands it in: the one way, whoever or whatever does it. A hold, a promise, a request for a later date
 * and whatever was still to be told about it go with it; what is told of the end itself is given.
 */
export function end(milestone: Milestone, how: Ending, ...announcements: Announcement[]): Milestone {
  const { hold: _hold, acknowledged: _promise, extensionRequested: _request, ...rest } = milestone;
  return { ...rest, status: how.status, ...marksOf(how), announcements: announcements.map(withOneStop) };
}

function marksOf(how: Ending): Partial<Milestone> {
  if (how.status === 'lapsed' || how.status === 'unfinished' || how.status === 'missed') return {};
  if (how.status === 'waived') return { waived: { at: how.at, by: how.by, reason: how.reason } };
  const { status, at, by, evidence, outcome, accepted } = how;
  return {
    [status]: { at, by, ...(evidence === undefined ? {} : { evidence }) },
    ...(outcome === undefined ? {} : { outcome: oneStop(outcome) }),
    ...(accepted === undefined ? {} : { accepted }),
  };
}

/**
 * The instant (UTC) at which a milestone was met, or recorded as no longer applying: what was accepted, as it was submitted; undefined
 * where nobody has said when it ended.
 */
export function instantOfEnd({
  status,
  submitted,
  completed,
  waived,
}: Pick<Milestone, 'status' | 'submitted' | 'completed' | 'waived'>): string | undefined {
  if (hasLapsed({ status })) return undefined;
  return status === 'waived' ? waived?.at : (submitted?.at ?? completed?.at);
}
