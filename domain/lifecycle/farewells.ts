import { isDemonstration, withChannel } from '../authority/demonstration.ts';
import { localDate } from '../calendar/london.ts';
import { allRoles } from '../authority/partners.ts';
import { roleTitle } from '../authority/roles.ts';
import { inspectionRef } from '../inspection-ref.ts';
import type { Digest } from './digest.ts';
import { finishedEntries } from './finished-entries.ts';
import { nextOpening, type SendingHours } from './sending-hours.ts';
import type { LifecycleState } from './state.ts';

/** A calendar has so many entries taken out of it by the one mail that tells of a withdrawal. */
const MAX_FINISHED = 200;

/**
 * The addresses that are still to be told that an inspection was withdrawn: those that had mail about it, and still belong to a
 * role of the council. Whoever has never heard of it hears nothing.
 */
export function toBeTold({ withdrawn, mail, facts }: LifecycleState): string[] {
  // Nobody of an invented council has to hear that its inspections are none.
  if (withdrawn === undefined || isDemonstration(facts.authority)) return [];
  const held = new Set(allRoles(facts.authority).map(({ email }) => email?.toLowerCase()));
  return Object.entries(mail)
    .filter(([email, { day }]) => day !== '' && held.has(email) && !withdrawn.told.includes(email))
    .map(([email]) => email)
    .sort();
}

/** One of them has been told, or can't be reached for good. */
export function toldOfWithdrawal(state: LifecycleState, email: string): LifecycleState {
  const { withdrawn } = state;
  if (withdrawn === undefined) return state;
  return { ...state, withdrawn: { ...withdrawn, told: [...withdrawn.told, email] } };
}

/** When one of them can be told next: within sending hours, and not before a mail that was put off is tried again. */
function tellableAt(email: string, state: LifecycleState, now: string, hours: SendingHours): string {
  const retry = state.mail[email]?.delayed?.retryAt;
  return nextOpening(retry !== undefined && retry > now ? retry : now, hours);
}

/** The mails by which a withdrawal is told that can go at an instant: one to each address. */
export function farewells(state: LifecycleState, now: string, hours: SendingHours): Digest[] {
  return toBeTold(state)
    .filter((email) => tellableAt(email, state, now, hours) <= now)
    .map((email) => farewellTo(email, state, now));
}

/** The first instant at which one of them can go; undefined where nobody is to be told any more. */
export function nextFarewell(state: LifecycleState, now: string, hours: SendingHours): string | undefined {
  return toBeTold(state)
    .map((email) => tellableAt(email, state, now, hours))
    .sort()[0];
}

function farewellTo(email: string, state: LifecycleState, now: string): Digest {
  const { authority, inspection } = state.facts;
  const { by = '', at = now, reason = '' } = state.withdrawn ?? {};
  const day = localDate(now);
  const mail = state.mail[email];
  const n = mail?.day === day ? mail.n + 1 : 1;
  const roles = allRoles(authority)
    .filter((role) => role.email?.toLowerCase() === email)
    .map(({ id, title }) => ({ id, title }));
  return {
    id: `${inspectionRef(authority.id, inspection.reference)}/${email}/${day}/${n}`,
    authority: { id: authority.id, name: authority.name },
    reference: inspection.reference,
    inspectionTitle: inspection.title,
    recipient: { email, roles, standsInFor: [] },
    day,
    n,
    at: now,
    notices: [],
    tells: [],
    withdrawn: { by: roleTitle(authority, by), on: localDate(at), reason },
    ...withChannel(authority, email),
    ...finishedEntries(mail, state, MAX_FINISHED),
  };
}
