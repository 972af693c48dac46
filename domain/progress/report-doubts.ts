import { type CivilDate, formatDate } from '../calendar/civil-date.ts';
import { localDate } from '../calendar/london.ts';
import type { Milestone } from '../milestone/milestone.ts';
import type { Authority } from '../schemas/authority.ts';
import { unstopped } from '../unstopped.ts';
import { findRating, ratingsOf } from './ratings.ts';
import { standingInWords } from './standing-words.ts';

type Reported = Pick<Milestone, 'due' | 'progress' | 'completed' | 'submitted'>;

/**
 * Where what somebody says now of an action does not go with what was said of it, or with what the rating means: a sentence each, to
 * be looked at before it counts.
 */
export const reportDoubts = (before: Reported, after: Reported, council: Pick<Authority, 'ratings'>): string[] => [
  ...doneBeforeReport(before, after, council),
  ...ratedOtherwise(before, after, council),
];

/** Done on a day of which, or before which, a later report knew nothing. */
function doneBeforeReport(
  { progress, ...before }: Reported,
  after: Reported,
  council: Pick<Authority, 'ratings'>,
): string[] {
  const day = dayOf(after);
  if (day === undefined || day === dayOf(before) || progress === undefined || day >= progress.on) return [];
  if (findRating(council, progress.rating)?.counts === 'done') return [];
  const said = standingInWords(progress, before.due, council).join(', ') || 'no rating';
  return [
    `The last report on it, of ${formatDate(progress.on)}, says: ${said}. You say that it was done before that, on ${formatDate(day)}: look at the day.`,
  ];
}

/** Expected after its date, and rated as if it were not. */
function ratedOtherwise(before: Reported, { progress, due }: Reported, council: Pick<Authority, 'ratings'>): string[] {
  if (progress?.forecast === undefined || progress.forecast <= due) return [];
  if (progress.reports === before.progress?.reports) return [];
  const rating = findRating(council, progress.rating);
  const late = ratingsOf(council).find(({ counts }) => counts === 'off-track');
  if (rating === undefined || late === undefined || !['on-track', 'at-risk'].includes(rating.counts)) return [];
  return [
    `It is expected by ${formatDate(progress.forecast)}, after its date of ${formatDate(due)}, and rated ${rating.name}. ${late.name} is: ${unstopped(late.meaning)}. Look whether that is meant.`,
  ];
}

const dayOf = ({ completed, submitted }: Omit<Reported, 'progress'>): CivilDate | undefined => {
  const at = (completed ?? submitted)?.at;
  return at === undefined ? undefined : localDate(at);
};
