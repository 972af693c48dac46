import type { CivilDate } from '../calendar/civil-date.ts';
import type { Question } from '../questions/questions.ts';
import type { Authority } from '../schemas/authority.ts';
import type { Constitution } from '../schemas/constitution.ts';
import type { Commitment, Inspection } from '../schemas/inspection.ts';
import type { Rule, StrandName, TriggerEvent, WorkingDayDefinition } from '../schemas/rule-pack.ts';

/** All that a plan follows from, beside the calendar: plain data, as the lifecycle carries it. */
export interface Facts {
  inspection: Inspection;
  authority: Authority;
  /** The pack's rules with its included packs' resolved: fixed when the lifecycle starts. */
  rules: Rule[];
  pack: { id: string; version: number };
  constitution: Constitution | null;
  /** Members' questions as a lifecycle keeps them; those of a file stand in the inspection until it is started. */
  questions?: Question[];
  /** The definitions of a working day that the rules name, by id. */
  workingDays?: Record<string, WorkingDayDefinition>;
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
  event: TriggerEvent | 'commitment' | 'action-date';
  date: CivilDate;
  /** Local time of the event, where it is known. */
  time?: string;
  standsInFor?: TriggerEvent;
}

/**
 * The date of an event of the inspection, or of the event that may stand in for it; undefined where neither is recorded.
 */
export function triggerOf(inspection: Inspection, event: TriggerEvent, proxy?: TriggerEvent): Trigger | undefined {
  const date = eventDate(inspection, event);
  if (date !== undefined) {
    const time = event === 'report-received' ? inspection.report.receivedAt : otherEvent(inspection, event)?.at;
    return { event, date, ...(time === undefined ? {} : { time }) };
  }
  if (proxy === undefined) return undefined;
  const other = eventDate(inspection, proxy);
  return other === undefined ? undefined : { event: proxy, date: other, standsInFor: event };
}

/** Is an event on file? */
export function isRecorded(inspection: Inspection, event: TriggerEvent): boolean {
  return eventDate(inspection, event) !== undefined;
}

function otherEvent(
  inspection: Inspection,
  event: TriggerEvent,
): { on: CivilDate; at?: string | undefined } | undefined {
  const events: Partial<Record<TriggerEvent, CivilDate | { on: CivilDate; at?: string | undefined }>> =
    inspection.events ?? {};
  const recorded = events[event];
  return typeof recorded === 'string' ? { on: recorded } : recorded;
}

function eventDate(inspection: Inspection, event: TriggerEvent): CivilDate | undefined {
  if (event === 'report-received') return inspection.report.received;
  if (event === 'report-published') return inspection.report.published;
  if (event === 'fieldwork-ended') return inspection.fieldwork.until;
  return otherEvent(inspection, event)?.on;
}

/** What the council has promised about a rule, where it has. */
export function commitmentsTo(inspection: Inspection, rule: string): Commitment[] {
  return inspection.commitments.filter((each) => each.rule === rule);
}

/** The role that owns a strand's milestones: the file's, else the director of children's services. */
export function strandOwner(facts: Facts, strand: StrandName): string {
  return facts.inspection.owners[strand] ?? facts.authority.chain.director;
}
