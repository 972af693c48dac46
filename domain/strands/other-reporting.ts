import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import type { PlannedMilestone } from '../milestone/milestone.ts';
import { type Facts, strandOwner } from '../facts/facts.ts';
import { milestoneFromRule } from '../plan/from-rule.ts';
import { milestonesFromRules } from '../plan/from-rules.ts';
import type { Training } from '../schemas/inspection.ts';
import type { Rule } from '../schemas/rule-pack.ts';
import { missed, refusesNothing, type Strand } from './strand.ts';

const invitationId = (session: string): string => `other-reporting/training-${session}-invitation`;
export const attendanceId = (session: string): string => `other-reporting/training-${session}-attendance`;

/** The session whose attendance a milestone asks for; undefined for any other. */
export const sessionOfAttendance = (id: string): string | undefined =>
  /^other-reporting\/training-(.+)-attendance$/.exec(id)?.[1];

/** Duties to publish, reports to other bodies (Council, Children's Trust Board, LSCB, MALAP), and training for members. */
export const otherReporting: Strand = {
  name: 'other-reporting',
  title: 'Other reporting',
  lane: 6,
  milestones: (facts, calendar, options) => [
    ...milestonesFromRules('other-reporting', facts, calendar, options),
    ...(facts.inspection.training ?? []).flatMap((each) => ofSession(each, facts, calendar)),
  ],
  refuses: refusesNothing,
  atCutOff: missed,
};

/** Inviting the members to a session, and recording who came. */
function ofSession(session: Training, facts: Facts, calendar: WorkingCalendar): PlannedMilestone[] {
  const base: Omit<Rule, 'id' | 'title' | 'act' | 'period'> = {
    version: 1,
    strand: 'other-reporting',
    trigger: { event: 'report-published' },
    repeats: false,
    cutOff: '24:00',
    roll: 'none',
    strength: 'commitment',
    citation: { cite: "The council's own programme of training for members", confidence: 'U' },
    readings: [],
    nature: 'duty',
    ladder: { before: [5, 1, 0], after: [{ n: 1, to: 'manager' }], repeatEvery: 0 },
  };
  const about = (id: string) => ({
    id,
    owner: session.owner ?? strandOwner(facts, 'other-reporting'),
    trigger: { event: 'action-date' as const, date: session.on },
  });
  const invite = calendar.addWorkingDays(session.on, -session.inviteDays);
  const record = calendar.addWorkingDays(session.on, 1);
  const onDay = (id: string, kind: string, title: string, act: string, date: string): PlannedMilestone =>
    milestoneFromRule(
      { ...base, id: kind, title, act, period: { n: 0, unit: 'calendar-day', convention: 'after' } },
      { ...about(id), title, trigger: { event: 'action-date', date } },
      calendar,
    );
  return [
    onDay(
      invitationId(session.id),
      'training-invitation',
      `Invite members: ${session.title}`,
      'Invite the members to the session.',
      invite,
    ),
    {
      ...onDay(
        attendanceId(session.id),
        'training-attendance',
        `Record attendance: ${session.title}`,
        'Record who was invited and who came.',
        record,
      ),
      ...(session.attendance === undefined ? {} : { metOn: session.on }),
    },
  ];
}
