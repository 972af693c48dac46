import { civilDate, paragraphs, perCent, slug } from './common.ts';
import { partAt, type Say } from './part.ts';

const ratingId = slug.meta({ refersTo: 'rating' });

/** What a report on an action says, in a file that tells what has happened. */
export const reported = {
  rating: ratingId.optional().meta({ description: 'Reported: one of the council’s ratings.', examples: ['amber'] }),
  percent: perCent.optional().meta({ description: 'Reported: how much of it is done, in per cent.', examples: [40] }),
  forecast: civilDate.optional().meta({
    description: 'Reported: the day by which its owner expects it to be done.',
    examples: ['2026-12-04'],
  }),
  text: paragraphs.optional().meta({
    description: 'Reported: what there is to say of it.',
    examples: ['Two of three teams work to the standard.'],
  }),
};

/** A report says something. */
export function mustReport(past: unknown, say: Say): void {
  if (Object.keys(reported).some((key) => partAt(past, key) !== undefined)) return;
  say([], 'what was reported needs "rating", "percent", "forecast" or "text"');
}
