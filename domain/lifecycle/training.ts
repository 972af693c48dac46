import { localDate } from '../calendar/london.ts';
import { formatDate } from '../calendar/civil-date.ts';
import { isPending } from '../milestone/milestone-state.ts';
import type { Milestone } from '../milestone/milestone.ts';
import { mustBePermitted } from '../milestone/permissions.ts';
import { Refusal } from '../refusal.ts';
import type { Actor, CommandPayload } from '../schemas/commands.ts';
import { attendanceId } from '../strands/other-reporting.ts';
import { record } from './record.ts';
import type { LifecycleState } from './state.ts';

/**
 * Who was invited to a training session, and who came. The labels stay in the lifecycle; only their numbers are on record.
 *
 * @throws Refusal 'unknown-session' | 'wrong-date' | 'wrong-state' | 'not-permitted'
 */
export function recordAttendance(
  state: LifecycleState,
  { session: id, invited, attended }: CommandPayload<'recordAttendance'>,
  actor: Actor,
  now: string,
): LifecycleState {
  const { facts } = state;
  const sessions = facts.inspection.training ?? [];
  const session = sessions.find((each) => each.id === id);
  if (session === undefined)
    throw new Refusal(
      'unknown-session',
      `There is no training session "${id}" here; there are ${sessions.map((each) => each.id).join(', ') || 'none'}.`,
    );
  const duty = state.milestones[attendanceId(id)];
  mustBePermitted('recordAttendance', actor, facts, duty);
  if (session.on > localDate(now))
    throw new Refusal('wrong-date', `"${session.title}" is on ${formatDate(session.on)}, in the future.`);
  const uninvited = attended.filter((member) => !invited.includes(member));
  if (uninvited.length > 0)
    throw new Refusal(
      'wrong-state',
      `${uninvited.length} of those who came ${uninvited.length === 1 ? 'is' : 'are'} not among the invited; name everybody who was invited.`,
    );
  const training = sessions.map((each) => (each.id === id ? { ...each, attendance: { invited, attended } } : each));
  const done: Milestone | undefined =
    duty === undefined || !isPending(duty)
      ? undefined
      : { ...duty, status: 'completed', completed: { at: now, by: actor.role }, announcements: [] };
  const milestones = done === undefined ? state.milestones : { ...state.milestones, [done.id]: done };
  const inspection = { ...facts.inspection, training };
  return record({ ...state, facts: { ...facts, inspection }, milestones }, now, [
    {
      kind: 'attendance-recorded',
      actor,
      text: `${session.title}: ${attended.length} of ${invited.length} members came.`,
      data: { session: id, invited: invited.length, attended: attended.length },
      ...(done === undefined ? {} : { milestone: done }),
    },
  ]);
}
