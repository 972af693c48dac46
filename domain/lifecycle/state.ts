import type { CivilDate } from '../calendar/civil-date.ts';
import type { Home } from '../closing/homes.ts';
import type { CalendarData } from '../calendar/calendar-data.ts';
import { expandCalendar, type KeptCalendar } from '../calendar/kept-calendar.ts';
import { createCalendar, type WorkingCalendar } from '../calendar/working-calendar.ts';
import type { KeptValues } from '../measures/newest-value.ts';
import type { KeptMilestone, MilestoneStatus, PlannedMilestone } from '../milestone/milestone.ts';
import type { Facts } from '../facts/facts.ts';
import type { Actor } from '../commands/actor.ts';
import type { CalendarEntry } from './digest.ts';
import type { InspectionStatus } from './inspection-status.ts';
import type { LimitName } from './limit-name.ts';
import type { Abandoned, RegisterEntry } from './entry.ts';

/** What a lifecycle starts from: plain data, resolved once, so that it runs for years by the rules it began with. */
export interface LifecycleStart {
  facts: Facts;
  /** What the standing rules do not say of the bank holidays; {@link calendarDataOf} has them all. */
  calendar: KeptCalendar;
  startedBy: Actor;
  /** Of the file that it was started from: the same file a second time is known by it. SHA-256, 64 hexadecimal digits. */
  fileHash?: string;
}

/** How mail to one address has gone lately. */
export interface MailState {
  /** The last day on which a digest was sent, and how many were sent on it. */
  day: string;
  n: number;
  /** Set while the mail server can't be reached or puts us off. */
  delayed?: { since: string; attempts: number; retryAt: string };
  /** The calendar entries sent to this address, by milestone: when a duty is done, its entry is taken back. */
  calendar?: Record<string, CalendarEntry>;
}

/** A finished milestone, as little of it as planning needs; all of it is in the register. */
export interface EndedMilestone {
  status: MilestoneStatus;
  due: string;
  endedAt: string;
  /** The role that ended it, where one did. */
  by?: string;
  /** Only where the facts no longer say it: what was made ready for a meeting that was cancelled, say. */
  title?: string;
  /** Whose it was when it ended, where the facts name another role since. */
  owner?: string;
  /** It did not end: it followed from the facts no more. Where it does again, it is to be done. */
  gone?: true;
  /** What a person had set, where anything: with it a duty that is opened again goes on. */
  marks?: Pick<KeptMilestone, 'dueVersion' | 'moves' | 'passedTo' | 'sharedWith' | 'returned' | 'progress'>;
}

/**
 * The state of one inspection's lifecycle: plain data that survives continue-as-new as it is. It is facts, and the marks
 * that people and time have left; what follows from them is worked out when it is asked for (milestones.ts).
 */
export interface LifecycleState extends LifecycleStart {
  status: InspectionStatus;
  startedAt: string;
  /** What still matters, by id: open, held and submitted ones, and those whose end is not yet told or recorded. */
  kept: Record<string, KeptMilestone>;
  ended: Record<string, EndedMilestone>;
  /** As they were planned: kept ones that follow from the facts no more, until their owners have been told. */
  gone?: Record<string, PlannedMilestone>;
  /** Where each cycle's unfinished occurrences begin. */
  cyclesFrom: Record<string, number>;
  /** The last occurrence of each cycle that has been taken on. */
  cyclesTo: Record<string, number>;
  /** The day as of which cycles were last planned ahead. */
  plannedOn: CivilDate;
  mail: Record<string, MailState>;
  /** The newest values of each measure that has one, by its id. */
  measured?: Record<string, KeptValues>;
  /** The last register entry's number. */
  seq: number;
  /** Entries not yet handed to the register. */
  unrecorded: RegisterEntry[];
  /** By what it has come to half of what is possible, as its administrator was told. */
  nearLimits?: LimitName[];
  /** Mail given up, and not yet handed to the register. */
  abandoned?: Abandoned[];
  /** Set where it should never have been started; `told` are the addresses that have been told so. */
  withdrawn?: { by: string; at: string; reason: string; told: string[] };
  /** Set once it is closed with unfinished actions: where each goes, as that was said. */
  homes?: readonly Home[];
  /** Set while the register knows otherwise: nothing is recorded, sent or taken on until an operator has mended it. */
  diverged?: Divergence;
}

/** How the register and a lifecycle differ, as the register found it. */
export interface Divergence {
  /** A sentence's part, without a full stop. */
  why: string;
  /** The story's instant, UTC. */
  since: string;
}

/** How many occurrences of a cycle after today are planned. */
export const CYCLES_AHEAD = 2;

const calendars = new WeakMap<CalendarData, WorkingCalendar>();

/** Every day off that a lifecycle counts by: the bank holidays that it keeps, and its authority's closure days. */
export function calendarDataOf({ calendar, facts }: Pick<LifecycleStart, 'calendar' | 'facts'>): CalendarData {
  return expandCalendar(calendar, facts.authority.closureDays);
}

/** The working calendar of a state, made once for each calendar's data. */
export function calendarOf(state: Pick<LifecycleStart, 'calendar' | 'facts'>): WorkingCalendar {
  const data = calendarDataOf(state);
  const made = calendars.get(data) ?? createCalendar(data);
  calendars.set(data, made);
  return made;
}
