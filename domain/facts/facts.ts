import type { CivilDate } from '../calendar/civil-date.ts';
import type { Holding } from '../sustained/holding.ts';
import type { Awaiting } from '../acceptance/awaiting.ts';
import type { Question } from '../questions/questions.ts';
import type { Authority } from '../schemas/authority.ts';
import type { Constitution } from '../schemas/constitution.ts';
import type { Framework, InstrumentRules } from './framework.ts';
import type { Inspection } from '../schemas/inspection.ts';
import type { DatedEvent } from '../schemas/instrument.ts';
import type { Promised } from '../schemas/promise.ts';
import type { OtherEvent, PlacedEvent, StrandName, TriggerEvent } from '../schemas/rule-pack.ts';

/** All that a plan follows from, beside the calendar: plain data, as the lifecycle carries it. */
export interface Facts extends Framework {
  inspection: Inspection;
  authority: Authority;
  /** The rules of those of its instruments that have a framework. */
  instruments?: InstrumentRules[];
  constitution: Constitution | null;
  /** The number of the plan's revision; absent: the first, that of the start. */
  revision?: number;
  /** Members' questions as a lifecycle keeps them; those of a file stand in the inspection until it is started. */
  questions?: Question[];
  /** What has been submitted and waits to be accepted within the council. */
  awaiting?: Awaiting[];
  /** What was done, and is to be asked about again. */
  holding?: Holding[];
}

/** How far ahead cycles are planned: up to a date, or the next `ahead` occurrences after `today`. */
export type CycleWindow = { until: CivilDate } | { today: CivilDate; ahead: number };

export interface PlanOptions {
  cycles: CycleWindow;
  /** Occurrences before this one are finished and left out, by the cycle's name. */
  cyclesFrom?: Record<string, number>;
  /** Occurrences up to this one are known to somebody: they are planned however far ahead they are, by the cycle's name. */
  cyclesTo?: Record<string, number>;
}

/** The event that starts a clock, with its date, and whether another event stands in for it. */
export interface Trigger {
  event: TriggerEvent | 'commitment' | 'action-date' | 'handed-in' | 'was-done';
  date: CivilDate;
  /** Local time of the event, where it is known. */
  time?: string;
  standsInFor?: TriggerEvent;
  /** The title of the decision that it is about. */
  decision?: string;
  /** The title of the instrument under which it happened, where an own date counts from that. */
  under?: string;
  /** Who set the date, where it was not the council. */
  setBy?: string;
  /** The words of a paper that names no day; the date is the latest that they can mean. */
  words?: string;
}

/** What has happened, and what was judged, under an inspection itself or under one of its instruments. */
export type Happenings = {
  [K in 'fieldwork' | 'report' | 'judgements' | 'events']?: Inspection[K] | undefined;
};

/**
 * The date of an event of the inspection, or of the event that may stand in for it; undefined where neither is recorded.
 */
export function triggerOf(inspection: Happenings, event: TriggerEvent, proxy?: TriggerEvent): Trigger | undefined {
  const found = firstEvent(inspection, event);
  if (found !== undefined) return dated(event, found.on, found.at);
  const other = proxy === undefined ? undefined : firstEvent(inspection, proxy);
  return proxy === undefined || other === undefined ? undefined : { event: proxy, date: other.on, standsInFor: event };
}

/** Is an event on file? */
export function isRecorded(inspection: Happenings, event: TriggerEvent): boolean {
  return firstEvent(inspection, event) !== undefined;
}

/** The first day on which an event met a duty that counts from `since`; undefined where none has. */
export function metBy(inspection: Happenings, event: TriggerEvent, since: CivilDate): CivilDate | undefined {
  const days = isPlaced(event) ? [firstEvent(inspection, event)] : standingEvents(inspection, event);
  return days.find((each) => each !== undefined && each.on >= since)?.on;
}

/** An event that happened, with its number among those of its kind, from 1. */
export interface NumberedEvent extends DatedEvent {
  number: number;
}

