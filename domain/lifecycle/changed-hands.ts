import { roleTitle } from '../authority/roles.ts';
import type { Announcement, Milestone } from '../milestone/milestone.ts';
import { announce, isPending } from '../milestone/milestone-state.ts';
import { milestoneOf, milestonesOf, withMilestones } from './milestones.ts';
import { type Happening, record } from './record.ts';
import type { LifecycleState } from './state.ts';

/** `now` is an instant, UTC; `because` stands after that word, without a full stop. */
interface Why {
  now: string;
  because: string;
}

type ChangedHands = Happening & { milestone: Milestone };

/**
 * Tells who has a duty from now on, and who had it, wherever changed facts have changed that: by an action, a theme's officer, a
 * strand's owner, whoever sees to a body's papers; and who is beside the owner, and who no longer is. It goes on record too,
 * or lists would name whoever had it.
 */
export function tellChangedHands(before: LifecycleState, after: LifecycleState, why: Why): LifecycleState {
  const changed = milestonesOf(after).flatMap((duty): ChangedHands[] => {
    const earlier = milestoneOf(before, duty.id);
    return earlier === undefined || !isPending(duty) ? [] : changedHands(earlier, duty, after, why);
  });
  return record(withMilestones(after, ...changed.map(({ milestone }) => milestone)), why.now, changed);
}

function changedHands(
  earlier: Milestone,
  duty: Milestone,
  { facts: { authority } }: LifecycleState,
  { now, because }: Why,
): ChangedHands[] {
  const [was, is] = [new Set(earlier.beside ?? []), new Set(duty.beside ?? [])];
  const passed = earlier.owner !== duty.owner;
  const off = [...was].filter((role) => !is.has(role) && role !== duty.owner);
  const joined = [...is].filter((role) => !was.has(role) && role !== earlier.owner);
  if (!passed && off.length + joined.length === 0) return [];
  const [from, to] = [roleTitle(authority, earlier.owner), roleTitle(authority, duty.owner)];
  const tell = (kind: Announcement['kind'], role: string, text: string): Announcement => ({
    ...{ kind, to: role, readyAt: now, urgent: false },
    text: `${text}, because ${because}.`,
  });
  const gone = new Set([...off, ...(passed ? [earlier.owner] : [])]);
  const kept = { ...duty, announcements: duty.announcements.filter((each) => !gone.has(each.to)) };
  const milestone = announce(
    passed ? withoutPromise(kept) : kept,
    ...(passed ? [tell('reassigned', duty.owner, `Passed on from ${from}`)] : []),
    ...(passed && !is.has(earlier.owner) ? [tell('withdrawn', earlier.owner, `It belongs to ${to} from now on`)] : []),
    ...joined.map((role) => tell('reassigned', role, `You are beside ${to} from now on`)),
    ...off.map((role) => tell('withdrawn', role, `You are no longer beside ${to}`)),
  );
  const said = passed ? `passed on from ${from} to ${to}` : `others are beside ${to} from now on`;
  return [
    {
      kind: passed ? 'milestone-reassigned' : 'milestone-confirmed',
      milestone,
      text: `${duty.title}: ${said}, because ${because}.`,
      data: { from: earlier.owner, to: duty.owner, because },
    },
  ];
}

/** What was promised was the former owner's own. */
function withoutPromise({ acknowledged: _promise, ...rest }: Milestone): Milestone {
  return rest;
}
