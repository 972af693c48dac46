import { z } from 'zod';
import { slug } from './common.ts';

/** How often a duty may be given a later date, and who answers for more. */
export const laterDates = z.strictObject({
  cap: z
    .int()
    .min(0)
    .max(50)
    .meta({
      description: 'So many times a later date may be granted for one duty by those above its owner.',
      examples: [2],
    }),
  beyond: slug.meta({ refersTo: 'role' }).meta({
    description:
      'The role that alone may grant one more. It may grant and decline later dates whether it stands above the owner or not, and hears when its grant is asked for.',
    examples: ['chief-executive'],
  }),
});

export type LaterDates = z.infer<typeof laterDates>;
