import { z } from 'zod';
import { namesOf } from '../closed-table.ts';
import { civilDate, line, paragraphs, period, slug, timeOfDay } from './common.ts';
import { DECISION_FIELDS } from '../decisions/decision-fields.ts';
import { CALL_IN_OUTCOMES, RECONSIDERATIONS } from '../decisions/outcomes.ts';
import type { CivilDate } from '../calendar/civil-date.ts';
import type { PayloadOf } from '../commands/fields.ts';
import { PLAN_KINDS, PLAN_STAGES } from '../plans/plan-versions.ts';
import { appendix, shapeOf } from './fields.ts';
import { ladder, strandName, triggerEvent } from './rule-pack.ts';

/** A due date of the council's own: a date, or a period counted from one of the inspection's events. */
const ownDue = z.union([civilDate, z.strictObject({ ...period.shape, from: triggerEvent.default('report-received') })]);

/** Events that have no place of their own in the file. */
const otherEvent = triggerEvent.exclude([
  'fieldwork-ended',
  'report-received',
  'report-published',
  'decision-taken',
  'decision-published',
  'call-in-received',
  'referred-back',
  'referred-to-council',
  'question-asked',
]);

const decision = z.strictObject({
  ...shapeOf(DECISION_FIELDS),
  implementedOn: civilDate.optional().describe('The day on which it was implemented'),
}) as z.ZodType as z.ZodType<Decision>;

const callInOutcome = z.enum(namesOf(CALL_IN_OUTCOMES));
const reconsideration = z.enum(namesOf(RECONSIDERATIONS));

const callIn = z.strictObject({
  decision: slug,
  receivedOn: civilDate,
  by: line,
  reasons: line,
  /** How many members call in. */
  members: z.int().min(1).max(200).optional(),
  resolution: z.strictObject({ outcome: callInOutcome, on: civilDate, reasons: line.optional() }).optional(),
  reconsidered: z.strictObject({ outcome: reconsideration, on: civilDate, reasons: line.optional() }).optional(),
});

export const action = z.strictObject({
  id: slug,
  title: line,
  theme: slug.optional(),
  recommendations: z.array(slug).default([]),
  /** The accountable officer: a role of the authority; the theme's officer where absent. */
  owner: slug.optional(),
  due: ownDue,
  measure: line.optional(),
});

const theme = z.strictObject({
  id: slug,
  title: line,
  /** The accountable officer of the theme: a role of the authority. */
  officer: slug,
  recommendations: z.array(slug).default([]),
});

/** A cycle or duty the council has promised: which rule it follows, and what differs from it. */
export const commitment = z.strictObject({
  rule: slug,
  /** The clock starts here instead of at the rule's trigger. */
  from: civilDate.optional(),
  /** The last date of the cycle; open-ended where absent. */
  until: civilDate.optional(),
  every: period.optional(),
  /** Moved to this body's next meeting, where one is known. */
  body: slug.optional(),
  /** It asks the body for a key decision: notice is given 28 clear days before. */
  key: z.boolean().optional(),
  /** What takes the meeting's place where it is cancelled and none is left before the next round. */
  writtenRoute: z.strictObject({ title: line, act: line }).optional(),
  owner: slug.optional(),
  title: line.optional(),
  source: line.optional(),
  ladder: ladder.optional(),
});

/** A member's question about the inspection; who asked stays in the lifecycle and never enters the record's chain. */
const question = z.strictObject({
  id: slug,
  askedOn: civilDate,
  by: line,
  text: paragraphs,
  answer: z.strictObject({ on: civilDate, text: paragraphs }).optional(),
  /** The briefing that took the answer to all members. */
  reportedIn: z.string().optional(),
});

/** The stages of a plan's version, in their order. */
const planStage = z.enum(namesOf(PLAN_STAGES));
const planKind = z.enum(namesOf(PLAN_KINDS));

/** One version of a plan: drafted, commented by the lead inspector, agreed by the executive, scrutinised, submitted. */
const planVersion = z.strictObject({
  plan: planKind,
  version: z.int().min(1).max(1000),
  stages: z
    .array(z.strictObject({ stage: planStage, on: civilDate, by: line.optional(), note: line.optional() }))
    .min(1),
  appendices: z.array(appendix).default([]),
});

/** A training session for members, and who came. Members are labels; they stay in the lifecycle. */
const training = z.strictObject({
  id: slug,
  title: line,
  on: civilDate,
  owner: slug.optional(),
  /** Working days before the session by which members are invited. */
  inviteDays: z.int().min(1).max(60).default(10),
  attendance: z.strictObject({ invited: z.array(line).max(500), attended: z.array(line).max(500) }).optional(),
});

const pastStep = z.enum(['submitted', 'completed', 'waived', 'extended', 'held', 'reassigned', 'acknowledged']);

/** What has already happened when the file is started, in its order. */
const happened = z
  .strictObject({
    milestone: z.string().min(3),
    what: pastStep,
    on: civilDate,
    at: timeOfDay.default('12:00'),
    by: slug,
    evidence: line.optional(),
    reason: line.optional(),
    /** Extended: the new due date. */
    dueOn: civilDate.optional(),
    /** Held, and held still: when it is to be reviewed, and what is awaited. */
    reviewOn: civilDate.optional(),
    awaiting: line.optional(),
    /** Reassigned: the role that it belongs to since. */
    owner: slug.optional(),
    /** Acknowledged: the date that its owner has promised. */
    promisedOn: civilDate.optional(),
  })
  .superRefine((past, context) => {
    const needed = NEEDED[past.what];
    if (needed !== undefined && past[needed] === undefined)
      context.addIssue({ code: 'custom', path: [needed], message: `what was ${past.what} needs "${needed}"` });
  });

