import { z } from 'zod';
import { mapTable, namesOf } from '../closed-table.ts';
import type { CivilDate } from '../calendar/civil-date.ts';
import type { Field, PayloadOf } from '../commands/fields.ts';
import { DECISION_FIELDS } from '../decisions/decision-fields.ts';
import { CALL_IN_OUTCOMES, RECONSIDERATIONS } from '../decisions/outcomes.ts';
import { PLAN_KINDS, PLAN_STAGES } from '../plans/plan-versions.ts';
import { appendix, fieldSchema } from './fields.ts';
import { civilDate, explained, line, paragraphs, pastDate, slug, timeOfDay } from './common.ts';
import { beside } from './beside.ts';
import { checkInspection } from './inspection-checks.ts';
import { measure } from './measures.ts';
import { openedRound } from './rounds.ts';
import { always, partAt } from './part.ts';
import { MAX_RULED_OUT, RULED_OUT } from './ruled-out.ts';
import { mustReport, reported } from './progress.ts';
import { promise } from './promise.ts';
import { action, approval, bodyId, ownerId, recommendation, roleId, theme, withdrawn } from './plan.ts';
import { strandName } from './rule-pack.ts';
import { events, fieldwork, instrument, judgements, report } from './instrument.ts';
import { takenBack } from './taken-back.ts';

/** What a file's writer is told of each field of a decision. */
const DECISION_HELP: Record<keyof typeof DECISION_FIELDS, z.core.GlobalMeta> = {
  id: { description: 'The decision’s short name: `callIns` and commands name it.', examples: ['adopt-the-plan'] },
  title: { description: 'What was decided on.', examples: ['Adopt the improvement plan'] },
  resolved: {
    description: 'What was resolved, as the record of decision says it.',
    examples: ['That the improvement plan be adopted.'],
  },
  body: { description: 'The body that took it.', examples: ['cabinet'], refersTo: 'body' },
  takenBy: {
    description: 'The role of the person who took it, where no body did.',
    examples: ['director'],
    refersTo: 'role',
  },
  underDelegation: {
    description: 'By whose delegation it was taken, where it was.',
    examples: ['Cabinet, 24 November 2026, minute 12'],
  },
  inConsultationWith: { description: 'In consultation with whom.', examples: ['the Lead Member'] },
  publishedAt: {
    description:
      'The time of day at which its record was published. It matters where the constitution counts a late publication from the next working day.',
    examples: ['17:30'],
  },
  effectiveFrom: {
    description:
      'The day from which it takes effect, as its record says. Where its call-in window has not closed by then, that is said.',
    examples: ['2026-10-22'],
  },
  notSubjectToCallIn: {
    description: 'Why it is not subject to call-in, where it is not and is not urgent.',
    examples: ['it implements what Council has resolved'],
  },
  takenOn: { description: 'The day on which it was taken.', examples: ['2026-10-13'], past: true },
  publishedOn: {
    description:
      'The day on which the record of decision was published: the call-in window counts from here. Left out: it is not out yet, and publishing it is a duty where the constitution names a time.',
    examples: ['2026-10-14'],
    past: true,
  },
  key: {
    description:
      'Whether it is a key decision. Where `cost` or `wards` is given, it must agree with the constitution’s tests.',
  },
  cost: { description: 'Spending or savings that it brings, in whole pounds.', examples: [200000] },
  wards: { description: 'How many wards it affects.', examples: [3] },
  urgent: { description: 'Urgent decisions are exempt from call-in, where the reasons are recorded.' },
  reasons: { description: 'Why it was taken; an urgent one needs this.' },
  alternatives: { description: 'Other options that were considered and rejected.' },
  conflicts: { description: 'Conflicts of interest that were declared.' },
  dispensations: { description: 'Dispensations that were granted.' },
  properOfficer: {
    description: 'The role that signs the record, and publishes it.',
    examples: ['democratic-services'],
    refersTo: 'role',
  },
  urgencyConsent: {
    description: 'Who agreed that it is urgent, where the constitution asks for that.',
    examples: ['the chair of scrutiny'],
  },
};

