import { millisecondsFrom, minutesAfter } from '../calendar/ordinary-dates.ts';
import type { Announcement, Milestone } from '../milestone/milestone.ts';
import { announce } from '../milestone/milestone-state.ts';
import { isInCalendar } from '../milestone/notice-kinds.ts';
import { councilRoleFor } from '../authority/partners.ts';
import { roleAtStep } from '../plan/ladder.ts';
import { addresseeOf } from '../authority/addressee.ts';
import type { CalendarEntry, Digest, Tell } from './digest.ts';
import type { DigestOutcome } from './entry.ts';
import { toldOfWithdrawal } from './farewells.ts';
import { milestoneOf, withMilestones } from './milestones.ts';
import { record } from './record.ts';
import type { LifecycleState } from './state.ts';

/** How long a mail that could not be handed over is tried again, in milliseconds: 5 days, as mail servers do. */
const KEEP_TRYING_MS = 5 * 24 * 3_600_000;

/** The pauses between tries, in minutes; the last one goes on. */
const PAUSES = [5, 15, 60, 240];

/** Of a mail that is due, what its outcome is worked out from: its digest, as the register keeps it too. */
interface Mailed {
  digest: Digest;
}

/** One thing that a digest tells, of one milestone to one role. */
interface Told extends Tell {
  milestone: string;
  dueVersion: number;
}

const toldBy = ({ tells }: Digest): Told[] =>
  tells.flatMap(({ milestone, dueVersion, tells: each }) => each.map((tell) => ({ milestone, dueVersion, ...tell })));

/** What the outcome of a delivery makes of the state: what was told is told, what was not comes up again. */
export function delivered(
  state: LifecycleState,
  mailings: readonly Mailed[],
  outcomes: readonly DigestOutcome[],
  now: string,
): LifecycleState {
  const byDigest = new Map(outcomes.map((outcome) => [outcome.digest, outcome]));
  return mailings.reduce((next, mailing) => {
    const outcome = byDigest.get(mailing.digest.id);
    if (outcome === undefined || outcome.outcome === 'stale') return next;
    if (outcome.outcome === 'unwanted') return farewelled(markTold(next, mailing.digest), mailing);
    if (outcome.outcome === 'sent') {
      const after = sent(next, mailing, outcome.milestones);
      // An earlier mail of the same id, which spoke of duties, has told nobody of a withdrawal.
      return (outcome.milestones ?? []).length === 0 ? farewelled(after, mailing) : after;
    }
    if (outcome.outcome === 'undeliverable') return undeliverable(next, mailing, outcome.reason ?? 'no reason given');
    return delayed(next, mailing, outcome.reason ?? 'no reason given', now);
  }, state);
}

/** Once it is told, or can't be, that the inspection was withdrawn, it is not told again. */
function farewelled(state: LifecycleState, { digest }: Mailed): LifecycleState {
  return digest.withdrawn === undefined ? state : toldOfWithdrawal(state, digest.recipient.email);
}

function sent(state: LifecycleState, { digest }: Mailed, spokenOf: string[] | undefined): LifecycleState {
  const told = toldBy(digest);
  const calendar = entriesAfter(state.mail[digest.recipient.email]?.calendar ?? {}, digest, spokenOf);
  const mail = { ...state.mail, [digest.recipient.email]: { day: digest.day, n: digest.n, calendar } };
  const reached = spokenOf === undefined ? told : told.filter((notice) => spokenOf.includes(notice.milestone));
  return mark({ ...state, mail }, reached);
}

/** The calendar entries a reader has once a digest has reached them. */
function entriesAfter(
  before: Record<string, CalendarEntry>,
  digest: Digest,
  spokenOf: string[] | undefined,
): Record<string, CalendarEntry> {
  const gone = new Set(spokenOf === undefined ? (digest.finished ?? []).map((entry) => entry.milestone) : []);
  const kept = Object.fromEntries(Object.entries(before).filter(([milestone]) => !gone.has(milestone)));
  for (const notice of digest.notices)
    if (isInCalendar(notice) && (spokenOf === undefined || spokenOf.includes(notice.milestone)))
      kept[notice.milestone] = { due: notice.due, dueVersion: notice.dueVersion };
  return kept;
}

/** Marks what a digest tells as told, unless the milestone has moved on since it was made. */
export const markTold = (state: LifecycleState, digest: Digest): LifecycleState => mark(state, toldBy(digest));

