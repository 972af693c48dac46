import { isAcceptance } from '../acceptance/awaiting.ts';
import type { Milestone } from '../milestone/milestone.ts';
import { ROUND_RULE } from './plan-rounds.ts';

/** What a round has to know of an action. */
type Asked = Pick<Milestone, 'id' | 'title' | 'owner' | 'status' | 'strand' | 'rule' | 'progress'>;

export const isRound = ({ rule }: Pick<Milestone, 'rule'>): boolean => rule.id === ROUND_RULE;

/** The actions whose owners are asked: those that are to be done, and not on hold. */
export function askedAbout<A extends Asked>(milestones: readonly A[]): A[] {
  return milestones.filter(
    (each) => each.strand === 'improvement-actions' && each.status === 'open' && !isAcceptance(each),
  );
}

/** Has an action been reported on since a round was opened? */
export const isAnswered = ({ progress }: Pick<Asked, 'progress'>, { askedAt }: { askedAt: string }): boolean =>
  progress !== undefined && progress.at >= askedAt;

/** What a round still waits for: the open actions without an answer, by their owners. */
export function awaited<A extends Asked>(milestones: readonly A[], round: { askedAt: string }): Map<string, A[]> {
  const waiting = new Map<string, A[]>();
  for (const each of askedAbout(milestones))
    if (!isAnswered(each, round)) waiting.set(each.owner, [...(waiting.get(each.owner) ?? []), each]);
  return waiting;
}
