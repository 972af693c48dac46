import { z } from 'zod';
import { civilDate, line, pastDate, slug } from './common.ts';

/** That owners of open actions are asked for their progress before each date of a promise. */
export const progressRound = z.strictObject({
  days: z
    .int()
    .min(1)
    .max(60)
    .default(10)
    .describe('So many working days the owners of open actions have to say how these stand.'),
  ahead: z
    .int()
    .min(0)
    .max(60)
    .default(2)
    .describe(
      'So many working days before the report is due with the officer their answers are to be there. Where the body has no such deadline on file, before the agenda is published; without a body, before the date itself.',
    ),
});

/** A round that somebody has opened by hand. */
export const openedRound = z.strictObject({
  id: slug.meta({ description: 'Its short name.', examples: ['r1'] }),
  title: line.meta({ description: 'What the progress is for.', examples: ['Extra meeting of the board'] }),
  on: pastDate.meta({ description: 'The day on which it was opened.', examples: ['2026-11-02'] }),
  by: civilDate.meta({ description: 'The day by which answers are to be there.', examples: ['2026-11-13'] }),
});

export type ProgressRound = z.infer<typeof progressRound>;
export type OpenedRound = z.infer<typeof openedRound>;
