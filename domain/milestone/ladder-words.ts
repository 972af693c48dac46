import { lateInWords, workingDaysInWords } from '../calendar/lateness.ts';
import type { LadderKind } from './milestone.ts';

interface LadderWords {
  /** As people read it of one that has been sent. */
  sent: string;
  /** As people read it of one that is to come, by the working days after the day that it counts to; negative before it. */
  toCome: (workingDays: number) => string;
}

/** What a rung of a ladder says. */
export const LADDER_WORDS: Record<LadderKind, LadderWords> = {
  reminder: { sent: 'reminder', toCome: (n) => `reminder: ${workingDaysInWords(-n)} left` },
  'due-today': { sent: 'due today', toCome: () => 'due today' },
  stricter: { sent: 'reminder of the stricter date', toCome: () => 'reminder of the stricter date' },
  'stricter-passed': {
    sent: 'told that the stricter date has passed',
    toCome: () => 'told that the stricter date has passed',
  },
  escalation: { sent: 'told that it is late', toCome: lateInWords },
  information: { sent: 'copy for information', toCome: (n) => `for information: ${lateInWords(n)}` },
};