/** The events of a kind that are on file, in the order of their numbers; those that were withdrawn too. */
export function eventsOnFile({ events }: Happenings, kind: OtherEvent): NumberedEvent[] {
  const recorded = events?.[kind] ?? [];
  const only = typeof recorded === 'string' ? { on: recorded } : recorded;
  return (Array.isArray(only) ? only : [only]).map((each, index) => ({ ...each, number: index + 1 }));
}

/** An event as it stands on file: its number is its place. */
export function eventToFile({ on, at, duty, note, withdrawn }: DatedEvent): DatedEvent {
  return {
    on,
    ...(at === undefined ? {} : { at }),
    ...(duty === undefined ? {} : { duty }),
    ...(note === undefined ? {} : { note }),
    ...(withdrawn === undefined ? {} : { withdrawn }),
  };
}

/** Every event on file that has no place of its own, of all kinds. */
export function allEvents(inspection: Happenings): (NumberedEvent & { kind: OtherEvent })[] {
  const kinds = Object.keys(inspection.events ?? {}) as OtherEvent[];
  return kinds.flatMap((kind) => eventsOnFile(inspection, kind).map((each) => ({ kind, ...each })));
}

/** Those that count. */
export const standingEvents = (inspection: Happenings, kind: OtherEvent): NumberedEvent[] =>
  eventsOnFile(inspection, kind).filter(({ withdrawn }) => withdrawn === undefined);

/** Where each event stands whose date has a place of its own in the file; undefined: it has none in the inspection itself. */
const PLACES: Record<PlacedEvent, (inspection: Happenings) => Pick<DatedEvent, 'on' | 'at'> | undefined> = {
  'report-received': ({ report }) =>
    report?.received === undefined ? undefined : { on: report.received, at: report.receivedAt },
  'report-published': ({ report }) => (report?.published === undefined ? undefined : { on: report.published }),
  'fieldwork-ended': ({ fieldwork }) => (fieldwork === undefined ? undefined : { on: fieldwork.until }),
  'decision-taken': () => undefined,
  'decision-published': () => undefined,
  'call-in-received': () => undefined,
  'referred-back': () => undefined,
  'referred-to-council': () => undefined,
  'question-asked': () => undefined,
};

const isPlaced = (event: TriggerEvent): event is PlacedEvent => Object.hasOwn(PLACES, event);

/** An event of this kind that counts, the first of several. */
function firstEvent(inspection: Happenings, event: TriggerEvent): Pick<DatedEvent, 'on' | 'at'> | undefined {
  return isPlaced(event) ? PLACES[event](inspection) : standingEvents(inspection, event)[0];
}

/** One of several events that start the same rule's clock: which, and the trigger that it is. */
export interface NumberedTrigger {
  number: number;
  trigger: Trigger;
}

/**
 * Every event that starts a clock of this kind: several letters or notices each start their own. Where none is on file, the
 * event that may stand in for it.
 */
export function triggersOf(inspection: Happenings, event: TriggerEvent, proxy?: TriggerEvent): NumberedTrigger[] {
  const several = isPlaced(event) ? [] : standingEvents(inspection, event);
  if (several.length > 0) return several.map(({ number, on, at }) => ({ number, trigger: dated(event, on, at) }));
  const one = triggerOf(inspection, event, proxy);
  return one === undefined ? [] : [{ number: 1, trigger: one }];
}

export function dated(event: TriggerEvent, date: CivilDate, time: string | undefined): Trigger {
  return { event, date, ...(time === undefined ? {} : { time }) };
}

/** What the council has promised about a rule of the inspection's own framework, or of an instrument's, where it has. */
export function commitmentsTo(inspection: Inspection, rule: string, instrument?: string): Promised[] {
  return inspection.commitments.filter((each) => each.rule === rule && each.instrument === instrument);
}

/**
 * The role that owns a strand's milestones where nothing else says so: the file's, else the director of children's services;
 * of call-in windows, which are watched, the administrator.
 */
export function strandOwner(facts: Pick<Facts, 'inspection' | 'authority'>, strand: StrandName): string {
  const { director, administrator } = facts.authority.chain;
  return facts.inspection.owners[strand] ?? (strand === 'call-in-window' ? administrator : director);
}
