import { type CivilDate, formatDate } from '../calendar/civil-date.ts';
import { lateInWords, workingDaysInWords } from '../calendar/lateness.ts';
import type { LadderKind } from './milestone.ts';

interface LadderWords {
  /** As people read it of one that has been sent. */
  sent: string;
  /**
   * As people read it of one that is to come, by the working days after the day that it counts to; negative before it.
   *
   * @param days the day on which it is sent, and the due date
   */
  toCome: (workingDays: number, days: { on: CivilDate; due: CivilDate }) => string;
}

/** What a rung of a ladder says. */
export const LADDER_WORDS: Record<LadderKind, LadderWords> = {
  reminder: { sent: 'reminder', toCome: (n) => `reminder: ${workingDaysInWords(-n)} left` },
  // What is due on a day off is told on the working day before.
  'due-today': {
    sent: 'due today',
    toCome: (_n, { on, due }) => `due ${on === due ? 'today' : `on ${formatDate(due)}`}`,
  },
  stricter: { sent: 'reminder of the stricter date', toCome: () => 'reminder of the stricter date' },
  'stricter-passed': {
    sent: 'told that the stricter date has passed',
    toCome: () => 'told that the stricter date has passed',
  },
  escalation: { sent: 'told that it is late', toCome: lateInWords },
  information: { sent: 'copy for information', toCome: (n) => `for information: ${lateInWords(n)}` },
};
