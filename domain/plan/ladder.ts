import { DEFAULT_LADDER } from './default-ladder.ts';
import type { CivilDate } from '../calendar/civil-date.ts';
import { workingDaysLate } from '../calendar/lateness.ts';
import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import type { PlannedMilestone, Rung, Step } from '../milestone/milestone.ts';
import type { Authority } from '../schemas/authority.ts';
import type { Ladder } from '../schemas/rule-pack.ts';
import { namesOf } from '../closed-table.ts';
import { partnerOf } from '../authority/partners.ts';
import { managerOf } from '../authority/roles.ts';
import type { Partner } from '../schemas/partner.ts';

/**
 * Working days after the due day at which the lead member is told; 0: never. Where a ladder does not say, it is as usual, but
 * nobody is told where nobody else hears that it is late.
 */
export function informAfter({ after, inform }: Pick<Ladder, 'after' | 'inform'>): number {
  return inform ?? (after.length === 0 ? 0 : DEFAULT_LADDER.inform);
}

/** Who stands at each step of the chain above an owner; undefined where nobody does. */
const STEPS: Readonly<
  Record<
    Exclude<Step, 'owner' | 'beside' | 'partner-lead'>,
    (authority: Authority, owner: string) => string | undefined
  >
> = {
  manager: (authority, owner) => managerOf(authority, owner)?.id ?? authority.chain.administrator,
  director: ({ chain }) => chain.director,
  'chief-executive': ({ chain }) => chain.chiefExecutive,
  'lead-member': ({ chain }) => chain.leadMember,
};

/**
 * The role at a step of the chain above an owner. Nobody answers to themselves: where the owner is the one who stands there,
 * it is the next one up; the administrator where there is none.
 */
export function roleAtStep(authority: Authority, owner: string, step: Step): string {
  if (step === 'owner' || step === 'beside') return owner;
  const partner = partnerOf(authority, owner);
  if (partner !== undefined) return roleAtPartner(authority, partner, owner, step);
  if (step === 'partner-lead') return authority.chain.administrator;
  const steps = namesOf(STEPS);
  const above = steps.slice(steps.indexOf(step)).map((each) => STEPS[each](authority, owner));
  return above.find((role) => role !== undefined && role !== owner) ?? authority.chain.administrator;
}

/** The same at a partner: whom the owner answers to, then its head; where the owner is the head, the council's lead for it. */
function roleAtPartner(authority: Authority, { lead, chain }: Partner, owner: string, step: Step): string {
  if (step === 'partner-lead') return lead;
  const manager = step === 'manager' ? managerOf(authority, owner)?.id : undefined;
  return [manager, chain.head].find((role) => role !== undefined && role !== owner) ?? lead;
}

/** What goes up at a partner is told to the council's lead for it, at each step. */
function toPartnerLead(rung: Rung, owner: string, authority: Authority): Rung[] {
  const lead = partnerOf(authority, owner)?.lead;
  return lead === undefined || (rung.kind !== 'escalation' && rung.kind !== 'stricter-passed') || rung.to === lead
    ? []
    : [{ ...rung, to: lead, step: 'partner-lead' }];
}

/** How often the last rung comes round again before a ladder is taken to be out of hand: about five years of weeks. */
const MAX_REPEATS = 260;

/** Working days before the end of the known holidays in which a ladder no longer comes round: mail needs days to go on. */
const LAST_DAYS = 10;

/**
 * Do all of a ladder's named notices find a day within the known holidays, and do some days remain for mail that is put off,
 * or gathered for a week? What is due before the known holidays asks for no room after them.
 */
export function hasRoom(due: CivilDate, ladder: Pick<Ladder, 'after' | 'inform'>, calendar: WorkingCalendar): boolean {
  if (due > calendar.until) return false;
  const longest = Math.max(informAfter(ladder), ...ladder.after.map((rung) => rung.n));
  return due < calendar.from || calendar.countWorkingDays(due, calendar.until) >= longest + LAST_DAYS;
}

/** How often the last rung can come round again: as long as holidays are known, and not for ever. */
function maxRepeats(due: CivilDate, last: number, repeatEvery: number, calendar: WorkingCalendar): number {
  const room = calendar.countWorkingDays(due, calendar.until) - LAST_DAYS - last;
  return Math.max(0, Math.min(MAX_REPEATS, Math.floor(room / repeatEvery)));
}

/** What a duty's rungs follow from. */
type Laddered = Pick<PlannedMilestone, 'due' | 'ladder' | 'stricter'>;

/** Rungs that count down to the date of a stricter reading, and the one that says it has passed, before all others. */
export const strictCount = ({ ladder, stricter }: Pick<Laddered, 'ladder' | 'stricter'>): number =>
  stricter === undefined ? 0 : ladder.before.length + 1;

type RungPlace = Omit<Rung, 'index' | 'to'>;

/** The day, kind and step of a ladder's rung by its place; undefined where there is none there, or past the ladder's end. */
function rungAt(milestone: Laddered, index: number, calendar: WorkingCalendar): RungPlace | undefined {
  const { due, ladder, stricter } = milestone;
  const strict = strictCount(milestone);
  if (stricter !== undefined && index < strict) return strictRung(stricter.due, ladder, index, calendar);
  const place = index - strict;
  const back = ladder.before[place];
  if (back !== undefined) {
    const rung = countdownRung(due, back, back === 0 ? 'due-today' : 'reminder', calendar);
    // Until the stricter date has passed it is the one that counts.
    return stricter !== undefined && rung.on <= stricter.due ? undefined : rung;
  }
  const late = place - ladder.before.length;
  const named = ladder.after[late];
  if (named !== undefined)
    return { on: calendar.addWorkingDays(due, named.n), kind: 'escalation', step: named.to, workingDays: named.n };
  const last = ladder.after.at(-1);
  const turn = late - ladder.after.length + 1;
  if (last === undefined || ladder.repeatEvery === 0) return undefined;
  if (turn > maxRepeats(due, last.n, ladder.repeatEvery, calendar)) return undefined;
  const n = last.n + turn * ladder.repeatEvery;
  return { on: calendar.addWorkingDays(due, n), kind: 'escalation', step: last.to, workingDays: n };
}

