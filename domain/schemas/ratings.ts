import { z } from 'zod';
import { COUNTS, RATING_COLOURS } from '../progress/rating-words.ts';
import { namesOf } from '../closed-table.ts';
import { explained, line, slug } from './common.ts';
import { listAt, type Say, textAt } from './part.ts';

const colour = explained(z.enum(namesOf(RATING_COLOURS)), RATING_COLOURS);
const counts = explained(z.enum(namesOf(COUNTS)), COUNTS);

/** One of the names by which a council says how an action stands. */
const rating = z.strictObject({
  id: slug.meta({ description: 'Its short name, by which commands name it.', examples: ['some-issues'] }),
  name: line.meta({ description: 'What it is called on pages and in reports.', examples: ['Some issues'] }),
  meaning: line.meta({
    description: 'The rule for it: when an action is rated so. Every report prints it.',
    examples: ['There are difficulties, and the date can still be met.'],
  }),
  colour: colour.describe('Its colour. It is never shown by colour alone.'),
  counts: counts.describe('What it counts as where ratings of several actions are added up.'),
});

/** A council's own ratings, in their order. */
export const ratings = z.array(rating).min(2).max(12);

/** Each rating is there once, by its id and by the name that people see. */
export function checkRatings(file: unknown, say: Say): void {
  const known = { id: new Set<string>(), name: new Set<string>() };
  listAt(file, 'ratings').forEach((each, index) => {
    for (const key of ['id', 'name'] as const) {
      const said = textAt(each, key);
      if (said === undefined) continue;
      if (known[key].has(said)) say(['ratings', index, key], `the rating "${said}" is defined twice`);
      known[key].add(said);
    }
  });
}

export type Rating = z.infer<typeof rating>;
