import { z } from 'zod';
import { slug } from './common.ts';

/** When somebody is asked whether what was done still holds. */
export const sustained = z.strictObject({
  after: z
    .array(z.int().min(1).max(60))
    .max(10)
    .refine((months) => months.every((n, index) => index === 0 || n > (months[index - 1] ?? n)), {
      error: 'expected months from fewest to most, each once, for example [3, 6]',
    })
    .meta({
      description:
        'So many months after it was done its owner is asked whether it still holds; where it has fallen back, it is opened again. An empty list: never.',
      examples: [[3, 6]],
    }),
  askedOf: slug
    .meta({ refersTo: 'role' })
    .optional()
    .meta({
      description: 'The role that is asked. Left out: whoever owned it when it was done.',
      examples: ['quality-assurance'],
    }),
});

export type Sustained = z.infer<typeof sustained>;
