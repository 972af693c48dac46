import type { Milestone } from '../milestone/milestone.ts';
import { Refusal } from '../refusal.ts';
import { isRound } from '../rounds/answers.ts';

/** @throws Refusal where it is some other duty */
export function mustBeRound(milestone: Milestone): void {
  if (!isRound(milestone))
    throw new Refusal('wrong-state', `"${milestone.title}" is a duty, and no round in which progress is asked for.`);
}
