import { EVENTS_WITH_EACH } from './events-with-each.ts';
import { OWN_READING } from './own-reading.ts';
import { DEFAULT_LADDER } from '../plan/default-ladder.ts';
import { z } from 'zod';
import { citation, civilDate, division, explained, line, period, slug, timeOfDay } from './common.ts';
import { workedExample } from './worked-example.ts';
import { always, checkValid, listAt, partAt, type Say, textAt } from './part.ts';

export const strandNames = z.enum([
  'plan-submission',
  'cabinet-updates',
  'member-briefings',
  'call-in-window',
  'improvement-actions',
  'other-reporting',
  'progress-rounds',
]);

/** What each line of duties is, in words. */
export const STRAND_MEANINGS: Record<z.infer<typeof strandNames>, string> = {
  'plan-submission': 'the written plan to the inspectorate',
  'cabinet-updates': 'reports to Cabinet on how the plan goes',
  'member-briefings': 'written updates to all members, and answers to their questions',
  'call-in-window': 'decisions, their call-in windows and what follows a call-in',
  'improvement-actions': 'the actions of the improvement plan',
  'other-reporting': 'publications, reports to other bodies, visits, training',
  'progress-rounds': 'rounds in which owners are asked how their actions stand',
};

export const strandName = explained(strandNames, STRAND_MEANINGS);

/** Events whose dates have a place of their own in an inspection's file. */
export const PLACED_EVENTS = ['fieldwork-ended', 'report-received', 'report-published', ...EVENTS_WITH_EACH] as const;

/** What starts a clock. */
const triggerEvents = z.enum([
  ...PLACED_EVENTS,
  'focused-visit-letter-received',
  'outcome-letter-received',
  'notice-received',
  'report-sent',
  'statement-required',
  'complaint-received',
  'complaint-acknowledged',
  'report-considered',
  'draft-report-received',
  'request-received',
  'second-stage-requested',
  'second-stage-acknowledged',
  'third-stage-requested',
  'plan-returned',
  'plan-resubmitted',
  'plan-accepted',
]);

/** What each event is, in words. */
export const EVENT_MEANINGS: Record<z.infer<typeof triggerEvents>, string> = {
  'fieldwork-ended': 'the inspection ended (`fieldwork.until`)',
  'report-received': 'the report was received (`report.received`)',
  'report-published': 'the report was published (`report.published`)',
  'decision-taken': 'a decision was taken',
  'decision-published': 'the record of a decision was published',
  'call-in-received': 'a call-in was received',
  'referred-back': 'scrutiny referred a decision back to who took it',
  'referred-to-council': 'scrutiny referred a decision to full Council',
  'question-asked': 'a member asked a question',
  'focused-visit-letter-received': "a focused visit's letter was received that names areas for priority action",
  'outcome-letter-received': 'the outcome letter of a joint inspection was received',
  'notice-received': 'a notice was received, for example from CQC',
  'report-sent': 'a report was sent to the council, for example a coroner’s; or copies of one were sent to its members',
  'statement-required': 'it was determined that a written statement is required',
  'complaint-received': 'a complaint was received',
  'complaint-acknowledged': 'the complaint was acknowledged',
  'report-considered': 'the meeting at which a report had to be considered was held',
  'draft-report-received': 'the draft of a report was received, to have its facts checked',
  'request-received': 'a request was received: for information, or for a person’s own data',
  'second-stage-requested': 'the complainant asked for the second stage',
  'second-stage-acknowledged': 'that request was acknowledged',
  'third-stage-requested': 'the complainant asked for the third stage, a review panel',
  'plan-returned': 'what was submitted was sent back by whom it is owed to',
  'plan-resubmitted': 'what had been sent back was submitted again',
  'plan-accepted': 'what was submitted was accepted by whom it is owed to',
};

export const triggerEvent = explained(triggerEvents, EVENT_MEANINGS).meta({ part: 'event' });

const isSorted = (numbers: number[]) => numbers.every((n, index) => index === 0 || n > (numbers[index - 1] ?? n));

