import { type CivilDate, formatShortDate } from '../calendar/civil-date.ts';
import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import type { Trigger } from '../facts/facts.ts';
import { withBeside } from '../milestone/beside.ts';
import type { PlannedMilestone } from '../milestone/milestone.ts';
import { isFixed } from '../milestone/strengths.ts';
import { OWN_READING } from '../schemas/own-reading.ts';
import type { Rule, WorkingDayDefinition } from '../schemas/rule-pack.ts';
import { calendarSentence, citedInFull, ruleSentence, type Source } from './citation.ts';
import { amountInWords, UNITS } from './counting.ts';
import type { Occurrence } from './cycles.ts';
import { DEFAULT_LADDER } from './default-ladder.ts';
import { dueDate, type DueQuestion, stricterReading } from './due-date.ts';
import { unstopped } from '../unstopped.ts';

/** Everything a strand says about a milestone that does not follow from its rule. */
export interface Particulars {
  id: string;
  title: string;
  owner: string;
  /** The roles beside the owner. */
  beside?: string[] | undefined;
  trigger: Trigger;
  /** Which round of a cycle it is, from 1, and on which day that comes round. */
  round?: Occurrence;
  ladder?: Rule['ladder'];
  /** Why this inspection counts by another reading than the rule's own: without a full stop. */
  chosen?: string;
  /** What the council has promised of it: where its date comes from then, and what is to be said of that. */
  promised?: { source: Source; why: string[] };
  meetings?: DueQuestion['meetings'];
  /** The definition that the rule names; absent: the council's own working days. */
  workingDays?: WorkingDayDefinition;
  /** What its date is of, where that is told otherwise than the rule has it. */
  nature?: Rule['nature'];
  /** What takes a cancelled meeting's place. */
  writtenRoute?: { title: string; act: string };
  decision?: string;
  /** The body that it goes to, by its id. */
  body?: string;
  /** The instrument from which it follows, where that is not the inspection itself. */
  under?: { title: string; issuedBy: string };
  /** The facts say that it was met on this day. */
  metOn?: CivilDate;
}

/** One milestone of a rule: its date worked out, explained and cited. */
export function milestoneFromRule(rule: Rule, about: Particulars, calendar: WorkingCalendar): PlannedMilestone {
  const question: DueQuestion = {
    period: rule.period,
    trigger: about.trigger,
    roll: rule.roll,
    cutOff: rule.cutOff,
    nature: about.nature ?? rule.nature,
    ...(about.round === undefined ? {} : { round: about.round }),
    ...(rule.receiptCutOff === undefined ? {} : { receiptCutOff: rule.receiptCutOff }),
    ...(about.meetings === undefined ? {} : { meetings: about.meetings }),
  };
  const days = about.workingDays;
  const counted = countedBy(rule, days, calendar);
  const answer = dueDate(question, counted);
  const stricter = rule.readings.length === 0 ? undefined : stricterReading(rule, question, answer, counted);
  const planned: PlannedMilestone = {
    id: about.id,
    strand: rule.strand,
    title: answer.written === true && about.writtenRoute !== undefined ? writtenTitle(about) : about.title,
    act: answer.written === true && about.writtenRoute !== undefined ? about.writtenRoute.act : rule.act,
    due: answer.due,
    dueAt: answer.dueAt,
    cutOff: rule.cutOff,
    owner: about.owner,
    provisional: answer.provisional,
    strength: rule.strength,
    extendable: rule.extendable ?? !isFixed(rule),
    rule: {
      id: rule.id,
      version: rule.version,
      citation: about.promised?.source ?? rule.citation,
      calendar: counted.version,
    },
    explanation: [
      ...answer.explanation,
      ...(days === undefined || !UNITS[rule.period.unit].working
        ? []
        : definitionSentences(days, about.trigger.date, answer.due, calendar)),
      ...(about.under === undefined
        ? []
        : [`It follows from ${about.under.title}, which was issued by ${about.under.issuedBy}.`]),
      ...(about.promised?.why ?? [ruleSentence(rule, rule.citation)]),
      ...(about.chosen === undefined ? [] : chosenSentences(rule, about.chosen)),
      calendarSentence(counted.version),
    ],
    ladder: ladderOf(rule, about),
    ...(stricter === undefined ? {} : { stricter }),
    ...(rule.nature === 'duty' ? {} : { passes: true }),
    ...(about.trigger.standsInFor === undefined ? {} : { standIn: about.trigger.standsInFor }),
    ...(about.round === undefined ? {} : { occurrence: about.round.number }),
    ...(about.decision === undefined ? {} : { decision: about.decision }),
    ...(about.body === undefined ? {} : { body: about.body }),
    ...(about.metOn === undefined ? {} : { metOn: about.metOn }),
  };
  return withBeside(planned, about.beside ?? []);
}

/** Where nothing is late, nothing goes up. */
function ladderOf(rule: Rule, about: Particulars): Rule['ladder'] & object {
  const ladder = about.ladder ?? rule.ladder ?? DEFAULT_LADDER;
  return rule.nature === 'duty' ? ladder : { before: ladder.before, after: [], repeatEvery: 0 };
}

/**
 * The council's closure days count as any other where the rule's own definition says so; and where no working days are counted, a
 * date that others have set is not moved off them.
 */
function countedBy(rule: Rule, days: WorkingDayDefinition | undefined, calendar: WorkingCalendar): WorkingCalendar {
  return calendar.countingBy(days?.closureDays ?? (!isFixed(rule) || UNITS[rule.period.unit].working));
}

/** That another reading than the rule's own counts, why, and what the rule's own is. */
function chosenSentences({ readings }: Rule, reason: string): string[] {
  const own = readings.find(({ id }) => id === OWN_READING);
  const other =
    own === undefined ? '' : ` The rule's own is ${amountInWords(own.period)}: ${citedInFull(own.citation)}`;
  return [`This reading was chosen for this inspection: ${unstopped(reason)}.${other}`];
}

/** By whose definition working days were counted, and which of the council's closure days are working days by it. */
function definitionSentences(
  { title, wording, closureDays }: WorkingDayDefinition,
  from: string,
  to: string,
  calendar: WorkingCalendar,
): string[] {
  const closed = closureDays ? [] : calendar.closureDays(from, to);
  return [
    `Working days as in ${title}: ${wording}.`,
    ...(closed.length === 0
      ? []
      : [
          `The council's own closure days are counted as working days: ${closed.map((day) => `${day.title} (${formatShortDate(day.date)})`).join(', ')}.`,
        ]),
  ];
}

function writtenTitle({ writtenRoute, round }: Particulars): string {
  return `${writtenRoute?.title ?? ''}${round === undefined ? '' : `, no. ${round.number}`}`;
}
