import type { Capacity } from '../../../domain/schemas/authority.ts';
import type { NextStep } from './next-steps.ts';

/** One thing that waits for somebody: what it is, what there is to say, and what they can do about it at once. */
export interface WaitingItem {
  href: string;
  title: string;
  /** Under the title: whose it is, or of which inspection. */
  of: string;
  said: string;
  steps: NextStep[];
  /** How many duties it stands for, where that is not one. */
  duties?: number;
}

/** What may wait for somebody, in the order in which it stands. */
export type WaitingKind =
  | 'later-dates'
  | 'submissions'
  | 'silence'
  | 'windows'
  | 'called-in'
  | 'questions'
  | 'briefings'
  | 'overdue'
  | 'undeliverable'
  | 'findings'
  | 'missing-facts'
  | 'unanswered'
  | 'provisional';

/** What each is called, for whom it is, and what is said where there is none of it. */
export const WAITING: Record<
  WaitingKind,
  {
    title: string;
    of: readonly Capacity[];
    where?: NextStep;
    /** Others owe it: nothing of it waits for whoever reads. */
    isForInformation?: true;
  }
> = {
  'later-dates': { title: 'Later dates asked for', of: ['manager', 'administrator'] },
  submissions: { title: 'Submissions to accept', of: ['manager', 'administrator'] },
  silence: { title: 'Progress not answered', of: ['manager', 'administrator'] },
  windows: {
    title: 'Decisions that can be called in',
    of: ['member'],
    where: { href: '/decisions', text: 'All decisions' },
  },
  'called-in': {
    title: 'Called in, for scrutiny to consider',
    of: ['member', 'manager', 'administrator'],
    where: { href: '/decisions', text: 'All decisions' },
  },
  questions: {
    title: 'Questions not answered yet',
    of: ['member'],
    where: { href: '/questions', text: 'All questions' },
  },
  briefings: { title: 'The next briefings', of: ['member'], isForInformation: true },
  overdue: { title: 'Overdue', of: ['administrator'], where: { href: '/overdue', text: 'Everything that is overdue' } },
  undeliverable: {
    title: 'Mail that nobody got',
    of: ['administrator'],
    where: { href: '/undeliverable', text: 'Undeliverable mail' },
  },
  findings: { title: 'Not as it should be', of: ['administrator'], where: { href: '/health', text: 'Health' } },
  'missing-facts': { title: 'Facts that are missing', of: ['administrator'] },
  unanswered: { title: 'Questions that are overdue', of: ['administrator'] },
  provisional: { title: 'Dates that are not certain', of: ['administrator'] },
};

/** So many of a kind are named. */
export const MAX_NAMED = 30;
