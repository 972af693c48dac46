import { defineSearchAttributeKey, type SearchAttributePair, type SearchAttributeUpdatePair } from '@temporalio/common';

/** What operators and the fan-out find lifecycles by. They hold no names and no addresses. */
const AUTHORITY = defineSearchAttributeKey('DuecourseAuthority', 'KEYWORD');
const DIVISION = defineSearchAttributeKey('DuecourseDivision', 'KEYWORD');
const STATUS = defineSearchAttributeKey('DuecourseStatus', 'KEYWORD');
const NEXT_DUE = defineSearchAttributeKey('DuecourseNextDue', 'DATETIME');
const OVERDUE = defineSearchAttributeKey('DuecourseOverdue', 'INT');

export interface Shown {
  authority: string;
  division: string;
  status: string;
  overdue: number;
  nextDueAt: string | null;
}

/** The search attributes of a lifecycle; a next due instant that is gone is cleared. */
export function searchAttributes(shown: Shown): SearchAttributeUpdatePair[] {
  return [
    { key: AUTHORITY, value: shown.authority },
    { key: DIVISION, value: shown.division },
    { key: STATUS, value: shown.status },
    { key: OVERDUE, value: shown.overdue },
    { key: NEXT_DUE, value: shown.nextDueAt === null ? null : new Date(shown.nextDueAt) },
  ];
}

/** The same at the start, where nothing is there to be cleared. */
export function initialSearchAttributes(authority: string, division: string): SearchAttributePair[] {
  return [
    { key: AUTHORITY, value: authority },
    { key: DIVISION, value: division },
    { key: STATUS, value: 'open' },
    { key: OVERDUE, value: 0 },
  ];
}
