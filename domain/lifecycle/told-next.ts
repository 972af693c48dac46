import type { NoticeKind } from '../milestone/milestone.ts';
import { addresseeOf } from '../authority/addressee.ts';
import { heldBy } from '../authority/held-by.ts';
import { roleTitle } from '../authority/roles.ts';
import { localDate } from '../calendar/london.ts';
import { allRoles } from '../authority/partners.ts';
import { type DueNotice, dueNotices } from './due-notices.ts';
import { nextFarewell, toBeTold } from './farewells.ts';
import { millisecondsFrom } from '../calendar/ordinary-dates.ts';
import { delivered } from './delivered.ts';
import { milestoneOf } from './milestones.ts';
import type { LifecycleState } from './state.ts';
import { hoursOf, nextWake, wake } from './wake.ts';

/** One thing that a mail will say because of a change. */
export interface ToldNext {
  /** The title of the role that it goes to. */
  to: string;
  /** The duty's title; null where it is the inspection as a whole. */
  about: string | null;
  kind: NoticeKind;
  /** When it goes, UTC: with the next mail to whoever reads it, or at once. */
  at: string;
  /** Who reads it in their place, by their roles: nobody holds the role, or its holder is away. Null where they do themselves. */
  readBy: string | null;
}

/**
 * What is told because of a change, and to whom: the notices that are due once it has been made, without those that are due
 * anyway. Later reminders follow from the duties' dates.
 *
 * @param before undefined where it is only begun
 * @param now an instant, UTC
 */
export function toldNext(before: LifecycleState | undefined, after: LifecycleState, now: string): ToldNext[] {
  const { authority } = after.facts;
  const hours = hoursOf(after);
  if (after.withdrawn !== undefined && before?.withdrawn === undefined)
    return toBeTold(after).flatMap((email) =>
      allRoles(authority)
        .filter((role) => role.email?.toLowerCase() === email)
        .map(({ id }) => ({
          ...{ to: roleTitle(authority, id), about: null, kind: 'withdrawn' as const, readBy: null },
          at: nextFarewell(after, now, hours) ?? now,
        })),
    );
  const anyway = new Set(before === undefined ? [] : dueNotices(before, now, hoursOf(before)).map(keyOf));
  const awake = wake(after, now).state;
  const due = dueNotices(awake, now, hours).filter((notice) => !anyway.has(keyOf(notice)));
  const leaving = departures(due, awake, now);
  return due.flatMap((notice) => {
    const at = leaving.get(notice);
    if (at === undefined) return [];
    const { email, standsIn, coversUntil } = addresseeOf(authority, notice.to, localDate(now));
    return [
      {
        to: roleTitle(authority, notice.to),
        about: milestoneOf(awake, notice.milestone)?.title ?? null,
        kind: notice.announcement?.kind ?? notice.rung?.kind ?? 'reminder',
        at,
        readBy: standsIn || coversUntil !== undefined ? heldBy(authority, email) : null,
      },
    ];
  });
}

/** Mail that is gathered for a week has gone by then. */
const FARTHEST_MS = 14 * 24 * 3_600_000;
/** Of a lifecycle that is woken at every hour, so many wakes. */
const MAX_TURNS = 200;

/**
 * When each notice goes: the lifecycle is woken as its keeper wakes it, with mail that reaches its reader, until all have gone. What
 * is ready later goes with an earlier mail to the same reader, and what has been passed by then is never sent: it is in none.
 */
function departures(due: readonly DueNotice[], state: LifecycleState, now: string): Map<DueNotice, string> {
  const leaving = new Map<DueNotice, string>();
  let next = state;
  let at: string | undefined = now;
  for (let turn = 0; leaving.size < due.length && at !== undefined && turn < MAX_TURNS; turn++) {
    const { state: woken, mailings } = wake(next, at);
    const told = mailings.flatMap((mailing) => mailing.told);
    for (const notice of due)
      if (!leaving.has(notice) && told.some((each) => tellsOf(each, notice))) leaving.set(notice, at);
    const sent = mailings.map(({ digest }) => ({ digest: digest.id, outcome: 'sent' as const, reason: null }));
    next = delivered({ ...woken, unrecorded: [] }, mailings, sent, at);
    if (mailings.length === 0) at = laterThan(at, nextWake(next, at));
    if (at !== undefined && millisecondsFrom(now, at) > FARTHEST_MS) break;
  }
  return leaving;
}

const laterThan = (at: string, next: string | undefined): string | undefined =>
  next !== undefined && next > at ? next : undefined;

/** Does a notice that goes tell of what another was to tell: of its news, or of where the ladder has come to? */
function tellsOf(going: DueNotice, { milestone, to, announcement }: DueNotice): boolean {
  if (going.milestone !== milestone || going.to !== to) return false;
  const news = [...going.before, going.announcement];
  return announcement === null || news.some((each) => each?.kind === announcement.kind);
}

/** What is told apart from anything else that is told to the same role of the same duty. */
const keyOf = ({ milestone, to, rung, announcement, dueVersion }: DueNotice): string =>
  JSON.stringify([
    milestone,
    to,
    dueVersion,
    rung?.index ?? null,
    announcement?.kind ?? null,
    announcement?.readyAt ?? null,
  ]);
