import { z } from 'zod';
import { slug } from './common.ts';

/** Who must accept what an owner has submitted, before it counts as done: a role, or a body. */
export const acceptedBy = z
  .strictObject({
    role: slug
      .meta({ refersTo: 'role' })
      .optional()
      .meta({
        description: 'The role that accepts it. Where that is its owner, whoever stands above them accepts it instead.',
        examples: ['director'],
      }),
    body: slug
      .meta({ refersTo: 'body' })
      .optional()
      .meta({
        description:
          'The body that accepts it: at its last meeting within that time, or else at its next one, where one is on file. The officer who sees to its papers records that, or else the administrator.',
        examples: ['improvement-board'],
      }),
    within: z
      .int()
      .min(1)
      .max(250)
      .default(10)
      .describe('So many working days after it was submitted it is to be accepted, or sent back.'),
  })
  .refine(({ role, body }) => (role === undefined) !== (body === undefined), {
    error: 'expected a role or a body, and not both',
  });

export type AcceptedBy = z.infer<typeof acceptedBy>;
