import { roleTitle } from '../authority/roles.ts';
import { formatDate } from '../calendar/civil-date.ts';
import { milestonesOf } from '../lifecycle/milestones.ts';
import type { LifecycleState } from '../lifecycle/state.ts';
import type { Announcement, Milestone } from '../milestone/milestone.ts';
import { roleAtStep } from '../plan/ladder.ts';
import { awaited } from './answers.ts';
import { roundData, silenceInWords, titlesOf } from './silence.ts';

/**
 * What a mail about a round says to somebody: what they are still to answer, or who below them has not. Worked out when the
 * mail is made, so that what was answered meanwhile is not in it.
 *
 * @param roles that the reader is written to in
 */
export function roundWords(
  round: Milestone,
  state: LifecycleState,
  roles: readonly string[],
  kind: Announcement['kind'] | undefined,
): string[] {
  if (round.round === undefined) return [];
  const waiting = awaited(milestonesOf(state), round.round);
  const { authority } = state.facts;
  if (kind === 'progress-silent') {
    const below = [...waiting].filter(([owner]) => roles.includes(roleAtStep(authority, owner, 'manager')));
    if (below.length === 0) return ['Everybody has answered since.'];
    return roundData(new Map(below), (role) => roleTitle(authority, role)).silent.map(silenceInWords);
  }
  if (kind !== 'progress-asked' && kind !== 'progress-reminded') return [];
  const own = roles.flatMap((role) => waiting.get(role) ?? []);
  if (own.length === 0) return ['You have answered already.'];
  const what = own.length === 1 ? 'your open action stands' : `your ${own.length} open actions stand`;
  return [`Please say by ${formatDate(round.due)} how ${what}: ${titlesOf(own.map(({ title }) => title))}.`];
}