export const decision = z.strictObject({
  ...mapTable(DECISION_FIELDS, (field: Field, name) => fieldSchema(field).meta(DECISION_HELP[name])),
  implementedOn: pastDate.optional().meta({
    description: 'The day on which it was carried out; after its call-in window, unless it was urgent.',
    examples: ['2026-10-26'],
  }),
  withdrawn: takenBack('It was another board’s.'),
}) as z.ZodType as z.ZodType<Decision>;

/** What scrutiny makes of a called-in decision. */
const callInOutcome = explained(z.enum(namesOf(CALL_IN_OUTCOMES)), {
  'no-further-action': 'the decision stands',
  'refer-back': 'it goes back to who took it',
  'refer-to-council': 'it goes to full Council',
});
/** What the decision maker (or full Council) makes of one that was referred. */
const reconsideration = explained(z.enum(namesOf(RECONSIDERATIONS)), {
  confirmed: 'the decision stands as it was',
  amended: 'it stands in another form',
  withdrawn: 'it is no more',
});

export const callIn = z.strictObject({
  decision: slug.meta({ refersTo: 'decision' }).meta({
    description: 'Which decision: its `id`.',
    examples: ['adopt-the-plan'],
  }),
  receivedOn: pastDate.meta({ description: 'The day on which the call-in was received.', examples: ['2026-10-19'] }),
  by: line.meta({ description: 'Who calls in.', examples: ['five members of scrutiny'] }),
  reasons: line.meta({ description: 'Why.', examples: ['the costs were not set out'] }),
  members: z
    .int()
    .min(1)
    .max(200)
    .optional()
    .meta({ description: 'How many members call in.', examples: [5] }),
  resolution: z
    .strictObject({
      outcome: callInOutcome.describe('What scrutiny resolved.'),
      on: pastDate.meta({ description: 'The day on which scrutiny met on it.', examples: ['2026-10-29'] }),
      reasons: line.optional().describe('What scrutiny said.'),
    })
    .optional()
    .describe('What scrutiny made of it. Left out: it has not met on it yet, and that is a duty.'),
  reconsidered: z
    .strictObject({
      outcome: reconsideration.describe('What became of the decision.'),
      on: pastDate.meta({ description: 'The day on which that was settled.', examples: ['2026-11-10'] }),
      reasons: line.optional().describe('Why.'),
    })
    .optional()
    .describe('What became of a decision that was referred. Left out: nothing yet, and that is a duty.'),
  withdrawn: takenBack('Only three members had signed it.'),
});

/** A member's question about the inspection; who asked stays in the lifecycle and never enters the record's chain. */
export const question = z.strictObject({
  id: slug.meta({ description: 'The question’s short name.', examples: ['q1'] }),
  askedOn: pastDate.meta({ description: 'The day on which it was asked.', examples: ['2026-10-20'] }),
  by: line.meta({
    description: 'Who asked, as a label. It never enters the permanent record.',
    examples: ['ward 3 A'],
  }),
  text: paragraphs.meta({ description: 'The question.', examples: ['How many posts are vacant?'] }),
  answer: z
    .strictObject({
      on: pastDate.meta({ description: 'The day of the answer.', examples: ['2026-10-22'] }),
      text: paragraphs.meta({ description: 'The answer.', examples: ['Eleven.'] }),
    })
    .optional()
    .describe('The answer. Left out: it is still owed, and that is a duty.'),
  reportedIn: z
    .string()
    .optional()
    .meta({
      description: 'The briefing that took the answer to all members, by the id of its duty.',
      examples: ['member-briefings/member-briefing-1'],
    }),
  withdrawn: takenBack('The member asked it twice.'),
});

