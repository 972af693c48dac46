import type { CalendarData } from '../../domain/calendar/working-calendar.ts';
import type { InstrumentRules } from '../../domain/facts/framework.ts';
import type { Authority } from '../../domain/schemas/authority.ts';
import type { Constitution } from '../../domain/schemas/constitution.ts';
import type { Inspection } from '../../domain/schemas/inspection.ts';
import type { Rule, WorkingDayDefinition } from '../../domain/schemas/rule-pack.ts';

/** An inspection's file with everything that it refers to. */
export interface LoadedInspection {
  inspection: Inspection;
  authority: Authority;
  rules: Rule[];
  pack: { id: string; version: number };
  /** The definitions of a working day that the rules name. */
  workingDays: Record<string, WorkingDayDefinition>;
  /** What follows from each of its instruments that have a framework. */
  instruments: InstrumentRules[];
  constitution: Constitution | undefined;
  calendar: CalendarData;
  /** Of what the file says, its authority left out: however it is laid out, the same content has the same. SHA-256, hexadecimal. */
  fileHash: string;
}

export interface LoadOptions {
  /** The report was received on this date: it stands in the place of the file's own. */
  received?: string;
  /** The instant at which it is read, UTC: what the file says has happened is entered as of then. Absent: not looked at. */
  now?: string;
}
