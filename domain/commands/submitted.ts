import { acceptedOnFile } from '../acceptance/accepted-on-file.ts';
import { accepterOf, takerOf } from '../acceptance/accepter.ts';
import { findRole, roleTitle } from '../authority/roles.ts';
import { formatDate } from '../calendar/civil-date.ts';
import { localDate } from '../calendar/london.ts';
import { end } from '../milestone/end.ts';
import type { Milestone } from '../milestone/milestone.ts';
import { isEnded, isPending } from '../milestone/milestone-state.ts';
import { Refusal } from '../refusal.ts';
import { notSubmitted } from './asked.ts';
import { endedAlready } from './ended-already.ts';
import type { StepContext } from './definition.ts';

/** How a duty was met: when (an instant, UTC), and what shows it. */
interface Met {
  at: string;
  evidence: string | undefined;
}

/**
 * A duty that somebody says is met, in whichever words: it is submitted where somebody has yet to accept it, and done where nobody
 * has to, or whoever has to says so.
 */
export function handIn(milestone: Milestone, met: Met, context: StepContext): Milestone {
  const { actor, facts } = context;
  const accepter = accepterOf(milestone, facts.authority);
  const how = { ...met, by: actor.role };
  if (accepter === undefined) return end(milestone, { status: 'completed', ...how });
  // Whoever has to accept it has seen it.
  const isAccepted = actor.role === accepter.role;
  if (!isAccepted) return end(milestone, { status: 'submitted', ...how });
  return end(milestone, { status: 'completed', ...how, accepted: { on: localDate(met.at), by: accepter.by } });
}

/** The same in the record, after its title. */
export const handedInWords = ({ status }: Pick<Milestone, 'status'>, who: string): string =>
  `${status === 'submitted' ? 'submitted' : 'completed'} by ${who}.`;

/** The instant at which it was submitted, UTC; undefined where nobody knows it any more. */
export function submittedAt({ submitted, completed }: Pick<Milestone, 'submitted' | 'completed'>): string | undefined {
  return submitted?.at ?? completed?.at;
}

/** Who accepts it or sends it back, in words: within the council, also for whoever has to; or the inspectorate. */
export function takenBy(milestone: Milestone, { facts, actor }: Pick<StepContext, 'facts' | 'actor'>): string {
  const accepter = accepterOf(milestone, facts.authority);
  if (accepter === undefined) return takerOf(milestone, facts) ?? facts.inspection.inspectorate;
  return accepter.role === actor.role ? accepter.by : `${roleTitle(facts.authority, actor.role)} for ${accepter.by}`;
}

/** It was submitted, and somebody is to say whether it will do. @throws Refusal */
export function mustBeAnswerable(milestone: Milestone, context: StepContext): void {
  const { title } = milestone;
  const { facts, actor } = context;
  const accepter = accepterOf(milestone, facts.authority);
  const isOurs = takerOf(milestone, facts) === undefined;
  if (isEnded(milestone) && isOurs) throw endedAlready(facts, milestone);
  if (accepter === undefined && isOurs)
    throw new Refusal('wrong-state', `Nobody has to accept "${title}": it is done once it is marked as done.`);
  if (isPending(milestone)) throw notSubmitted(milestone);
  if (accepter === undefined) return mustBeUnaccepted(milestone, context);
  const isAdministrator = findRole(facts.authority, actor.role)?.capacity === 'administrator';
  if (actor.role === milestone.owner)
    throw new Refusal(
      'not-permitted',
      `${roleTitle(facts.authority, actor.role)} owns "${title}", and nobody accepts their own work. ${roleTitle(facts.authority, accepter.role)} may, or an administrator.`,
    );
  if (actor.role !== accepter.role && !isAdministrator)
    throw new Refusal(
      'not-permitted',
      `It is for ${accepter.by} to accept "${title}": ${roleTitle(facts.authority, accepter.role)} may, or an administrator.`,
    );
}

/** What the inspectorate has accepted has ended for good, as long as that stands on file. */
function mustBeUnaccepted(milestone: Milestone, { facts }: StepContext): void {
  const { id, title, status } = milestone;
  const accepted = acceptedOnFile(facts.inspection, id);
  // What is submitted may be on file as accepted already, where a file says both.
  if (accepted !== undefined && status === 'completed') throw acceptedAlready(title, accepted.on);
  if (status !== 'submitted' && status !== 'completed') throw endedAlready(facts, milestone);
}

/** @param on the day on which it was accepted */
export function acceptedAlready(title: string, on: string): Refusal {
  return new Refusal(
    'wrong-state',
    `"${title}" was accepted on ${formatDate(on)}, which ends it for good. If that is wrong, withdraw it first: correct-event plan-accepted --withdraw.`,
  );
}

/** What waits to be accepted is not done by its owner's saying so. @throws Refusal */
export function mustNotAwait(milestone: Milestone, { facts, actor, now }: StepContext): void {
  const { title, status, submitted } = milestone;
  const accepter = accepterOf(milestone, facts.authority);
  if (accepter === undefined || status !== 'submitted' || actor.role === accepter.role) return;
  throw new Refusal(
    'wrong-state',
    `"${title}" was submitted on ${formatDate(localDate(submitted?.at ?? now))}, and waits for ${accepter.by} to accept it.`,
  );
}
