import { z } from 'zod';
import { citation, civilDate, explained, line, period, slug, timeOfDay } from './common.ts';
import { windowExample } from './worked-example.ts';
import { always, checkValid, dateAt, listAt, type Say } from './part.ts';

const callInRules = z.strictObject({
  publishWithin: period
    .optional()
    .describe('Within how long a decision is to be published after it is made. Left out: nobody is reminded of it.'),
  window: period.describe('For how long a decision can be called in, counted from its publication.'),
  closes: timeOfDay.default('24:00').describe('The time of day at which the window closes on its last day.'),
  publicationCutOff: timeOfDay.optional().meta({
    description:
      'What is published later than this on its day counts from the next working day. Left out: it counts from its day at any hour.',
    examples: ['17:00'],
  }),
  takesEffect: explained(z.enum(['next-working-day', 'same-day']), {
    'next-working-day': 'on the working day after the window’s last day',
    'same-day': 'on that day itself, once the window has closed at an hour within it',
  })
    .default('next-working-day')
    .describe('When a decision that nobody has called in can be carried out.'),
  closureDays: z
    .boolean()
    .default(false)
    .describe(
      'Whether the days on which the council is closed are left out of these counts as bank holidays are: only where the constitution says so.',
    ),
  who: line.optional().meta({
    description: 'Who can call a decision in, in the constitution’s words.',
    examples: ['five members, or the chair of scrutiny'],
  }),
  minimumMembers: z
    .int()
    .min(1)
    .max(100)
    .optional()
    .meta({
      description: 'The fewest members that can call a decision in together, where any members can.',
      examples: [5],
    }),
  scrutinyWithin: period
    .optional()
    .describe('Within how long scrutiny meets after a call-in. Left out where the constitution names no number.'),
  reconsiderWithin: period
    .optional()
    .describe('Within how long the decision maker reconsiders what scrutiny refers back.'),
  councilWithin: period.optional().describe('Within how long full Council meets on what is referred to it.'),
  otherwise: line.optional().meta({
    description: 'What happens where scrutiny does not meet in time, in the constitution’s words.',
    examples: ['the decision takes effect'],
  }),
  urgencyConsent: line.optional().meta({
    description:
      'Whose consent an urgent decision needs to be exempt from call-in, in the constitution’s words. Left out: nobody’s.',
    examples: ['the chair of scrutiny'],
  }),
});

const keyDecisionTests = z.strictObject({
  thresholds: z
    .array(
      z.strictObject({
        from: civilDate.meta({ description: 'The day from which the amount was in force.', examples: ['2016-01-01'] }),
        pounds: z
          .int()
          .min(1)
          .meta({ description: 'The amount, in whole pounds.', examples: [150000] }),
      }),
    )
    .min(1)
    .describe('Spending or savings from which on a decision is key, by the day from which each amount was in force.'),
  wards: z.int().min(1).default(2).describe('A decision that affects so many wards, or more, is key.'),
  citation: citation.describe('Where the council says so.'),
});

/**
 * The parts of a council's constitution that set clocks. There is no statutory call-in period:
 * LGA 2000 s.9F gives scrutiny the power, each constitution its window.
 */
export const constitution = z
  .strictObject({
    id: slug.meta({
      description: 'Its short name: the file is named after it, and the authority’s file names it.',
      examples: ['anyborough'],
    }),
    version: z
      .int()
      .min(1)
      .meta({
        description:
          'Its version: `anyborough.yaml` holds version 1, `anyborough.v2.yaml` version 2. A version that is in use is never edited.',
        examples: [1],
      }),
    title: line.meta({ description: 'What it is.', examples: ['Anyborough Council: call-in of executive decisions'] }),
    valid: z
      .strictObject({
        from: civilDate.meta({ description: 'The first day on which it was in force.', examples: ['2013-01-01'] }),
        until: civilDate.optional().meta({
          description: 'The last day on which it was in force. Left out: it still is.',
          examples: ['2025-05-20'],
        }),
      })
      .describe('When it was in force. It is refused for decisions of other years.'),
    callIn: callInRules.describe('Call-in: from the publication of a decision to what becomes of it.'),
    keyDecision: keyDecisionTests
      .optional()
      .describe('What makes a decision a key decision, beside its body saying so.'),
    citation: citation.describe('Where all this was read.'),
    examples: z
      .array(windowExample)
      .default([])
      .describe(
        'Windows worked out by hand, or of a decision that the council has published: the file is refused where one does not come out.',
      ),
  })
  .superRefine(...always(checkConstitution));

function checkConstitution(file: unknown, say: Say): void {
  checkValid(file, say);
  const seen = new Set<string>();
  listAt(file, 'keyDecision', 'thresholds').forEach((each, index) => {
    const from = dateAt(each, 'from');
    if (from === undefined) return;
    if (seen.has(from)) say(['keyDecision', 'thresholds', index, 'from'], `two thresholds are in force from ${from}`);
    seen.add(from);
  });
}

/** A constitution as its file has it. */
export type ConstitutionFile = z.infer<typeof constitution>;
/** A constitution as clocks go by it: its examples have proved it, and stay with the file. */
export type Constitution = Omit<ConstitutionFile, 'examples'>;