function mark(state: LifecycleState, told: readonly Told[]): LifecycleState {
  const marked = new Map<string, Milestone>();
  for (const notice of told) {
    const milestone = marked.get(notice.milestone) ?? milestoneOf(state, notice.milestone);
    if (milestone === undefined) continue;
    const index = milestone.dueVersion === notice.dueVersion ? (notice.rung ?? -1) : -1;
    const highest = Math.max(index, milestone.told[notice.to] ?? -1);
    marked.set(milestone.id, {
      ...milestone,
      told: highest >= 0 ? { ...milestone.told, [notice.to]: highest } : milestone.told,
      announcements: milestone.announcements.filter((each) => !isSame(each, notice)),
    });
  }
  return withMilestones(state, ...marked.values());
}

function isSame({ kind, to, readyAt }: Announcement, told: Told): boolean {
  return told.announced?.kind === kind && told.to === to && told.announced.readyAt === readyAt;
}

function delayed(state: LifecycleState, mailing: Mailed, reason: string, now: string): LifecycleState {
  const { email } = mailing.digest.recipient;
  const before = state.mail[email];
  const since = before?.delayed?.since ?? now;
  if (millisecondsFrom(since, now) >= KEEP_TRYING_MS)
    return giveUp(state, mailing, `it could not be handed over for 5 days; last answer: ${reason}`, now);
  const attempts = (before?.delayed?.attempts ?? 0) + 1;
  const minutes = PAUSES[Math.min(attempts, PAUSES.length) - 1] ?? 240;
  const retryAt = minutesAfter(now, minutes);
  const next: LifecycleState = {
    ...state,
    mail: {
      ...state.mail,
      [email]: { ...before, day: before?.day ?? '', n: before?.n ?? 0, delayed: { since, attempts, retryAt } },
    },
  };
  return attempts > 1
    ? next
    : record(next, now, [
        {
          kind: 'mail-delayed',
          text: `Mail to ${rolesOf(mailing)} is delayed: ${reason}. It is tried again for 5 days.`,
          data: { roles: mailing.digest.recipient.roles.map((role) => role.id), day: mailing.digest.day },
        },
      ]);
}

/** Tried for long enough: the register is told, which knows it as put off; then as if the server had refused it. */
function giveUp(state: LifecycleState, mailing: Mailed, reason: string, now: string): LifecycleState {
  const abandoned = [...(state.abandoned ?? []), { digest: mailing.digest.id, reason, at: now }];
  return undeliverable({ ...state, abandoned }, mailing, reason);
}

/**
 * Final: the duty is not silently lost; the next role up the chain is told of it. All of that follows from the mail, and
 * nothing from when its outcome became known: from the mail in the register the same comes again.
 */
function undeliverable(state: LifecycleState, mailing: Mailed, reason: string): LifecycleState {
  const { digest } = mailing;
  const told = toldBy(digest);
  const { authority } = state.facts;
  const calendar = state.mail[digest.recipient.email]?.calendar;
  const reached = { day: digest.day, n: digest.n, ...(calendar === undefined ? {} : { calendar }) };
  const mail = { ...state.mail, [digest.recipient.email]: reached };
  const after = farewelled(mark({ ...state, mail }, told), { digest });
  const passedOn = [...new Set(told.map((notice) => notice.milestone))].flatMap((id) => {
    const milestone = milestoneOf(after, id);
    const from = told.find((notice) => notice.milestone === id);
    // A notice about an undeliverable notice is not passed on again: two bad addresses must not chase each other.
    if (milestone === undefined || from === undefined || from.announced?.kind === 'undeliverable') return [];
    const to = [
      roleAtStep(authority, from.to, 'manager'),
      councilRoleFor(authority, from.to),
      authority.chain.administrator,
    ].find((role) => addresseeOf(authority, role, digest.day).email !== digest.recipient.email);
    if (to === undefined) return [];
    const text = `The notice about this could not be delivered to ${rolesOf(mailing)}: ${reason}. Please tell them, or correct the address.`;
    return [announce(milestone, { kind: 'undeliverable', to, readyAt: digest.at, urgent: true, text })];
  });
  return withMilestones(after, ...passedOn);
}

function rolesOf({ digest }: Mailed): string {
  return digest.recipient.roles.map((role) => role.title).join(', ') || 'the administrator';
}