/** The stages of a plan's version, in their order. */
const planStage = explained(z.enum(namesOf(PLAN_STAGES)), PLAN_STAGES);
const planKind = explained(z.enum(namesOf(PLAN_KINDS)), PLAN_KINDS);

/** One version of a plan: drafted, commented by the lead inspector, agreed by the executive, scrutinised, submitted. */
const planVersion = z.strictObject({
  plan: planKind.describe('Which plan.'),
  version: z
    .int()
    .min(1)
    .max(1000)
    .meta({ description: 'Its version, from 1 on.', examples: [1] }),
  stages: z
    .array(
      z.strictObject({
        stage: planStage.describe('What was reached.'),
        on: pastDate.meta({ description: 'On which day.', examples: ['2026-10-05'] }),
        by: line.optional().meta({ description: 'Who did it.', examples: ['the lead inspector'] }),
        note: line.optional().describe('What should be known of it, for example why a stage was passed over.'),
        revision: z.int().min(1).optional().describe('Which revision of the plan it was; recorded by itself.'),
      }),
    )
    .min(1)
    .describe('The stages that this version has reached, in their order.'),
  appendices: z.array(appendix).default([]).describe('What is attached to it.'),
});

/** A training session for members, and who came. Members are labels; they stay in the lifecycle. */
const training = z.strictObject({
  id: slug.meta({ description: 'The session’s short name.', examples: ['corporate-parenting'] }),
  title: line.meta({ description: 'What it is about.', examples: ['Corporate parenting'] }),
  on: civilDate.meta({ description: 'The day of the session.', examples: ['2026-11-25'] }),
  owner: roleId.optional().meta({
    description: 'Who invites, and records who came. Left out: whoever `owners` names for other-reporting.',
    examples: ['democratic-services'],
  }),
  inviteDays: z
    .int()
    .min(1)
    .max(60)
    .default(10)
    .describe('So many working days before the session the members are to be invited.'),
  attendance: z
    .strictObject({
      invited: z
        .array(line)
        .max(500)
        .meta({ description: 'Who was invited, as labels.', examples: [['ward 1 A', 'ward 1 B']] }),
      attended: z
        .array(line)
        .max(500)
        .meta({ description: 'Who of them came.', examples: [['ward 1 A']] }),
    })
    .optional()
    .describe('Who was invited and who came. Left out: recording it is a duty.'),
});

const whatHappened = explained(
  z.enum([
    'submitted',
    'completed',
    'accepted',
    'returned',
    'waived',
    'extended',
    'held',
    'reassigned',
    'acknowledged',
    'reported',
  ]),
  {
    submitted: 'it was sent to whom it is owed',
    completed: 'it was done',
    accepted: 'what was submitted was accepted',
    returned: 'what was submitted was sent back: give `dueOn`',
    waived: 'it need not be done',
    extended: 'a later date was granted: give `dueOn`',
    held: 'it is paused, and still is: give `reviewOn`',
    reassigned: 'it belongs to another role since: give `owner`',
    acknowledged: 'its owner has promised a day: give `promisedOn`',
    reported: 'its owner has said how it stands: give `rating`, `percent`, `forecast` or `text`',
  },
);

