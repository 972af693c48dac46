import type { CivilDate } from '../calendar/civil-date.ts';
import { sameValue } from '../revisions/same-value.ts';
import type { Authority } from '../schemas/authority.ts';
import { absenceInWords, WITHOUT_END } from './absence.ts';
import { readersOf } from './addressee.ts';
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
      const each = { who, before: had?.get(who) ?? [], after: has?.get(who) ?? [] };
      return sameValue(each.before, each.after) ? [] : [each];
    });
    return of.length === 0 ? [] : [{ email, of }];
  });
}

/** Of each who stands in from a day on: for whom, and on which days. */
function standingIn(authority: Authority, today: CivilDate): Map<string, Map<string, Days[]>> {
  const all = new Map<string, Map<string, Days[]>>();
  for (const { email: holder, away } of authority.people ?? []) {
    const [role] = rolesHeldBy(authority, holder);
    if (role === undefined || away.every(({ until }) => until < today)) continue;
    for (const { email, covers, from, until } of readersOf(authority, role, { from: today, until: WITHOUT_END })) {
      if (!covers) continue;
      const own = all.get(email) ?? new Map<string, Days[]>();
      all.set(email, own);
      const who = heldBy(authority, holder);
      own.set(who, [...(own.get(who) ?? []), { from, until }]);
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

const daysInWords = (days: readonly Days[]): string => days.map(absenceInWords).join('; and ');
