import { type CivilDate, formatDate } from '../calendar/civil-date.ts';
import { instantAt, localDate, todayInWords } from '../calendar/london.ts';
import { eventInWords } from '../facts/events.ts';
import type { NumberedEvent } from '../facts/facts.ts';
import { standsOn } from '../facts/one-a-day.ts';
import type { Announcement, Milestone } from '../milestone/milestone.ts';
import { setByOthers } from '../milestone/join.ts';
import { isPending } from '../milestone/milestone-state.ts';
import { MILESTONE_STATUSES } from '../milestone/statuses.ts';
import { Refusal } from '../refusal.ts';
import type { OtherEvent } from '../schemas/rule-pack.ts';

/** @param what what can't be done to it otherwise: "given a later date", "put on hold" */
export function mustBePending(milestone: Milestone, what: string): void {
  if (!isPending(milestone))
    throw new Refusal(
      'wrong-state',
      `"${milestone.title}" ${MILESTONE_STATUSES[milestone.status].stands}, so it can't be ${what}.`,
    );
}

export function mustNotBeHeld(milestone: Milestone): void {
  if (milestone.status === 'held')
    throw new Refusal(
      'wrong-state',
      `"${milestone.title}" is on hold (${milestone.hold?.reason ?? ''}); take it off hold first.`,
    );
}

/** Its date may be moved by a person at all. */
export function mustBeExtendable(milestone: Milestone): void {
  mustBePending(milestone, 'given a later date');
  const others = setByOthers(milestone);
  if (others !== undefined)
    throw new Refusal(
      'statutory-date',
      `"${milestone.title}" is due on ${formatDate(milestone.due)}: ${others} set that date, so no later one can be granted here.`,
    );
  if (!milestone.extendable)
    throw new Refusal(
      'statutory-date',
      `"${milestone.title}" is due on ${formatDate(milestone.due)} by ${milestone.rule.citation.cite}; no later date can be granted. If a fact behind it is wrong, correct the fact.`,
    );
}

/** A new due date is after the present one, and in the future. */
export function mustBeLater(milestone: Milestone, to: CivilDate, now: string): void {
  if (to <= milestone.due)
    throw new Refusal(
      'wrong-date',
      `The new date ${formatDate(to)} is not after the present one, ${formatDate(milestone.due)}.`,
      'to',
    );
  if (to <= localDate(now))
    throw new Refusal('wrong-date', `The new date ${formatDate(to)} is not in the future: ${todayInWords(now)}.`, 'to');
}

/** The instant at which it was done: now, or midday on an earlier day that the person names. */
export function whenDone(on: CivilDate | undefined, now: string): string {
  if (on === undefined || on === localDate(now)) return now;
  const at = instantAt(on, '12:00');
  if (at > now) throw new Refusal('wrong-date', `${formatDate(on)} is in the future: ${todayInWords(now)}.`, 'on');
  return at;
}

/**
 * The instant at which a duty was done, of one that may have been sent back: what was sent back has to be done again, on that
 * day or after it.
 *
 * @throws Refusal 'wrong-date'
 */
export function whenDoneAgain({ title, returned }: Milestone, on: CivilDate | undefined, now: string): string {
  const at = whenDone(on, now);
  const last = returned?.at(-1);
  if (last !== undefined && localDate(at) < last.on)
    throw new Refusal(
      'wrong-date',
      `"${title}" was sent back on ${formatDate(last.on)}, so it can't have been done again on ${formatDate(localDate(at))}. Give the day on which it was done after that.`,
      'on',
    );
  return at;
}

/** The day that a person names, or today: not in the future, and not before what it follows. */
export function dayOf(
  on: CivilDate | undefined,
  now: string,
  what: string,
  { earliest, field = 'on' }: { earliest?: CivilDate | undefined; field?: string } = {},
): CivilDate {
  const today = localDate(now);
  const day = on ?? today;
  if (day > today)
    throw new Refusal(
      'wrong-date',
      `It can't have been ${what} on ${formatDate(day)}, in the future: ${todayInWords(now)}.`,
      field,
    );
  if (earliest !== undefined && day < earliest)
    throw new Refusal(
      'wrong-date',
      `It can't have been ${what} on ${formatDate(day)}, before ${formatDate(earliest)}.`,
      field,
    );
  return day;
}

/** An event is not on file yet: of a kind there is one a day. @param others those of its kind beside it */
export function mustBeAlone(kind: OtherEvent, day: CivilDate, others: readonly NumberedEvent[]): void {
  if (standsOn(others, day))
    throw new Refusal(
      'wrong-state',
      `It is on file already that ${eventInWords(kind)} on ${formatDate(day)}. If that is wrong, correct it or withdraw it.`,
      'on',
    );
}

/** Something to be told to the milestone's owner once. */
export function toOwner(kind: Announcement['kind'], milestone: Milestone, now: string, text?: string): Announcement {
  return { kind, to: milestone.owner, readyAt: now, urgent: false, ...(text === undefined ? {} : { text }) };
}
