import type { CivilDate } from '../../domain/calendar/civil-date.ts';
import type { Sent } from './sent.ts';
import type { Rating } from '../../domain/schemas/ratings.ts';

/** What a workbook shows beside the plan, and does not read back. */
export interface Shown {
  /** The inspection and its council, as people call them. */
  title: string;
  council: string;
  ratings: readonly Rating[];
  /** Of each action, by its name. */
  actions: Record<string, ShownAction>;
  /** Of each theme: how far it is, in words. */
  themes: Record<string, string>;
  /** Of each recommendation, what answers it. */
  answers: Record<string, { themes: string[]; actions: string[] }>;
  /** Of each measure that has a value, the newest. */
  values: Record<string, { value: number; on: CivilDate }>;
  decisions: ShownDecision[];
  people: { title: string; id: string; of: string; reportsTo: string; does: string }[];
}

export interface ShownAction {
  /** 'To do', 'Overdue', 'Done'. */
  status: string;
  /** The due date before anybody granted a later one. */
  firstDue?: CivilDate;
  /** Why its date is what it is: a sentence each. */
  why: string[];
  /** To whom it was passed on, where it was. */
  passedTo?: string;
  acceptedBy?: string;
  /** What was last said of it. */
  words?: string;
}

export interface ShownDecision {
  title: string;
  by: string;
  takenOn: CivilDate;
  publishedOn?: CivilDate;
  /** From which day it can be carried out, where that is known. */
  from?: CivilDate;
  stands: string;
}

/** All that a workbook is made from. */
export interface BookSource {
  sent: Sent;
  shown: Shown;
}
