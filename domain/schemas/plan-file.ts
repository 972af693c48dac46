import { z } from 'zod';
import { inspection } from './inspection.ts';
import { checkPromises } from './promise.ts';
import { always, listAt, textAt } from './part.ts';

const { recommendations, themes, actions, measures, owners, commitments, approvals } = inspection.shape;

/** A plan by itself: what of an inspection's file a revision may change. A list that is left out stays as it is. */
export const planFile = z
  .strictObject({
    revision: z.int().min(1).optional().describe('The revision that the file was made from.'),
    recommendations: recommendations.unwrap().optional(),
    themes: themes.unwrap().optional(),
    actions: actions.unwrap().optional(),
    measures,
    owners: owners.unwrap().optional(),
    commitments: commitments.unwrap().optional(),
    approvals,
  })
  .superRefine(
    ...always((file, say) => {
      checkPromises(file, say);
      for (const [list, key] of NAMED_BY) {
        const names = new Set<string>();
        listAt(file, list).forEach((each, index) => {
          const name = textAt(each, key);
          if (name === undefined) return;
          if (names.has(name)) say([list, index, key], `"${name}" is there twice`);
          names.add(name);
        });
      }
    }),
  );

/** The lists, and the key by which one of each is known. */
const NAMED_BY = [
  ['recommendations', 'id'],
  ['themes', 'id'],
  ['actions', 'id'],
  ['measures', 'id'],
  ['approvals', 'rule'],
] as const;