/** What has already happened when the file is started, in its order. */
const happened = z
  .strictObject({
    milestone: z
      .string()
      .min(1)
      .meta({
        description: 'Which duty, by its id as `duecourse preview` shows it.',
        examples: ['plan-submission/written-action-plan'],
      }),
    what: whatHappened.describe('What happened.'),
    on: pastDate.meta({ description: 'On which day.', examples: ['2026-10-05'] }),
    at: timeOfDay.default('12:00').describe('At what time.'),
    by: ownerId.meta({ description: 'The role that did it; it must have been allowed to.', examples: ['director'] }),
    evidence: line.optional().meta({
      description: 'What shows it: a link, or where the paper is kept.',
      examples: ['https://anyborough.example.org/plan'],
    }),
    reason: line.optional().describe('Why: for what no longer applies, was extended, returned, held or passed on.'),
    dueOn: civilDate
      .optional()
      .meta({ description: 'Extended, or returned: the new due date.', examples: ['2026-12-18'] }),
    body: bodyId.optional().meta({ description: 'Extended: the body that agreed to it.', examples: ['cabinet'] }),
    reviewOn: civilDate.optional().meta({ description: 'Held: when it is to be reviewed.', examples: ['2026-12-01'] }),
    awaiting: line.optional().meta({
      description: 'Held: what is awaited.',
      examples: ['the decision on the budget'],
    }),
    owner: ownerId.optional().meta({
      description: 'Reassigned: the role it belongs to since.',
      examples: ['head-of-early-help'],
    }),
    with: beside.describe('Reassigned: who is beside its owner since, where that changed; `[]` for nobody.'),
    promisedOn: civilDate.optional().meta({
      description: 'Acknowledged: the day that its owner has promised, no later than the due date.',
      examples: ['2026-11-20'],
    }),
    ...reported,
  })
  .superRefine(
    ...always((past, say) => {
      const what = whatHappened.safeParse(partAt(past, 'what'));
      const needed = what.success ? NEEDED[what.data] : undefined;
      if (what.success && what.data === 'reported') mustReport(past, say);
      if (needed !== undefined && partAt(past, needed) === undefined)
        say([needed], `what was ${what.data} needs "${needed}"`);
    }),
  );

const NEEDED: Record<z.infer<typeof whatHappened>, 'dueOn' | 'reviewOn' | 'owner' | 'promisedOn' | undefined> = {
  submitted: undefined,
  completed: undefined,
  accepted: undefined,
  returned: 'dueOn',
  waived: undefined,
  extended: 'dueOn',
  held: 'reviewOn',
  reassigned: 'owner',
  acknowledged: 'promisedOn',
  reported: undefined,
};

