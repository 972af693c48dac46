import { withChannel } from '../authority/demonstration.ts';
import { waitingSentences } from '../plan/waiting.ts';
import { addDays, type CivilDate } from '../calendar/civil-date.ts';
import { instantAt, localDate } from '../calendar/london.ts';
import { allRoles } from '../authority/partners.ts';
import { roleTitle } from '../authority/roles.ts';
import type { Authority } from '../schemas/authority.ts';
import { addresseeOf, personOf } from '../authority/addressee.ts';
import { standInMayAct } from '../commands/stand-in-rights.ts';
import type { Digest, Recipient, Tell, ToldMilestone } from './digest.ts';
import { type DueNotice, dueNotices } from './due-notices.ts';
import { TELLS } from './inspection-status.ts';
import { farewells } from './farewells.ts';
import { finishedEntries } from './finished-entries.ts';
import { mayMail, nextOpening, nextSendingTime, nextWeekly, type SendingHours } from './sending-hours.ts';
import { type MergedNotice, noticesOf } from './notices.ts';
import type { LifecycleState } from './state.ts';
import { inspectionRef } from '../inspection-ref.ts';

/** One mail that is due, and which notices are told once it has gone. */
export interface Mailing {
  digest: Digest;
  told: DueNotice[];
}

/**
 * The first instant from now on at which a notice can go: its own readiness, delays, sending hours, one mail a day, or
 * one a week to those who want it so.
 */
export function sendableAt(notice: DueNotice, state: LifecycleState, now: string, hours: SendingHours): string {
  const { authority } = state.facts;
  const ready = notice.readyAt > now ? notice.readyAt : now;
  const { email } = addresseeOf(authority, notice.to, localDate(ready));
  const mail = state.mail[email];
  const retry = mail?.delayed?.retryAt;
  const from = retry !== undefined && retry > ready ? retry : ready;
  if (notice.atOnce) return from;
  const opening = nextOpening(from, hours);
  if (notice.urgent || retry !== undefined) return opening;
  // Today's digest has gone; what is not urgent waits for the next one.
  const next =
    mail?.day === localDate(opening)
      ? nextSendingTime(instantAt(addDays(localDate(opening), 1), '00:00'), hours)
      : opening;
  const person = personOf(authority, email);
  if (person?.digest !== 'weekly') return next;
  const gathered = nextWeekly(next, person.weeklyOn, hours);
  const due = state.kept[notice.milestone]?.due ?? '';
  return due > localDate(gathered) ? gathered : next;
}

/** The address to which each notice goes, as of a day, with all that goes to it. */
function byAddress(notices: readonly DueNotice[], { facts }: LifecycleState, day: CivilDate): Map<string, DueNotice[]> {
  const all = new Map<string, DueNotice[]>();
  for (const notice of notices) {
    const { email } = addresseeOf(facts.authority, notice.to, day);
    const own = all.get(email);
    if (own === undefined) all.set(email, [notice]);
    else own.push(notice);
  }
  return all;
}

/**
 * The mails due at an instant: one to each address, with every notice that is reached by then. None outside sending
 * hours, but for the answer to what somebody has just done. Somebody who has had today's digest gets another only for
 * something urgent.
 */
export function mailings(state: LifecycleState, now: string, hours: SendingHours): Mailing[] {
  if (state.status === 'withdrawn') return farewells(state, now, hours).map((digest) => ({ digest, told: [] }));
  if (!TELLS[state.status]) return [];
  const open = mayMail(now, hours);
  const due = dueNotices(state, now, hours).filter(({ atOnce }) => open || atOnce);
  return [...byAddress(due, state, localDate(now))]
    .filter(([, notices]) => notices.some((notice) => sendableAt(notice, state, now, hours) <= now))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([email, told]) => ({ digest: digestTo(email, told, state, now, hours), told }));
}

