import { z } from 'zod';
import { civilDate, division, line, slug, timeOfDay } from './common.ts';

const closed = z
  .array(civilDate)
  .default([])
  .meta({ description: 'The council’s own closure days in this example.', examples: [['2016-12-29']] });

const why = line.meta({
  description: 'How the date is counted by hand, in a sentence.',
  examples: ['28 days after Tuesday 17 October, which is not counted: Tuesday 14 November'],
});

const source = line.optional().meta({
  description: 'The paper or page that states this date. Left out where it is only worked out.',
  examples: ['Buckinghamshire Fire Authority, November 2023'],
});

/** A date of a rule, worked out by hand: the pack is refused where the rule does not come to it. */
export const workedExample = z
  .strictObject({
    on: civilDate.meta({
      description: 'The day of the event that starts the clock, or of the promise.',
      examples: ['2023-10-17'],
    }),
    at: timeOfDay.optional().describe('The time of day of the event, where the rule has a `receiptCutOff`.'),
    division: division.default('england-and-wales').describe('Whose bank holidays count.'),
    closed,
    round: z
      .int()
      .min(1)
      .max(600)
      .optional()
      .describe('Which round it is, of a rule that repeats. Left out: the first.'),
    reading: slug.optional().describe('By which of the rule’s other `readings`. Left out: by the rule’s own.'),
    due: civilDate.meta({ description: 'The day on which it is due.', examples: ['2023-11-14'] }),
    why,
    source,
  })
  .meta({ part: 'example' });

/** A decision's call-in window, worked out by hand: the constitution is refused where it does not come to it. */
export const windowExample = z
  .strictObject({
    published: civilDate.meta({
      description: 'The day on which the decision was published.',
      examples: ['2017-08-03'],
    }),
    at: timeOfDay
      .optional()
      .describe('The time of day of the publication, where the constitution has a `publicationCutOff`.'),
    division: division.default('england-and-wales').describe('Whose bank holidays count.'),
    closed,
    closes: civilDate.meta({ description: 'The last day of the window.', examples: ['2017-08-11'] }),
    effective: civilDate.optional().meta({
      description: 'The first day on which the decision can be carried out. Left out: it is not asked about.',
      examples: ['2017-08-11'],
    }),
    why,
    source,
  })
  .meta({ part: 'window-example' });

export type WorkedExample = z.infer<typeof workedExample>;
export type WindowExample = z.infer<typeof windowExample>;
