import { formatDate } from '../calendar/civil-date.ts';
import type { Facts } from '../facts/facts.ts';
import type { PlannedMilestone } from '../milestone/milestone.ts';
import { publicationId } from '../strands/call-in-window.ts';

type Publication = Pick<PlannedMilestone, 'title' | 'due' | 'rule' | 'id' | 'decision'>;

/**
 * What is to be published, and is due within a period before an election, both its days included. The law's dates stand all the
 * same, so each is said, and none is moved.
 */
export function preElectionWarnings(milestones: readonly Publication[], facts: Facts): string[] {
  const periods = facts.authority.preElectionPeriods ?? [];
  if (periods.length === 0) return [];
  const rules = [facts, ...(facts.instruments ?? [])].flatMap((framework) => framework.rules);
  const publishing = new Set(rules.filter(({ publishes }) => publishes === true).map(({ id }) => id));
  const isPublication = ({ id, rule, decision }: Publication): boolean =>
    decision === undefined ? publishing.has(rule.id) : id === publicationId(decision);
  return milestones
    .filter(isPublication)
    .flatMap(({ title, due }) =>
      periods
        .filter(({ from, until }) => from <= due && due <= until)
        .map(
          (period) =>
            `"${title}" is due on ${formatDate(due)}, in the period before the ${period.election} (${formatDate(period.from)} to ${formatDate(period.until)}), in which councils are to take care with what they publish. Its date stays: ask the Monitoring Officer whether to publish before that period, or how within it.`,
        ),
    );
}
