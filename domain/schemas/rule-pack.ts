import { z } from 'zod';
import { citation, civilDate, division, line, period, slug, timeOfDay } from './common.ts';

export const strandName = z.enum([
  'plan-submission',
  'cabinet-updates',
  'member-briefings',
  'call-in-window',
  'improvement-actions',
  'other-reporting',
]);

/** What starts a clock. */
export const triggerEvent = z.enum([
  'fieldwork-ended',
  'report-received',
  'report-published',
  'decision-taken',
  'decision-published',
  'call-in-received',
  'referred-back',
  'referred-to-council',
  'question-asked',
  'focused-visit-letter-received',
  'outcome-letter-received',
  'notice-received',
  'report-sent',
  'statement-required',
  'complaint-received',
  'complaint-acknowledged',
]);

const isSorted = (numbers: number[]) => numbers.every((n, index) => index === 0 || n > (numbers[index - 1] ?? n));

/** The dated notices of a milestone, in working days before and after its due day. */
export const ladder = z.strictObject({
  /** Working days before the due day on which the owner is reminded; 0 is the due day. */
  before: z
    .array(z.int().min(0).max(250))
    .refine((days) => isSorted(days.map((n) => -n)), {
      error: 'expected working days from most to fewest, each once, for example [20, 10, 5, 2, 0]',
    })
    .default([20, 10, 5, 2, 0]),
  /** Working days after the due day on which it goes up the chain. */
  after: z
    .array(
      z.strictObject({ n: z.int().min(1).max(250), to: z.enum(['owner', 'manager', 'director', 'chief-executive']) }),
    )
    .refine((rungs) => isSorted(rungs.map((rung) => rung.n)), {
      error: 'expected working days from fewest to most, each once',
    })
    .default([
      { n: 1, to: 'manager' },
      { n: 5, to: 'director' },
      { n: 10, to: 'chief-executive' },
    ]),
  /** Working days after the due day on which the lead member is told, once, for information; absent: never. */
  inform: z.int().min(1).max(250).optional(),
  /** After the last rung: again every so many working days, to the last rung's role; 0 is never. */
  repeatEvery: z.int().min(0).max(250).default(5),
});

export const rule = z.strictObject({
  id: slug,
  version: z.int().min(1).default(1),
  strand: strandName,
  title: line,
  /** What the owner is asked to do, as a mail says it. */
  act: line,
  trigger: z.strictObject({
    event: triggerEvent,
    /** Stands in where the event's own date is not recorded; the explanation then says so. */
    proxy: triggerEvent.optional(),
  }),
  period,
  /** Which days count as working days, by the instrument's own definition (rules/working-days.yaml); absent: the council's. */
  workingDays: slug.optional(),
  /** It applies only where the file records this event: what the law makes depend on somebody's decision. */
  requires: triggerEvent.optional(),
  /** It is met by this event itself: once that is on file, nobody has to do anything. */
  metBy: triggerEvent.optional(),
  /** It applies only where a judgement has this grade; of this area, where one is named. */
  onlyWhere: z.strictObject({ area: line.optional(), grade: line }).optional(),
  /** For a cycle: the period comes round again and again, always counted from the trigger. */
  repeats: z.boolean().default(false),
  /** Local time on the due day by which it must be done. */
  cutOff: timeOfDay.default('24:00'),
  /** A receipt later than this on its day counts from the next working day, where the instrument says so. */
  receiptCutOff: timeOfDay.optional(),
  roll: z.enum(['none', 'next', 'previous']).default('none'),
  strength: z.enum(['statutory', 'guidance', 'constitution', 'commitment']),
  /** May a later date be granted? A statutory date may only where its instrument says so. */
  extendable: z.boolean().optional(),
  ladder: ladder.optional(),
  citation,
  /** Other readings in the sources, each shown beside the due date; the stricter one is named. */
  alternatives: z.array(z.strictObject({ period, citation })).default([]),
});

/** What an instrument calls a working day. */
export const workingDays = z.strictObject({
  id: slug,
  title: line,
  /** In the instrument's own words, or as near to them as was read. */
  wording: line,
  division,
  /** Do the council's own closure days count as days off? */
  closureDays: z.boolean(),
  citation,
});

/** rules/working-days.yaml */
export const workingDayDefinitions = z.strictObject({ definitions: z.array(workingDays).min(1) });

/** A rule pack: the dated rules of one framework. A released version is never edited; a new one is added. */
export const rulePack = z
  .strictObject({
    id: slug,
    version: z.int().min(1),
    title: line,
    valid: z.strictObject({ from: civilDate, until: civilDate.optional() }),
    /** Packs whose rules come along with this one's. */
    include: z.array(slug).default([]),
    rules: z.array(rule).default([]),
  })
  .superRefine((pack, context) => {
    const seen = new Set<string>();
    pack.rules.forEach((each, index) => {
      if (seen.has(each.id))
        context.addIssue({
          code: 'custom',
          path: ['rules', index, 'id'],
          message: `the rule "${each.id}" is defined twice`,
        });
      seen.add(each.id);
      if (each.repeats && each.period.n === 0)
        context.addIssue({
          code: 'custom',
          path: ['rules', index, 'period', 'n'],
          message: 'a rule that repeats needs a period of at least 1',
        });
      if (each.period.convention === 'clear-before' && each.period.unit === 'month')
        context.addIssue({
          code: 'custom',
          path: ['rules', index, 'period', 'unit'],
          message: 'clear days are counted in days, not in months',
        });
    });
  });

export type WorkingDayDefinition = z.infer<typeof workingDays>;
export type RulePack = z.infer<typeof rulePack>;
export type Rule = z.infer<typeof rule>;
export type Ladder = z.infer<typeof ladder>;
export type StrandName = z.infer<typeof strandName>;
export type TriggerEvent = z.infer<typeof triggerEvent>;
