import { accepterOf, takerOf } from '../acceptance/accepter.ts';
import type { Facts } from '../facts/facts.ts';
import type { Milestone } from '../milestone/milestone.ts';
import type { Actor } from './actor.ts';
import { BUTTONS } from './buttons.ts';
import type { StepContext } from './definition.ts';

// A duty is said to be met by two commands. Which of them is offered, and what each means, depends on who has to accept it: where
// both do the same, one of them is offered.

const QUIET = 'No more reminders go out.';

/** Does somebody else of the council have to accept it? */
export function waitsForAnother(milestone: Milestone, { authority }: Facts, actor: Actor): boolean {
  const accepter = accepterOf(milestone, authority);
  return accepter !== undefined && accepter.role !== actor.role;
}

/** What marking it as done means, before somebody does. */
export function completeMeans(milestone: Milestone, context: StepContext): string {
  const { facts, actor } = context;
  if (waitsForAnother(milestone, facts, actor)) return submitMeans(milestone, context);
  const taker = takerOf(milestone, facts);
  if (taker !== undefined)
    return `Say that it is done, and that nothing is awaited from ${taker} any more. ${QUIET} Where it has been sent to them and they have still to accept it, choose “${BUTTONS.submit}”.`;
  return accepterOf(milestone, facts.authority) === undefined
    ? `Say that it is done. Nobody has to accept it. ${QUIET}`
    : `Say that it is done, and that you accept it. ${QUIET}`;
}

/** What submitting it means, before somebody does. */
export function submitMeans(milestone: Milestone, context: StepContext): string {
  const { facts, actor } = context;
  const taker = takerOf(milestone, facts);
  if (taker !== undefined)
    return `Say that it has been sent to ${taker}. It waits for them to accept it or send it back. ${QUIET}`;
  if (!waitsForAnother(milestone, facts, actor)) return completeMeans(milestone, context);
  const by = accepterOf(milestone, facts.authority)?.by ?? '';
  return `Hand it to ${by}, who accepts it or sends it back. It is done once it is accepted. ${QUIET}`;
}

/** What is said once it was submitted, or marked as done, as it stands then. @param milestone undefined where it has ended and is put away */
export function handedInDone(milestone: Milestone | undefined, facts: Facts): string {
  if (milestone?.status !== 'submitted') return 'It is marked as done.';
  const by = accepterOf(milestone, facts.authority)?.by ?? takerOf(milestone, facts) ?? facts.inspection.inspectorate;
  return `It is submitted, and waits for ${by} to accept it or send it back.`;
}
