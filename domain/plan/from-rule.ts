import { type CivilDate, formatDate, formatShortDate } from '../calendar/civil-date.ts';
import { CalendarError } from '../calendar/calendar-error.ts';
import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import type { PlannedMilestone } from '../milestone/milestone.ts';
import type { Commitment } from '../schemas/inspection.ts';
import type { Rule, StrandName, WorkingDayDefinition } from '../schemas/rule-pack.ts';
import { citationSentence } from './citation.ts';
import { UNITS } from './counting.ts';
import { dueDate, type DueQuestion, stricterReading } from './due-date.ts';
import {
  commitmentsTo,
  type Facts,
  isRecorded,
  metBy,
  type NumberedTrigger,
  type PlanOptions,
  strandOwner,
  type Trigger,
  triggersOf,
} from '../facts/facts.ts';
import { eventInWords } from '../facts/events.ts';
import { meetingsOf } from '../meetings/meetings.ts';
import { preparations } from '../meetings/preparations.ts';
import { DEFAULT_LADDER } from './default-ladder.ts';
import { hasRoom } from './ladder.ts';

/** Everything a strand says about a milestone that does not follow from its rule. */
export interface Particulars {
  id: string;
  title: string;
  owner: string;
  trigger: Trigger;
  times?: number;
  ladder?: Rule['ladder'];
  source?: string;
  meetings?: DueQuestion['meetings'];
  /** The definition that the rule names; absent: the council's own working days. */
  workingDays?: WorkingDayDefinition;
  /** What takes a cancelled meeting's place. */
  writtenRoute?: { title: string; act: string };
  decision?: string;
  /** The body that it goes to, by its id. */
  body?: string;
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
    ...(about.times === undefined ? {} : { times: about.times }),
    ...(rule.receiptCutOff === undefined ? {} : { receiptCutOff: rule.receiptCutOff }),
    ...(about.meetings === undefined ? {} : { meetings: about.meetings }),
  };
  const days = about.workingDays;
  const counted = days === undefined || days.closureDays ? calendar : calendar.withoutClosureDays();
  const answer = dueDate(question, counted);
  const stricter = rule.alternatives.length === 0 ? undefined : stricterReading(rule, question, answer, counted);
  return {
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
    extendable: rule.extendable ?? rule.strength !== 'statutory',
    rule: { id: rule.id, version: rule.version, citation: rule.citation, calendar: counted.version },
    explanation: [
      ...answer.explanation,
      ...(days === undefined || !UNITS[rule.period.unit].working
        ? []
        : definitionSentences(days, about.trigger.date, answer.due, calendar)),
      `Rule ${rule.id}, version ${rule.version}: ${citationSentence(rule.citation)}.`,
      ...(about.source === undefined ? [] : [`Promised in: ${about.source}`]),
      `Calendar: ${counted.version}.`,
    ],
    ladder: about.ladder ?? rule.ladder ?? DEFAULT_LADDER,
    ...(stricter === undefined ? {} : { stricter }),
    ...(about.times === undefined ? {} : { occurrence: about.times }),
    ...(about.decision === undefined ? {} : { decision: about.decision }),
    ...(about.body === undefined ? {} : { body: about.body }),
    ...(about.metOn === undefined ? {} : { metOn: about.metOn }),
  };
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

function writtenTitle({ writtenRoute, times }: Particulars): string {
  return `${writtenRoute?.title ?? ''}${times === undefined ? '' : `, no. ${times}`}`;
}

/**
 * The milestones of a strand that follow from its rules alone. A rule of strength `commitment` counts only where the
 * council has made it: where the file lists it under `commitments`. A rule whose trigger is not recorded gives none.
 */
export function milestonesFromRules(
  strand: StrandName,
  facts: Facts,
  calendar: WorkingCalendar,
  options: PlanOptions,
): PlannedMilestone[] {
  return facts.rules
    .filter((rule) => rule.strand === strand && applies(rule, facts))
    .flatMap((rule) => {
      const promises = commitmentsTo(facts.inspection, rule.id);
      if (promises.length > 0)
        return promises.flatMap((promise, index) => ofRule(rule, facts, calendar, options, promise, index));
      return rule.strength === 'commitment' ? [] : ofRule(rule, facts, calendar, options);
    });
}

/** The rule's own definition of a working day, where the facts carry it. */
function definitionOf({ workingDays }: Rule, facts: Facts): Pick<Particulars, 'workingDays'> {
  const found = workingDays === undefined ? undefined : facts.workingDays?.[workingDays];
  return found === undefined ? {} : { workingDays: found };
}

/** Does a rule apply to this inspection at all? */
function applies({ requires, onlyWhere }: Rule, { inspection }: Facts): boolean {
  if (requires !== undefined && !isRecorded(inspection, requires)) return false;
  if (onlyWhere === undefined) return true;
  const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();
  return inspection.judgements.some(
    ({ area, grade }) => same(grade, onlyWhere.grade) && (onlyWhere.area === undefined || same(area, onlyWhere.area)),
  );
}

