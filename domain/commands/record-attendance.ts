import { formatDate } from '../calendar/civil-date.ts';
import { localDate, todayInWords } from '../calendar/london.ts';
import type { Facts } from '../facts/facts.ts';
import { milestoneOf, withMilestones } from '../lifecycle/milestones.ts';
import { record } from '../lifecycle/record.ts';
import { end } from '../milestone/end.ts';
import { isPending } from '../milestone/milestone-state.ts';
import { notAmong } from '../nearest.ts';
import { Refusal } from '../refusal.ts';
import type { Training } from '../schemas/inspection.ts';
import { attendanceId } from '../strands/other-reporting.ts';
import { command } from './definition.ts';
import { OWNER_AND_ABOVE } from './may.ts';

/** Who was invited to a training session, and who came. The labels stay in the lifecycle; only their numbers are on record. */
export const recordAttendance = command({
  subject: 'session',
  title: 'Record attendance',
  help: 'Who was invited to a training session, and who came. Only the numbers go on record.',
  fields: {
    invited: { kind: 'lines', label: 'Who was invited?', hint: 'One member a line.', missing: 'Enter who was invited' },
    attended: {
      kind: 'lines',
      label: 'Who came?',
      hint: 'One member a line; leave this empty if nobody came.',
      optional: true,
    },
  },
  may: OWNER_AND_ABOVE,
  verb: 'record attendance',
  done: 'The attendance is recorded.',
  entries: ['attendance-recorded'],
  duty(session, state) {
    findSession(session, state.facts);
    return milestoneOf(state, attendanceId(session));
  },
  check(id, { facts }, { now }) {
    const { title, on } = findSession(id, facts);
    if (on > localDate(now))
      throw new Refusal(
        'wrong-date',
        `"${title}" is on ${formatDate(on)}, in the future: ${todayInWords(now)}.`,
        undefined,
      );
  },
  apply(state, { session: id, invited, attended = [] }, { actor, now }) {
    const { facts } = state;
    const session = findSession(id, facts);
    const uninvited = attended.filter((member) => !invited.includes(member));
    if (uninvited.length > 0)
      throw new Refusal(
        'wrong-state',
        `${uninvited.length} of those who came ${uninvited.length === 1 ? 'is' : 'are'} not among the invited; name everybody who was invited.`,
        'invited',
      );
    const duty = milestoneOf(state, attendanceId(id));
    const done =
      duty === undefined || !isPending(duty) ? undefined : end(duty, { status: 'completed', at: now, by: actor.role });
    const training = (facts.inspection.training ?? []).map((each) =>
      each.id === id ? { ...each, attendance: { invited, attended } } : each,
    );
    const next = { ...state, facts: { ...facts, inspection: { ...facts.inspection, training } } };
    return record(done === undefined ? next : withMilestones(next, done), now, [
      {
        kind: 'attendance-recorded',
        actor,
        text: `${session.title}: ${attended.length} of ${invited.length} members came.`,
        data: { session: id, invited: invited.length, attended: attended.length },
        ...(done === undefined ? {} : { milestone: done }),
      },
    ]);
  },
});

/** @throws Refusal 'unknown-session' */
function findSession(id: string, { inspection }: Facts): Training {
  const sessions = inspection.training ?? [];
  const found = sessions.find((each) => each.id === id);
  if (found !== undefined) return found;
  throw new Refusal(
    'unknown-session',
    notAmong(
      'This inspection has no training session',
      id,
      sessions.map((each) => each.id),
      'There are',
    ),
    'session',
  );
}