/** What cannot be said to have happened without a further date or name. */
const NEEDED: Record<z.infer<typeof pastStep>, 'dueOn' | 'reviewOn' | 'owner' | 'promisedOn' | undefined> = {
  submitted: undefined,
  completed: undefined,
  waived: undefined,
  extended: 'dueOn',
  held: 'reviewOn',
  reassigned: 'owner',
  acknowledged: 'promisedOn',
};

/** One inspection under one framework: the file that a manager starts a lifecycle from. */
export const inspection = z
  .strictObject({
    reference: slug,
    title: line,
    /** The rule pack. */
    framework: slug,
    inspectorate: line.default('Ofsted'),
    fieldwork: z.strictObject({ from: civilDate, until: civilDate }),
    report: z
      .strictObject({
        received: civilDate.optional(),
        receivedAt: timeOfDay.optional(),
        published: civilDate.optional(),
      })
      .refine((report) => report.received !== undefined || report.published !== undefined, {
        error: 'expected the date the report was received, or, failing that, published',
      }),
    /** Other events that start clocks, with their dates: a focused visit's letter, a notice, a coroner's report sent. */
    events: z
      .partialRecord(otherEvent, z.union([civilDate, z.strictObject({ on: civilDate, at: timeOfDay.optional() })]))
      .optional(),
    judgements: z.array(z.strictObject({ area: line, grade: line })).default([]),
    recommendations: z.array(z.strictObject({ id: slug, text: line })).default([]),
    themes: z.array(theme).default([]),
    actions: z.array(action).default([]),
    /** Who owns each strand's milestones: a role of the authority; the director where absent. */
    owners: z.partialRecord(strandName, slug).default({}),
    commitments: z.array(commitment).default([]),
    decisions: z.array(decision).default([]),
    callIns: z.array(callIn).default([]),
    happened: z.array(happened).default([]),
    /** Duties that a body must approve before they can be met: which meeting leaves time for that is worked out. */
    approvals: z.array(z.strictObject({ rule: slug, body: slug, key: z.boolean().default(true) })).optional(),
    questions: z.array(question).optional(),
    plans: z.array(planVersion).optional(),
    training: z.array(training).optional(),
    /** Public papers that the file rests on. */
    sources: z.array(line).default([]),
  })
  .superRefine((file, context) => {
    const issue = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message });
    if (file.fieldwork.until < file.fieldwork.from)
      issue(
        ['fieldwork', 'until'],
        `the inspection ends (${file.fieldwork.until}) before it begins (${file.fieldwork.from})`,
      );
    for (const name of ['received', 'published'] as const) {
      const date = file.report[name];
      if (date !== undefined && date < file.fieldwork.until)
        issue(
          ['report', name],
          `the report can't have been ${name} on ${date}, before the inspection ended on ${file.fieldwork.until}`,
        );
    }
    const unique = (list: { id: string }[], name: string) => {
      const ids = new Set<string>();
      list.forEach((each, index) => {
        if (ids.has(each.id)) issue([name, index, 'id'], `"${each.id}" is defined twice`);
        ids.add(each.id);
      });
      return ids;
    };
    const recommendations = unique(file.recommendations, 'recommendations');
    const themes = unique(file.themes, 'themes');
    unique(file.actions, 'actions');
    unique(file.questions ?? [], 'questions');
    unique(file.training ?? [], 'training');
    const decisions = unique(file.decisions, 'decisions');
    file.themes.forEach((each, index) =>
      each.recommendations.forEach((id, at) => {
        if (!recommendations.has(id))
          issue(['themes', index, 'recommendations', at], `there is no recommendation "${id}" in this file`);
      }),
    );
    file.actions.forEach((each, index) => {
      if (each.theme !== undefined && !themes.has(each.theme))
        issue(['actions', index, 'theme'], `there is no theme "${each.theme}" in this file`);
      if (each.theme === undefined && each.owner === undefined)
        issue(['actions', index], 'an action needs an owner, or a theme whose officer owns it');
      each.recommendations.forEach((id, at) => {
        if (!recommendations.has(id))
          issue(['actions', index, 'recommendations', at], `there is no recommendation "${id}" in this file`);
      });
    });
    file.decisions.forEach((each, index) => {
      if (each.publishedOn !== undefined && each.publishedOn < each.takenOn)
        issue(
          ['decisions', index, 'publishedOn'],
          `the decision can't be published (${each.publishedOn}) before it is taken (${each.takenOn})`,
        );
      if (each.urgent && each.reasons === undefined)
        issue(['decisions', index, 'urgent'], 'an urgent decision needs its reasons');
    });
    file.callIns.forEach((each, index) => {
      if (!decisions.has(each.decision))
        issue(['callIns', index, 'decision'], `there is no decision "${each.decision}" in this file`);
    });
  });

export type Inspection = z.infer<typeof inspection>;
/** The record of an executive decision, and when it was implemented. */
export type Decision = PayloadOf<typeof DECISION_FIELDS> & { implementedOn?: CivilDate | undefined };
export type CallIn = z.infer<typeof callIn>;
export type Action = z.infer<typeof action>;
export type Theme = z.infer<typeof theme>;
export type Commitment = z.infer<typeof commitment>;
export type PlanVersion = z.infer<typeof planVersion>;
export type Training = z.infer<typeof training>;
/** A question as a file has it, with its texts. */
export type FileQuestion = z.infer<typeof question>;
export type Happened = z.infer<typeof happened>;