function ofRule(
  base: Rule,
  facts: Facts,
  calendar: WorkingCalendar,
  options: PlanOptions,
  promise?: Commitment,
  index = 0,
): PlannedMilestone[] {
  const rule = promise?.every === undefined ? base : { ...base, period: promise.every };
  const triggers: NumberedTrigger[] =
    promise?.from === undefined
      ? triggersOf(facts.inspection, rule.trigger.event, rule.trigger.proxy)
      : [{ number: 1, trigger: { event: 'commitment', date: promise.from } }];
  return triggers.flatMap((each) => fromTrigger(rule, each, facts, calendar, options, promise, index));
}

/** What a rule starts by one event. */
function fromTrigger(
  rule: Rule,
  { number, trigger }: NumberedTrigger,
  facts: Facts,
  calendar: WorkingCalendar,
  options: PlanOptions,
  promise: Commitment | undefined,
  index: number,
): PlannedMilestone[] {
  const promised = index === 0 ? rule.id : `${rule.id}-${promise?.body ?? index + 1}`;
  const name = number === 1 ? promised : `${promised}-event-${number}`;
  const title = promise?.title ?? rule.title;
  const body =
    promise?.body === undefined ? undefined : facts.authority.bodies.find((each) => each.id === promise.body);
  // By what came before its own event, a later one is not met.
  const since = number === 1 ? '' : trigger.date;
  const met = rule.metBy === undefined ? undefined : metBy(facts.inspection, rule.metBy, since);
  const about: Particulars = {
    id: `${rule.strand}/${name}`,
    title: number === 1 ? title : `${title} (${eventInWords(trigger.event)} on ${formatDate(trigger.date)})`,
    owner: promise?.owner ?? strandOwner(facts, rule.strand),
    trigger,
    ...(promise?.ladder === undefined ? {} : { ladder: promise.ladder }),
    ...definitionOf(rule, facts),
    ...(met === undefined ? {} : { metOn: met }),
    ...(body === undefined ? {} : { body: body.id }),
    ...(promise?.source === undefined ? {} : { source: promise.source }),
    ...(body === undefined || body.meetings.length === 0
      ? {}
      : {
          meetings: {
            body: body.name,
            meetings: meetingsOf(body),
            ...(promise?.writtenRoute === undefined ? {} : { written: promise.writtenRoute }),
          },
        }),
    ...(promise?.writtenRoute === undefined ? {} : { writtenRoute: promise.writtenRoute }),
  };
  const planned = rule.repeats
    ? cycle(rule, about, promise?.until, calendar, options)
    : [milestoneFromRule(rule, about, calendar)];
  return body === undefined
    ? planned
    : [...planned, ...preparations(planned, { body, key: promise?.key === true, name: about.id }, calendar, options)];
}

/** The written route of a round ends where the next round begins. */
function withNextRound(about: Particulars, rule: Rule, times: number, calendar: WorkingCalendar): Particulars {
  if (about.meetings?.written === undefined) return about;
  const { trigger } = about;
  const { due: before } = dueDate(
    { period: rule.period, trigger, times: times + 1, roll: 'none', cutOff: rule.cutOff },
    calendar,
  );
  return { ...about, meetings: { ...about.meetings, written: { ...about.meetings.written, before } } };
}

/** More than this many occurrences of one cycle are never planned at once: 50 years of months. */
const MAX_OCCURRENCES = 600;

/**
 * The occurrences of a cycle, numbered from 1, as far ahead as the window asks. A later one that the known bank holidays leave
 * no room for is not planned, nor are those after it: they come once the holidays do.
 *
 * @throws CalendarError where not even the first can be worked out
 */
function cycle(
  rule: Rule,
  about: Particulars,
  last: CivilDate | undefined,
  calendar: WorkingCalendar,
  options: PlanOptions,
): PlannedMilestone[] {
  const planned: PlannedMilestone[] = [];
  const first = options.cyclesFrom?.[about.id] ?? 1;
  const atLeast = options.cyclesTo?.[about.id] ?? 0;
  let ahead = 0;
  for (let times = first; times < first + MAX_OCCURRENCES; times++) {
    const milestone = occurrence(rule, about, times, calendar);
    if (milestone === undefined) break;
    if (last !== undefined && milestone.due > last) break;
    if ('until' in options.cycles) {
      if (milestone.due > options.cycles.until) break;
    } else if (milestone.due > options.cycles.today && ++ahead > options.cycles.ahead && times > atLeast) break;
    planned.push(milestone);
  }
  return planned;
}

/** One occurrence of a cycle; undefined where a later one than the first finds no room before the known holidays end. */
function occurrence(
  rule: Rule,
  about: Particulars,
  times: number,
  calendar: WorkingCalendar,
): PlannedMilestone | undefined {
  try {
    const particulars = {
      ...withNextRound(about, rule, times, calendar),
      id: `${about.id}-${times}`,
      title: `${about.title}, no. ${times}`,
      times,
    };
    const milestone = milestoneFromRule(rule, particulars, calendar);
    return times === 1 || hasRoom(milestone.due, milestone.ladder, calendar) ? milestone : undefined;
  } catch (error) {
    if (times > 1 && error instanceof CalendarError && error.code === 'out-of-range') return undefined;
    throw error;
  }
}