function digestTo(email: string, told: DueNotice[], state: LifecycleState, now: string, hours: SendingHours): Digest {
  const { authority, inspection } = state.facts;
  const day = localDate(now);
  const mail = state.mail[email];
  const n = mail?.day === day ? mail.n + 1 : 1;
  return {
    id: `${inspectionRef(authority.id, inspection.reference)}/${email}/${day}/${n}`,
    authority: { id: authority.id, name: authority.name },
    reference: inspection.reference,
    inspectionTitle: inspection.title,
    recipient: recipientOf(email, told, authority, day),
    day,
    n,
    at: now,
    ...noticesOf(mergeByMilestone(told), state, now, hours),
    tells: toldIn(told),
    ...withChannel(authority, email),
    ...finishedEntries(mail, state, MAX_FINISHED),
    ...waitingFor(told, state),
  };
}

/** A mail has room for so many: the board has all of them. */
const MAX_WAITING = 20;

/** Whoever has started the inspection hears, with all that follows from it, what does not for want of a fact. */
function waitingFor(told: readonly DueNotice[], { facts, startedBy }: LifecycleState): Pick<Digest, 'waiting'> {
  const begins = told.some(({ to, announcement }) => to === startedBy.role && announcement?.kind === 'started');
  const waiting = begins ? waitingSentences(facts).slice(0, MAX_WAITING) : [];
  return waiting.length === 0 ? {} : { waiting };
}

/** What these notices tell, by milestone. */
function toldIn(notices: readonly DueNotice[]): ToldMilestone[] {
  const told = new Map<string, ToldMilestone>();
  for (const { milestone, dueVersion, ...notice } of notices) {
    const { tells = [] } = told.get(milestone) ?? {};
    const earlier = notice.before.map((announcement) => tellOf({ to: notice.to, rung: null, announcement }));
    told.set(milestone, { milestone, dueVersion, tells: [...tells, ...earlier, tellOf(notice)] });
  }
  return [...told.values()];
}

function tellOf({ to, rung, announcement }: Pick<DueNotice, 'to' | 'rung' | 'announcement'>): Tell {
  return {
    to,
    ...(rung === null ? {} : { rung: rung.index }),
    ...(announcement === null ? {} : { announced: { kind: announcement.kind, readyAt: announcement.readyAt } }),
  };
}

/** So many entries are taken back by one mail; the others by the next. */
const MAX_FINISHED = 40;

/** One person holding two roles hears of a milestone once: by the furthest rung. */
function mergeByMilestone(told: DueNotice[]): MergedNotice[] {
  const merged = new Map<string, MergedNotice>();
  for (const notice of told) {
    const other = merged.get(notice.milestone);
    const further = other === undefined || (notice.rung?.index ?? -1) > (other.rung?.index ?? -1) ? notice : other;
    const roles = [...(other?.roles ?? []), notice.to];
    const news = [...notice.before, ...(notice.announcement === null ? [] : [notice.announcement])];
    const said = new Set([...(other?.said ?? []), ...news.flatMap(({ text }) => text ?? [])]);
    merged.set(notice.milestone, {
      ...further,
      announcement: foremost(notice.announcement, other?.announcement ?? null),
      roles,
      said: [...said],
    });
  }
  return [...merged.values()];
}

/** Whoever had a duty in one role and takes it over in another has something left to do about it. */
const foremost = (last: DueNotice['announcement'], other: DueNotice['announcement']): DueNotice['announcement'] =>
  last === null || other?.kind === 'taken-over' ? other : last;

function recipientOf(email: string, told: DueNotice[], authority: Authority, day: string): Recipient {
  const ids = [...new Set(told.map((notice) => notice.to))];
  const standsInFor = ids
    .filter((id) => addresseeOf(authority, id, day).standsIn)
    .map((id) => roleTitle(authority, id));
  const coversFor = ids.flatMap((id) => {
    const until = addresseeOf(authority, id, day).coversUntil;
    if (until === undefined) return [];
    const readsOnly = standInMayAct(authority, email, id) ? {} : { readsOnly: true as const };
    return [{ title: roleTitle(authority, id), until, ...readsOnly }];
  });
  const held = allRoles(authority)
    .filter((role) => role.email?.toLowerCase() === email)
    .map(({ id }) => ({ id, title: roleTitle(authority, id) }));
  return { email, roles: held, standsInFor, ...(coversFor.length === 0 ? {} : { coversFor }) };
}
