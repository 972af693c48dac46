import type { Milestone } from '../milestone/milestone.ts';

/** One that had ended, open again by the date that it had: it is told anew, what was told of that date before does not count. */
export function openedAgain(ended: Milestone): Milestone {
  const {
    completed: _completed,
    accepted: _accepted,
    waived: _waived,
    submitted: _submitted,
    outcome: _outcome,
    ...rest
  } = ended;
  return { ...rest, status: 'open', dueVersion: ended.dueVersion + 1, told: {}, missed: false, announcements: [] };
}