/** Whoever is told where something is late is told that the stricter date has passed: the one above the owner, on the next working day. */
function strictRung(
  due: CivilDate,
  { before, after }: Ladder,
  index: number,
  calendar: WorkingCalendar,
): RungPlace | undefined {
  const back = before[index];
  if (back !== undefined) return countdownRung(due, back, 'stricter', calendar);
  return after.length === 0
    ? undefined
    : { on: calendar.addWorkingDays(due, 1), kind: 'stricter-passed', step: 'manager', workingDays: 1 };
}

/** What its owner is told so many working days before a date; 0: on that day, or on the working day before it. */
function countdownRung(date: CivilDate, back: number, kind: RungPlace['kind'], calendar: WorkingCalendar): RungPlace {
  return back === 0
    ? { on: calendar.previousWorkingDay(date), kind, step: 'owner', workingDays: 0 }
    : { on: calendar.addWorkingDays(date, -back), kind, step: 'owner', workingDays: -back };
}

/** How often the last rung has come round again by a day: 0 before its first repeat. */
function repeatsBy(due: CivilDate, ladder: Ladder, day: CivilDate, calendar: WorkingCalendar): number {
  const last = ladder.after.at(-1);
  if (last === undefined || ladder.repeatEvery === 0 || day <= due) return 0;
  const turns = Math.floor((workingDaysLate(due, day, calendar) - last.n) / ladder.repeatEvery);
  return Math.max(0, Math.min(turns, maxRepeats(due, last.n, ladder.repeatEvery, calendar)));
}

/**
 * The rungs of a milestone's ladder reached by a day, in order; of the last rung's repeats only the newest. Reminders
 * fall on working days counted back from the due day (0: the due day, or the working day before it); escalations
 * count forward from it. Where a stricter reading has an earlier date, reminders count down to that first, and its passing goes
 * to the manager.
 */
export function rungsReached(
  milestone: Laddered & Pick<PlannedMilestone, 'owner'>,
  day: CivilDate,
  authority: Authority,
  calendar: WorkingCalendar,
): Rung[] {
  const { due, owner, ladder } = milestone;
  const repeats = repeatsBy(due, ladder, day, calendar);
  const count = rungCount(milestone);
  const places = Array.from({ length: count }, (_, index) => index);
  if (repeats > 0) places.push(count + repeats - 1);
  const rungs: Rung[] = [];
  for (const index of places) {
    const rung = rungAt(milestone, index, calendar);
    if (rung === undefined) continue;
    if (rung.on > day) break;
    const own: Rung = { index, ...rung, to: roleAtStep(authority, owner, rung.step) };
    rungs.push(own, ...toPartnerLead(own, owner, authority));
  }
  const informed = informedRung(milestone, authority, calendar);
  return informed === undefined || informed.on > day ? rungs : [...rungs, informed];
}

/** The lead member's place: after all others, which are counted. */
const INFORMED_INDEX = 1000;

/** The lead member's copy; undefined where there is none, of a partner's duty, or where the lead member is on the ladder anyway. */
function informedRung(
  { due, owner, ladder }: Pick<PlannedMilestone, 'due' | 'owner' | 'ladder'>,
  authority: Authority,
  calendar: WorkingCalendar,
): Rung | undefined {
  const to = authority.chain.leadMember;
  const inform = informAfter(ladder);
  if (inform === 0 || to === undefined || to === owner || partnerOf(authority, owner) !== undefined) return undefined;
  if (ladder.after.some((rung) => roleAtStep(authority, owner, rung.to) === to)) return undefined;
  const on = calendar.addWorkingDays(due, inform);
  return { index: INFORMED_INDEX, on, kind: 'information', step: 'lead-member', to, workingDays: inform };
}

/** The first rung after a day; undefined where the ladder has ended by then. */
export function firstRungAfter(
  milestone: Laddered & Pick<PlannedMilestone, 'owner'>,
  day: CivilDate,
  authority: Authority,
  calendar: WorkingCalendar,
): CivilDate | undefined {
  const informed = informedRung(milestone, authority, calendar)?.on;
  const counted = firstCountedAfter(milestone, day, calendar);
  if (informed === undefined || informed <= day) return counted;
  return counted === undefined || informed < counted ? informed : counted;
}

function firstCountedAfter(milestone: Laddered, day: CivilDate, calendar: WorkingCalendar): CivilDate | undefined {
  const { due, ladder } = milestone;
  const count = rungCount(milestone);
  for (let index = 0; index < count; index++) {
    const rung = rungAt(milestone, index, calendar);
    if (rung !== undefined && rung.on > day) return rung.on;
  }
  return rungAt(milestone, count + repeatsBy(due, ladder, day, calendar), calendar)?.on;
}

/** How many rungs a duty's ladder has before its last one repeats. */
export function rungCount({ ladder, stricter }: Pick<Laddered, 'ladder' | 'stricter'>): number {
  return strictCount({ ladder, stricter }) + ladder.before.length + ladder.after.length;
}
