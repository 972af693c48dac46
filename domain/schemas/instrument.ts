import { z } from 'zod';
import { explained, line, pastDate, slug, timeOfDay } from './common.ts';
import { EVENT_MEANINGS, PLACED_EVENTS, triggerEvent } from './rule-pack.ts';
import { checkEvents } from './one-event-a-day.ts';
import { always, dateAt, partAt, type Say } from './part.ts';
import { takenBack } from './taken-back.ts';

/** Events that have no place of their own in the file. */
const otherEvent = explained(triggerEvent.exclude([...PLACED_EVENTS]), EVENT_MEANINGS);

const onlyEvent = z.strictObject({
  on: pastDate.meta({ description: 'The day of the event.', examples: ['2026-09-07'] }),
  at: timeOfDay.optional().meta({ description: 'Its time, where it matters.', examples: ['16:40'] }),
});

/** One of several of its kind. */
const datedEvent = z.strictObject({
  ...onlyEvent.shape,
  duty: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .meta({
      description: 'Which duty it is about, where it is about one: what was sent back or accepted.',
      examples: ['plan-submission/written-statement-of-action'],
    }),
  note: line.optional().meta({
    description: 'What should be known of it, where there are several.',
    examples: ['The second notice, on the fostering service.'],
  }),
  withdrawn: line.optional().meta({
    description:
      'Why it does not count: it was recorded by mistake, or taken back. It stays in the list, so that the others keep their numbers.',
    examples: ['It was addressed to another council.'],
  }),
});

export const fieldwork = z.strictObject({
  from: pastDate.meta({ description: 'The first day of the inspection.', examples: ['2026-06-01'] }),
  until: pastDate.meta({ description: 'The last day of the inspection.', examples: ['2026-06-19'] }),
});

/** A report that was issued again: the dates of the one before, and what is different since. */
const earlierReport = z.strictObject({
  received: pastDate.optional().meta({ description: 'The day on which it was received.', examples: ['2026-08-03'] }),
  receivedAt: timeOfDay.optional().meta({ description: 'The time at which it came.', examples: ['16:40'] }),
  published: pastDate.optional().meta({ description: 'The day on which it was published.', examples: ['2026-08-10'] }),
  note: line.meta({
    description: 'What is different in the report that took its place.',
    examples: ['The judgement on care leavers.'],
  }),
});

export const report = z.strictObject({
  received: pastDate.optional().meta({
    description:
      'The day on which the council received the report. Left out: the day of publication stands in, and every date counted from it says so.',
    examples: ['2026-08-03'],
  }),
  receivedAt: timeOfDay.optional().meta({
    description: 'The time at which it came; it matters only where the rule names a last time for a day.',
    examples: ['16:40'],
  }),
  published: pastDate.optional().meta({
    description: 'The day on which the report was published.',
    examples: ['2026-08-10'],
  }),
  earlier: z
    .array(earlierReport)
    .max(10)
    .optional()
    .describe(
      'Where the report was issued again: those before it, oldest first. Nothing counts from them any more; what counts is said above.',
    ),
});

/** A report that has come has a date at least. */
const reportWithDate = report.refine((dates) => dates.received !== undefined || dates.published !== undefined, {
  error: 'expected the date the report was received, or, failing that, published',
});

export const events = z
  .partialRecord(otherEvent, z.union([pastDate, onlyEvent, z.array(datedEvent).min(1)]))
  .optional()
  .describe(
    'Other events that start clocks, each with its date, or with `{ on: …, at: … }` where the time matters: a focused visit’s letter, a notice, a coroner’s report. Of several of a kind there is a list: each starts duties of its own. Which of them the framework knows: `duecourse rules show FRAMEWORK`.',
  );

export const judgements = z
  .array(
    z.strictObject({
      area: line.meta({ description: 'What was judged.', examples: ['Overall effectiveness'] }),
      grade: line.meta({ description: 'The grade.', examples: ['Requires improvement'] }),
    }),
  )
  .describe('What the report says of each area. Some rules apply only for some grades.');

/** A notice, a direction or a further report beside the one of an inspection: the clocks that it starts are its own. */
export const instrument = z
  .strictObject({
    id: slug.meta({
      description:
        'Its short name, unique in the file. Its duties are called `<strand>/<id>--<rule>`, and what counts from it names it as `instrument`.',
      examples: ['improvement-notice'],
    }),
    title: line.meta({
      description: 'What it is called: its duties carry it in their titles.',
      examples: ['Improvement notice, January 2027'],
    }),
    issuedBy: line.meta({ description: 'Who issued it.', examples: ['Department for Education'] }),
    framework: slug
      .meta({ refersTo: 'framework' })
      .optional()
      .meta({
        description:
          'The rule pack whose duties follow from it. Left out: none follow by themselves; actions and promises may count from its events.',
        examples: ['cqc'],
      }),
    fieldwork: fieldwork.optional().describe('When its inspectors were there, where it rests on a visit of its own.'),
    report: reportWithDate.optional().describe('When its own report came, where it has one.'),
    events: events.describe(
      'When it came, and what else has happened under it that starts clocks, as in `events` above.',
    ),
    judgements: judgements.optional(),
    withdrawn: takenBack('It was addressed to another council.'),
  })
  .superRefine(...always(checkInstrument));

/** What must be right of an instrument, in a file and by command: it starts clocks by a report or an event of its own, in order. */
function checkInstrument(instrument: unknown, say: Say): void {
  checkEvents(instrument, say);
  if (partAt(instrument, 'report') === undefined && Object.keys(partAt(instrument, 'events') ?? {}).length === 0)
    say([], 'when did it come? Give it a `report` or `events`, from which its duties count');
  const [from, until] = [dateAt(instrument, 'fieldwork', 'from'), dateAt(instrument, 'fieldwork', 'until')];
  if (from !== undefined && until !== undefined && until < from)
    say(['fieldwork', 'until'], `the visit ends (${until}) before it begins (${from})`);
  for (const name of ['received', 'published']) {
    const date = dateAt(instrument, 'report', name);
    if (date !== undefined && until !== undefined && date < until)
      say(['report', name], `the report can't have been ${name} on ${date}, before the visit ended on ${until}`);
  }
}

export type DatedEvent = z.infer<typeof datedEvent>;
export type Instrument = z.infer<typeof instrument>;