/** The dated notices of a milestone, in working days before and after its due day. */
export const ladder = z
  .strictObject({
    before: z
      .array(z.int().min(0).max(250))
      .refine((days) => isSorted(days.map((n) => -n)), {
        error: 'expected working days from most to fewest, each once, for example [20, 10, 5, 2, 0]',
      })
      .default(DEFAULT_LADDER.before)
      .meta({
        description:
          'So many working days before the due day the owner is reminded, from most to fewest; 0 is the due day itself. An empty list: no reminders.',
        examples: [[10, 5, 0]],
      }),
    after: z
      .array(
        z.strictObject({
          n: z
            .int()
            .min(1)
            .max(250)
            .meta({ description: 'So many working days after the due day.', examples: [1] }),
          to: explained(z.enum(['owner', 'manager', 'director', 'chief-executive']), {
            owner: 'the owner of the duty',
            manager: 'the role that the owner answers to (`reportsTo`)',
            director: 'the role `chain.director` of the authority’s file',
            'chief-executive': 'the role `chain.chiefExecutive` of the authority’s file',
          }).describe('Who is told that it is late.'),
        }),
      )
      .refine((rungs) => isSorted(rungs.map((rung) => rung.n)), {
        error: 'expected working days from fewest to most, each once',
      })
      .default(DEFAULT_LADDER.after)
      .describe('Where it goes while it is late, from fewest working days to most. An empty list: nobody else hears.'),
    inform: z
      .int()
      .min(0)
      .max(250)
      .optional()
      .meta({
        description: `So many working days after the due day the lead member is told, once, for information; 0: never. Left out: ${DEFAULT_LADDER.inform}, but never where \`after\` is empty.`,
        examples: [15],
      }),
    repeatEvery: z
      .int()
      .min(0)
      .max(250)
      .default(DEFAULT_LADDER.repeatEvery)
      .describe('After the last of `after`: again every so many working days, to the same role. 0: never.'),
  })
  .meta({ part: 'ladder' });

const trigger = z.strictObject({
  event: triggerEvent.describe('The event that starts the clock.'),
  proxy: triggerEvent
    .optional()
    .describe(
      'The event that stands in where the first one’s date is not on file. Every date counted from it says so.',
    ),
});

const roll = explained(z.enum(['none', 'next', 'previous']), {
  none: 'it stays',
  next: 'it moves to the next working day',
  previous: 'it moves to the working day before',
});

