import { milestoneOf, milestonesOf, titleOfEnded } from '../lifecycle/milestones.ts';
import type { LifecycleState } from '../lifecycle/state.ts';
import type { Milestone } from '../milestone/milestone.ts';
import { isPending } from '../milestone/milestone-state.ts';
import { endedAlready } from './ended-already.ts';
import { notAmong } from '../nearest.ts';
import { Refusal } from '../refusal.ts';

/**
 * A milestone by its id, or by the last part of it where that is not ambiguous.
 *
 * @throws Refusal 'unknown-milestone' | 'wrong-state' where it has ended and is put away
 */
export function findMilestone(state: LifecycleState, name: string): Milestone {
  const inHand = milestonesOf(state);
  const found = milestoneOf(state, name) ?? onlyOne(inHand.filter((each) => each.id.endsWith(`/${name}`)));
  if (found !== undefined) return found;
  const ended = endedId(state, name);
  if (ended !== undefined) {
    const known = { id: ended, title: titleOfEnded(state, ended) };
    const { status, by, endedAt } = state.ended[ended] ?? { status: 'ended' as const };
    const who = by === undefined || endedAt === undefined ? {} : { completed: { by, at: endedAt } };
    throw endedAlready(state.facts, { ...known, status, ...who });
  }
  const several = inHand.filter((each) => each.id.endsWith(`/${name}`)).map(({ id }) => id);
  if (several.length > 1)
    throw new Refusal(
      'unknown-milestone',
      `This inspection has ${several.length} milestones called "${name}": say which by its whole id: ${several.join(', ')}.`,
      'milestone',
    );
  const open = inHand.filter(isPending).map((each) => each.id);
  throw new Refusal(
    'unknown-milestone',
    notAmong('This inspection has no milestone', name, open, 'Open ones'),
    'milestone',
  );
}

/** The whole id that somebody has meant, in hand or put away: of a command that was carried out, whatever has become of it. */
export function milestoneId(state: LifecycleState, name: string): string {
  const found = milestoneOf(state, name) ?? onlyOne(milestonesOf(state).filter((each) => each.id.endsWith(`/${name}`)));
  return found?.id ?? endedId(state, name) ?? name;
}

/** The whole id of one that is put away; undefined where none is, or several end so. */
export function endedId(state: LifecycleState, name: string): string | undefined {
  if (Object.hasOwn(state.ended, name)) return name;
  return onlyOne(Object.keys(state.ended).filter((id) => id.endsWith(`/${name}`)));
}

function onlyOne<T>(found: readonly T[]): T | undefined {
  return found.length === 1 ? found[0] : undefined;
}
