import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import type { Facts } from '../facts/facts.ts';
import type { Body } from '../meetings/meetings.ts';
import { meetingDates } from '../meetings/meetings.ts';
import type { PlannedMilestone } from '../milestone/milestone.ts';
import type { Rule } from '../schemas/rule-pack.ts';
import { milestoneFromRule } from './from-rule.ts';
import type { Rounds } from './rounds.ts';

/**
 * A cycle that goes by a body's meetings ends with the last one on file, unsaid, unless somebody puts the next ones there: that
 * is a duty, by the last of them. None where the cycle goes by something else by then, or is over.
 */
export function meetingsOnFile(
  cycle: { id: string; title: string; strand: Rule['strand']; rounds: Rounds },
  body: Body,
  facts: Facts,
  calendar: WorkingCalendar,
): PlannedMilestone[] {
  const { rounds, title } = cycle;
  const latest = rounds.changes?.findLast((each) => each.every !== undefined)?.every ?? rounds.every;
  if (latest.meetings === undefined) return [];
  const last = meetingDates(body).findLast((on) => on >= rounds.from) ?? rounds.from;
  if (rounds.until !== undefined && rounds.until <= last) return [];
  const rule: Rule = {
    id: 'meetings-on-file',
    version: 1,
    strand: cycle.strand,
    title: `Put the next meetings of ${body.name} on file`,
    act: `Add the next meetings of ${body.name} to the council’s file, and apply it.`,
    trigger: { event: 'report-received' },
    period: { n: 0, unit: 'calendar-day', convention: 'after' },
    repeats: false,
    cutOff: '24:00',
    roll: 'none',
    strength: 'commitment',
    citation: { cite: `The cycle of "${title}"`, confidence: 'U' },
    readings: [],
    nature: 'duty',
    ladder: { before: [10, 0], after: [{ n: 1, to: 'manager' }], repeatEvery: 10 },
  };
  const setBy = `the last meeting of ${body.name} that is on file`;
  return [
    milestoneFromRule(
      rule,
      {
        id: `${cycle.id}-meetings`,
        title: rule.title,
        owner: facts.authority.chain.administrator,
        trigger: { event: 'action-date', date: last, setBy },
        promised: {
          source: { cite: `The cycle of "${title}"`, confidence: 'file' },
          why: [`"${title}" goes by the meetings of ${body.name}, and no later one is on file.`],
        },
      },
      calendar,
    ),
  ];
}