export const rule = z.strictObject({
  id: slug.meta({
    description:
      'The rule’s short name, unique in its pack. Inspection files name it in `commitments` and `approvals`.',
    examples: ['written-action-plan'],
  }),
  version: z.int().min(1).default(1).describe('Its version; dates on record name it.'),
  strand: strandName.describe('The line of duties it belongs to.'),
  title: line.meta({ description: 'What the duty is called.', examples: ['Written action plan to Ofsted'] }),
  act: line.meta({
    description: 'What the owner is asked to do, as a mail says it.',
    examples: ['Send the written action plan to the inspection support team.'],
  }),
  trigger: trigger.describe('What starts the clock.'),
  period: period.describe('How long it runs.'),
  workingDays: slug
    .meta({ refersTo: 'working-days' })
    .optional()
    .meta({
      description:
        'Which days count as working days, by the instrument’s own definition: one of rules/working-days.yaml. Only with the unit working-day. Left out: the council’s own working days.',
      examples: ['si-2007-462'],
    }),
  requires: triggerEvent
    .optional()
    .describe('It applies only where the file records this event: what the law makes depend on somebody’s decision.'),
  metBy: triggerEvent
    .optional()
    .describe('It is met by this event itself: once that is on file, nobody has to do anything.'),
  onlyWhere: z
    .strictObject({
      area: z
        .union([line, z.array(line).min(1)])
        .optional()
        .meta({
          description:
            'The area of the judgement, as the inspection file writes it, or several by which it may be called. Left out: any area.',
          examples: ['Overall effectiveness'],
        }),
      grade: line.meta({ description: 'The grade, as the inspection file writes it.', examples: ['Inadequate'] }),
    })
    .optional()
    .describe('It applies only where a judgement of the inspection has this grade.'),
  repeats: z
    .boolean()
    .default(false)
    .describe('The period comes round again and again, always counted from the event.'),
  cutOff: timeOfDay
    .default('24:00')
    .describe('The local time on the due day by which it must be done; 24:00 is the end of the day.'),
  receiptCutOff: timeOfDay.optional().meta({
    description:
      'What is received later than this on its day counts from the next working day. Left out: it counts from its day.',
    examples: ['17:00'],
  }),
  nature: explained(z.enum(['duty', 'right', 'of-others']), {
    duty: 'it has to be done, and is late once its date has passed',
    right: 'it may be done, representations for example: it closes with its date, and nothing is late',
    'of-others':
      'others do something, an inspectors’ visit for example: the date is for being ready, and nothing is late',
  })
    .default('duty')
    .describe('What the date is of.'),
  roll: roll.default('none').describe('Where a due date goes that is no working day.'),
  strength: explained(z.enum(['statutory', 'imposed', 'guidance', 'constitution', 'commitment']), {
    statutory: 'the law says so: no later date may be granted, and a hold does not move it',
    imposed:
      'somebody outside the council says so, in a notice or a direction: no later date may be granted, and a hold does not move it',
    guidance: 'the inspectorate asks for it',
    constitution: 'the council’s constitution says so',
    commitment:
      'it counts only where the council has promised it: where the inspection file lists it under `commitments`',
  }).describe('What the date rests on.'),
  publishes: z
    .boolean()
    .optional()
    .describe(
      'Whether what is to be done is a publication: a preview warns where it is due in a period before an election. Left out: it is none.',
    ),
  extendable: z.boolean().optional().meta({
    description:
      'Whether a later date may be granted. Left out: yes, but for what is statutory or imposed, whose date may move only where its instrument says so.',
  }),
  ladder: ladder.optional().describe('Its reminders and escalation, where they are not the usual ones.'),
  citation: citation.describe('Where the number was read.'),
  readings: z
    .array(
      z.strictObject({
        id: slug.meta({
          description: 'Its short name, by which an inspection’s file chooses it under `readings`.',
          examples: ['si-2007-462'],
        }),
        period: period.describe('How long it runs by this reading.'),
        roll: roll.optional().describe('Where its date goes that is no working day. Left out: as the rule’s own.'),
        citation: citation.describe('Where this number was read.'),
      }),
    )
    .default([])
    .describe(
      'Other readings in the sources. The rule’s own counts unless an inspection chooses another; the owner is reminded of the strictest first.',
    ),
  examples: z
    .array(workedExample)
    .default([])
    .describe(
      'Dates worked out by hand, or stated by a real document: the pack is refused where one does not come out.',
    ),
});

/** What an instrument calls a working day. */
export const workingDays = z.strictObject({
  id: slug.meta({ description: 'Its short name, by which rules name it.', examples: ['si-2007-462'] }),
  title: line.meta({ description: 'The instrument.', examples: ['SI 2007/462'] }),
  wording: line.meta({
    description: 'What it calls a working day, in its own words or as near to them as was read.',
    examples: ['any day other than a Saturday, a Sunday, Christmas Day, Good Friday or a bank holiday'],
  }),
  division: division.describe('Whose bank holidays it means.'),
  closureDays: z.boolean().describe('Whether the council’s own closure days count as days off.'),
  citation: citation.describe('Where it was read.'),
});

/** rules/working-days.yaml */
export const workingDayDefinitions = z
  .strictObject({
    definitions: z.array(workingDays).min(1).describe('What each instrument calls a working day.'),
  })
  .superRefine(
    ...always((file, say) => {
      const seen = new Set<string>();
      listAt(file, 'definitions').forEach((each, index) => {
        const id = textAt(each, 'id');
        if (id === undefined) return;
        if (seen.has(id)) say(['definitions', index, 'id'], `the definition "${id}" is there twice`);
        seen.add(id);
      });
    }),
  );

/** A rule pack: the dated rules of one framework. A released version is never edited; a new one is added. */
export const rulePack = z
  .strictObject({
    id: slug.meta({
      description: 'Its short name: the file is named after it, and inspection files name it as their `framework`.',
      examples: ['ilacs-2018'],
    }),
    version: z
      .int()
      .min(1)
      .meta({
        description:
          'Its version: `ilacs-2018.yaml` holds version 1, `ilacs-2018.v2.yaml` version 2. A version that is in use is never edited.',
        examples: [1],
      }),
    title: line.meta({ description: 'What the framework is called.', examples: ['ILACS, from 2018'] }),
    valid: z
      .strictObject({
        from: civilDate.meta({ description: 'The first day on which it was in force.', examples: ['2018-01-01'] }),
        until: civilDate.optional().meta({
          description: 'The last day on which it was in force. Left out: it still is.',
          examples: ['2017-12-31'],
        }),
      })
      .describe('When the framework was in force. It is refused for inspections of other years.'),
    include: z
      .array(slug.meta({ refersTo: 'framework' }))
      .default([])
      .meta({
        description:
          'Packs whose rules come along with this one’s. Where both have a rule of the same id, this one’s stands.',
        examples: [['commitments']],
      }),
    divisions: z
      .array(division)
      .min(1)
      .optional()
      .describe('Where the instrument applies. Left out: everywhere. A council elsewhere is warned.'),
    rules: z.array(rule).default([]).describe('The dated duties.'),
  })
  .superRefine(...always(checkPack));

