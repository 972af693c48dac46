import type { Division } from '../calendar/calendar-data.ts';
import type { Rule, WorkingDayDefinition } from '../schemas/rule-pack.ts';

/** A framework's rules as they were when its clocks were started, with the definitions of a working day that they name, by id. */
export interface Framework {
  rules: Rule[];
  pack: { id: string; version: number; divisions?: Division[] };
  workingDays?: Record<string, WorkingDayDefinition>;
}

/** What follows from one of an inspection's instruments. */
export interface InstrumentRules extends Framework {
  instrument: string;
}
