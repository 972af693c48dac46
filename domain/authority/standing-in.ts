import type { CivilDate } from '../calendar/civil-date.ts';
import { sameValue } from '../revisions/same-value.ts';
import type { Authority } from '../schemas/authority.ts';
import { absenceInWords, WITHOUT_END } from './absence.ts';
import { readersOf } from './addressee.ts';
import { standInMayAct } from '../commands/stand-in-rights.ts';
import { heldBy, rolesHeldBy } from './held-by.ts';

interface Days {
  from: CivilDate;
  until: CivilDate;
}

/** For whom somebody stands in by a changed file, and did by the one before: on which days. */
export interface StandingIn {
  /** Whoever is away, by their roles. */
  who: string;
  before: Days[];
  after: Days[];
  /** They read the mail alone: no role of theirs lets them act on what it is about. */
  readsOnly?: true;
}

/** What somebody is told of a changed file: for whom they stand in, otherwise than before. */
export interface StandInNews {
  email: string;
  of: StandingIn[];
}

/**
 * Who stands in otherwise than before by a changed file, from a day on: who gets mail in place of somebody, also where they do so for
 * another stand-in. Nobody who holds no role any more.
 */
export function standInNews(before: Authority, after: Authority, today: CivilDate): StandInNews[] {
  const [was, is] = [standingIn(before, today), standingIn(after, today)];
  const emails = [...new Set([...is.keys(), ...was.keys()])].filter((each) => rolesHeldBy(after, each).length > 0);
  return emails.flatMap((email) => {
    const [had, has] = [was.get(email), is.get(email)];
    const of = [...new Set([...(has?.keys() ?? []), ...(had?.keys() ?? [])])].flatMap((who): StandingIn[] => {
      const [days, others] = [has?.get(who), had?.get(who)];
      if (sameValue(others?.days, days?.days)) return [];
      const readsOnly = days?.mayAct === false ? { readsOnly: true as const } : {};
      return [{ who, before: others?.days ?? [], after: days?.days ?? [], ...readsOnly }];
    });
    return of.length === 0 ? [] : [{ email, of }];
  });
}

interface Standing {
  days: Days[];
  /** On what every role of whoever is away owns. */
  mayAct: boolean;
}

/** Of each who stands in from a day on: for whom, and on which days. */
function standingIn(authority: Authority, today: CivilDate): Map<string, Map<string, Standing>> {
  const all = new Map<string, Map<string, Standing>>();
  for (const { email: holder, away } of authority.people ?? []) {
    const roles = rolesHeldBy(authority, holder);
    const [role] = roles;
    if (role === undefined || away.every(({ until }) => until < today)) continue;
    for (const { email, covers, from, until } of readersOf(authority, role, { from: today, until: WITHOUT_END })) {
      if (!covers) continue;
      const own = all.get(email) ?? new Map<string, Standing>();
      all.set(email, own);
      const who = heldBy(authority, holder);
      const days = [...(own.get(who)?.days ?? []), { from, until }];
      own.set(who, { days, mayAct: roles.every((each) => standInMayAct(authority, email, each)) });
    }
  }
  return all;
}

/**
 * One of them in words.
 *
 * @example
 * standingInWords('You', one) // 'You stand in for Head of Service: Monday 7 December 2026 to Friday 11 December 2026'
 */
export function standingInWords(subject: 'You' | 'they', { who, before, after }: StandingIn): string {
  if (after.length === 0) return `${subject} no longer stand in for ${who}: it was to be ${daysInWords(before)}`;
  const instead = before.length === 0 ? '' : `, instead of ${daysInWords(before)}`;
  return `${subject} stand in for ${who}: ${daysInWords(after)}${instead}`;
}

/**
 * That somebody reads the mail and can't act on what it is about, and who can.
 *
 * @example
 * readsOnlyInWords('You', one) // 'You read the mail of Head of Service, and can’t act on their duties: those above …'
 */
export function readsOnlyInWords(subject: string, { who }: Pick<StandingIn, 'who'>): string {
  const reads = subject === 'You' ? 'read' : 'reads';
  return `${subject} ${reads} the mail of ${who}, and can’t act on their duties: those above ${who}, managers and administrators can`;
}

const daysInWords = (days: readonly Days[]): string => days.map(absenceInWords).join('; and ');