function checkPack(pack: unknown, say: Say): void {
  checkValid(pack, say);
  const seen = new Set<string>();
  listAt(pack, 'rules').forEach((each, index) => {
    const id = textAt(each, 'id');
    if (id !== undefined && seen.has(id)) say(['rules', index, 'id'], `the rule "${id}" is defined twice`);
    if (id !== undefined) seen.add(id);
    checkReadings(each, ['rules', index], say);
    if (NOT_BY_RULES.has(textAt(each, 'strand') ?? ''))
      say(
        ['rules', index, 'strand'],
        `no rule of a pack is planned there: it follows from decisions, actions and rounds; expected ${strandNames.options.filter((name) => !NOT_BY_RULES.has(name)).join(', ')}`,
      );
    if (partAt(each, 'repeats') === true && partAt(each, 'period', 'n') === 0)
      say(['rules', index, 'period', 'n'], 'a rule that repeats needs a period of at least 1');
    if (partAt(each, 'period', 'convention') === 'beginning-with' && partAt(each, 'period', 'n') === 0)
      say(['rules', index, 'period', 'n'], 'a period that begins with a day is at least that day: expected 1 or more');
    const unit = textAt(each, 'period', 'unit');
    if (partAt(each, 'period', 'convention') === 'clear-before' && (unit === 'month' || unit === 'week'))
      say(['rules', index, 'period', 'unit'], `clear days are counted in days, not in ${unit}s`);
    if (partAt(each, 'workingDays') !== undefined && unit !== undefined && unit !== 'working-day')
      say(['rules', index, 'workingDays'], `expected a period in working days: this one counts in ${unit}s`);
  });
}

/** Lines of duties that follow from something else than a pack's rules. */
const NOT_BY_RULES: ReadonlySet<string> = new Set<StrandName>([
  'call-in-window',
  'improvement-actions',
  'progress-rounds',
]);

/** Each reading has a name of its own, and an example names one that there is. */
function checkReadings(rule: unknown, at: (string | number)[], say: Say): void {
  const ids = listAt(rule, 'readings').map((reading) => textAt(reading, 'id'));
  ids.forEach((id, index) => {
    if (id === OWN_READING)
      say([...at, 'readings', index, 'id'], `"${OWN_READING}" is the rule's own number: give the reading another name`);
    if (id !== undefined && ids.indexOf(id) < index)
      say([...at, 'readings', index, 'id'], `the reading "${id}" is there twice`);
  });
  listAt(rule, 'examples').forEach((example, index) => {
    const named = textAt(example, 'reading');
    if (named !== undefined && !ids.includes(named))
      say(
        [...at, 'examples', index, 'reading'],
        `expected one of the rule’s readings: ${ids.join(', ') || 'it has none'}`,
      );
  });
}

export type WorkingDayDefinition = z.infer<typeof workingDays>;
export type RulePack = z.infer<typeof rulePack>;
/** A rule as its pack has it. */
export type PackRule = z.infer<typeof rule>;
/** A rule as clocks go by it: its examples have proved it, and stay with the pack. */
export type Rule = Omit<PackRule, 'examples'>;
export type Reading = Rule['readings'][number];
export type Ladder = z.infer<typeof ladder>;
export type StrandName = z.infer<typeof strandName>;
export type TriggerEvent = z.infer<typeof triggerEvent>;
/** One that has a place of its own in an inspection's file; one that has none. */
export type PlacedEvent = (typeof PLACED_EVENTS)[number];
export type OtherEvent = Exclude<TriggerEvent, PlacedEvent>;