/** One inspection under one framework: the file that a manager starts a lifecycle from. */
export const inspection = z
  .strictObject({
    reference: slug.meta({
      description: 'The inspection’s short name, unique in the council. It is part of addresses and never changes.',
      examples: ['2026'],
    }),
    title: line.meta({
      description: 'What it is called. Put it in quotes if there is a colon in it.',
      examples: ['Inspection of children’s services, June 2026'],
    }),
    framework: slug.meta({ refersTo: 'framework' }).meta({
      description: 'The rule pack whose duties follow: see `duecourse rules list`.',
      examples: ['ilacs-2018'],
    }),
    inspectorate: line.default('Ofsted').describe('Who inspected.'),
    fieldwork: fieldwork.describe('When the inspectors were there.'),
    report: report
      .default({})
      .describe(
        'When the report came: `received`, `published`, or both. Left out where there is none, of a focused visit for example: then what came stands under `events`.',
      ),
    readings: z
      .array(
        z.strictObject({
          rule: slug.meta({ refersTo: 'rule' }).meta({
            description: 'The rule, by its short name in the framework.',
            examples: ['written-action-plan'],
          }),
          reading: slug.meta({
            description: 'One of its readings, by the name that the rule gives it.',
            examples: ['si-2007-462'],
          }),
          reason: line.meta({
            description: 'Why this inspection counts by it.',
            examples: ['the Monitoring Officer’s advice of 3 March'],
          }),
          instrument: slug
            .optional()
            .describe('The instrument under whose framework the rule stands. Left out: the inspection’s own.'),
        }),
      )
      .max(100)
      .optional()
      .describe('By which of several readings a rule is counted here, where that is not the rule’s own.'),
    ruledOut: z
      .array(
        z.strictObject({
          fact: slug.meta({
            description: 'The fact, as the preview and the page of facts name it.',
            examples: ['focused-visit-letter-received'],
          }),
          what: explained(
            z.enum(namesOf(RULED_OUT)),
            mapTable(RULED_OUT, ({ words }) => words),
          ).describe('Whether there was none, or nobody knows.'),
          reason: line.meta({ description: 'Why it is not asked for.', examples: ['There was no focused visit.'] }),
          instrument: slug
            .optional()
            .describe('The instrument under which it is missing. Left out: the inspection’s own.'),
        }),
      )
      .max(MAX_RULED_OUT)
      .optional()
      .describe(
        'Facts that a rule waits for, and that do not exist or are not known: nobody is asked for them. One that is on file after all counts.',
      ),
    instruments: z
      .array(instrument)
      .max(50)
      .optional()
      .describe(
        'What came beside the report, or after it: a notice, a direction, another inspectorate’s letter. Each has dates of its own, and the duties of its own framework.',
      ),
    events,
    judgements: judgements.default([]),
    recommendations: z
      .array(recommendation)
      .default([])
      .describe('What the inspectors recommend. Themes and actions say what answers each.'),
    themes: z
      .array(theme)
      .default([])
      .describe('Strategic outcomes, each with an accountable officer, that gather recommendations and actions.'),
    actions: z
      .array(action)
      .default([])
      .describe('The actions of the improvement plan: each is a duty with an owner and a date.'),
    withdrawn: z
      .array(withdrawn)
      .optional()
      .describe('What was in the plan and is no more: revisions write it, so that no short name is used twice.'),
    measures: z
      .array(measure)
      .max(500)
      .optional()
      .describe(
        'What shows that the plan’s outcomes are reached: each with a unit, a baseline, a target and its values.',
      ),
    rounds: z
      .array(openedRound)
      .max(500)
      .optional()
      .describe('Rounds of progress that were opened by hand, beside those that a promise asks for.'),
    owners: z
      .partialRecord(strandName, roleId)
      .default({})
      .meta({
        description:
          'Whose duty it is, by the line of duties, where nothing else says so. Left out: the director’s; call-in windows are the administrator’s.',
        examples: [{ 'plan-submission': 'director' }],
      }),
    commitments: z
      .array(promise)
      .default([])
      .describe(
        'What the council has promised beyond what it must do, or others have set it: reports to Cabinet, briefings to members, meetings with a department. A rule of the strength `commitment` counts only where it is listed here.',
      ),
    decisions: z
      .array(decision)
      .default([])
      .describe('Executive decisions about the inspection: each starts a call-in window when it is published.'),
    callIns: z.array(callIn).default([]).describe('Decisions that were called in, and what became of them.'),
    happened: z
      .array(happened)
      .default([])
      .describe(
        'What has been done already when the file is started, in its order, so that nobody is reminded of it. Later on, commands and pages say what happens.',
      ),
    approvals: z
      .array(approval)
      .optional()
      .describe(
        'Duties that a body must approve before they can be met. `duecourse preview` works back from the duty’s date, through the call-in window, the agenda and the notice, to the last meeting that leaves time.',
      ),
    questions: z
      .array(question)
      .optional()
      .describe('Members’ questions about the inspection. Each is answered within the promised time.'),
    plans: z.array(planVersion).optional().describe('The versions of the plan, and how far each has come.'),
    training: z.array(training).optional().describe('Training for members: invitations and attendance are duties.'),
    sources: z
      .array(line)
      .default([])
      .meta({
        description: 'Public papers that the file rests on.',
        examples: [['Report to Cabinet, 13 October 2026']],
      }),
  })
  .superRefine(...always(checkInspection));

export type Inspection = z.infer<typeof inspection>;
/** The record of an executive decision, and when it was implemented. */
export type Decision = PayloadOf<typeof DECISION_FIELDS> & {
  implementedOn?: CivilDate | undefined;
  withdrawn?: string | undefined;
};
export type CallIn = z.infer<typeof callIn>;
export type PlanVersion = z.infer<typeof planVersion>;
export type Training = z.infer<typeof training>;
/** A question as a file has it, with its texts. */
export type FileQuestion = z.infer<typeof question>;
export type Happened = z.infer<typeof happened>;
