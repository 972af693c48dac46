import { z } from 'zod';
import { civilDate, line, period, slug } from './common.ts';
import { instrumentId } from './instrument-id.ts';
import { triggerEvent } from './rule-pack.ts';

/**
 * A due date that a plan or a paper names: a date; a day no later than which, with the paper's own words; or a period counted
 * from an event.
 */
export const ownDue = z
  .union([
    civilDate,
    z.strictObject({
      by: civilDate.meta({ description: 'The latest day that the words can mean.', examples: ['2026-11-30'] }),
      words: line.meta({
        description: 'What the paper says, where it names no day; its dates say so.',
        examples: ['by November'],
      }),
    }),
    z.strictObject({
      ...period.shape,
      from: triggerEvent.default('report-received').describe('The event from which it is counted.'),
      decision: slug
        .meta({ refersTo: 'decision' })
        .optional()
        .meta({
          description: 'Counted from a decision: which, where the file has several.',
          examples: ['adopt-the-plan'],
        }),
      instrument: instrumentId.meta({
        description: 'Counted from an event of this instrument. Left out: of the inspection itself.',
        examples: ['improvement-notice'],
      }),
    }),
  ])
  .meta({ part: 'due' });

/** Who set a date, where it was not the council. */
export const setBy = line.meta({
  description:
    'Who set the date, where it was not the council: it does not move off a day off, and the council can’t grant a later one.',
  examples: ['the improvement notice of 6 January 2022'],
});

export type OwnDue = z.infer<typeof ownDue>;
