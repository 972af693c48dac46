import { asCalledHere } from '../authority/executive-name.ts';
import { formatDate } from '../calendar/civil-date.ts';
import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import { eventInWords } from '../facts/events.ts';
import {
  commitmentsTo,
  type Facts,
  type Happenings,
  isRecorded,
  metBy,
  type NumberedTrigger,
  type PlanOptions,
  strandOwner,
  triggersOf,
} from '../facts/facts.ts';
import type { Framework } from '../facts/framework.ts';
import {
  cameBy,
  frameworkUnder,
  happeningsUnder,
  nameUnder,
  rulesUnder,
  standingInstruments,
} from '../facts/instruments.ts';
import { type Body, meetingDates, meetingsOf } from '../meetings/meetings.ts';
import { preparations } from '../meetings/preparations.ts';
import type { PlannedMilestone } from '../milestone/milestone.ts';
import type { Cycle } from '../schemas/cycle.ts';
import type { Instrument } from '../schemas/instrument.ts';
import type { Promised } from '../schemas/promise.ts';
import type { Rule, StrandName } from '../schemas/rule-pack.ts';
import { roundsBefore } from '../rounds/plan-rounds.ts';
import { startDay } from './due-date.ts';
import { meetingsOnFile } from './meetings-on-file.ts';
import { milestoneFromRule, type Particulars } from './from-rule.ts';
import { ownDate } from './own-due.ts';
import { asPromised, strandOfPromise } from './promised.ts';
import { isJudgedSo } from './judged-so.ts';
import { chosenFor, readBy } from './readings.ts';
import { promiseId } from './promise-id.ts';
import { roundsOf } from './rounds.ts';

/**
 * The milestones of a strand that follow from its rules, and from promises in their own words. A rule of strength `commitment`
 * counts only where the council has made it: where the file lists it under `commitments`. A rule whose trigger is not recorded
 * gives none.
 */
export function milestonesFromRules(
  strand: StrandName,
  facts: Facts,
  calendar: WorkingCalendar,
  options: PlanOptions,
): PlannedMilestone[] {
  const planning = { facts, calendar, options };
  return dutiesOf(facts, strand).flatMap((duty) => plannedFrom(duty, planning));
}

/** A cycle of the plan: how its rounds are called, without their numbers, and how it comes round. */
export interface NamedCycle {
  name: string;
  title: string;
  promise: Promised | undefined;
  rounds: Parameters<typeof roundsOf>[2];
}

/** Every cycle of an inspection, by the names of its rounds. */
export function cyclesOf(facts: Facts, calendar: WorkingCalendar): NamedCycle[] {
  return dutiesOf(facts)
    .filter(({ followed }) => followed.rule.repeats)
    .map((duty) => {
      const { followed, numbered } = duty;
      const body = bodyFor(followed, facts);
      const { id: name, title } = particularsOf(duty, body, facts);
      return { name, title, promise: followed.promise, rounds: cycleOf(followed, numbered, body, calendar) };
    });
}

/** What starts one duty, or one cycle of duties. */
interface Duty {
  followed: Followed;
  numbered: NumberedTrigger;
  /** The instrument from which it follows; absent: the inspection itself. */
  instrument?: Instrument | undefined;
}

/** Of one strand, or of all; first those of the inspection itself, then those of each of its instruments. */
function dutiesOf(facts: Facts, strand?: StrandName): Duty[] {
  return [undefined, ...standingInstruments(facts.inspection)].flatMap((instrument) =>
    dutiesUnder(instrument, facts, strand).map((duty) => (instrument === undefined ? duty : under(instrument, duty))),
  );
}

/** Its dates are said to be that instrument's. */
function under(instrument: Instrument, { followed, numbered: { number, trigger } }: Duty): Duty {
  const isEvent = trigger.event !== 'commitment' && trigger.event !== 'action-date';
  const own = isEvent ? { ...trigger, under: instrument.title } : trigger;
  return { followed, numbered: { number, trigger: own }, instrument };
}

function dutiesUnder(instrument: Instrument | undefined, facts: Facts, strand?: StrandName): Duty[] {
  const happened = happeningsUnder(facts.inspection, instrument?.id);
  const ruled = rulesUnder(facts, instrument?.id)
    .filter((rule) => (strand === undefined || rule.strand === strand) && applies(rule, happened))
    .flatMap((own) => {
      const chosen = chosenFor(facts.inspection, own.id, instrument?.id);
      const rule = chosen === undefined ? own : readBy(own, chosen.reading);
      const promises = commitmentsTo(facts.inspection, rule.id, instrument?.id);
      if (promises.length > 0) return promises.flatMap((promise) => ofPromise(promise, rule, facts));
      return rule.strength === 'commitment'
        ? []
        : ofRule({ rule, ...(chosen === undefined ? {} : { chosen: chosen.reason }) }, happened);
    });
  const alone = facts.inspection.commitments.filter(
    (each) =>
      each.rule === undefined &&
      each.instrument === instrument?.id &&
      (strand === undefined || strandOfPromise(each) === strand),
  );
  return [...ruled, ...alone.flatMap((promise) => ofPromise(promise, undefined, facts))];
}

interface Planning {
  facts: Facts;
  calendar: WorkingCalendar;
  options: PlanOptions;
}

/** A rule, with the promise that follows it where there is one. */
interface Followed {
  rule: Rule;
  promise?: Promised;
  promised?: Particulars['promised'];
  /** Why it is counted by another reading than its own. */
  chosen?: string;
}

/** The rule's own definition of a working day, where the facts carry it. */
function definitionOf({ workingDays }: Rule, framework: Framework | undefined): Pick<Particulars, 'workingDays'> {
  const found = workingDays === undefined ? undefined : framework?.workingDays?.[workingDays];
  return found === undefined ? {} : { workingDays: found };
}

/** Does a rule apply at all? */
function applies({ requires, onlyWhere }: Rule, happened: Happenings): boolean {
  if (requires !== undefined && !isRecorded(happened, requires)) return false;
  return onlyWhere === undefined || isJudgedSo(happened, onlyWhere);
}

function ofPromise(promise: Promised, base: Rule | undefined, facts: Facts): Duty[] {
  const { rule, promised } = asPromised(promise, base === undefined ? base : calledHere(base, promise, facts));
  const followed = { rule, promise, promised };
  if (promise.due === undefined) return ofRule(followed, happeningsUnder(facts.inspection, promise.instrument));
  const date = ownDate(promise.due, promise.setBy, facts, promise.instrument);
  if (date === undefined) return [];
  const { trigger, period, roll } = date;
  return [{ followed: { ...followed, rule: { ...rule, period, roll } }, numbered: { number: 1, trigger } }];
}

/** The rule in the council's own words: what it calls the body to which its updates go. */
function calledHere(rule: Rule, promise: Promised, facts: Facts): Rule {
  if (rule.strand !== 'cabinet-updates') return rule;
  const body = bodyFor({ rule, promise }, facts);
  const { authority } = facts;
  return { ...rule, title: asCalledHere(rule.title, authority, body), act: asCalledHere(rule.act, authority, body) };
}

function ofRule(followed: Followed, happened: Happenings): Duty[] {
  const { rule, promise } = followed;
  const own = promise?.from ?? promise?.first;
  const alone = promise?.instrument !== undefined && promise.rule === undefined ? cameBy(happened) : undefined;
  const triggers: NumberedTrigger[] =
    own !== undefined
      ? [{ number: 1, trigger: { event: 'commitment', date: own } }]
      : alone !== undefined
        ? [{ number: 1, trigger: alone }]
        : triggersOf(happened, rule.trigger.event, rule.trigger.proxy);
  return triggers.map((numbered) => ({ followed, numbered }));
}

const bodyFor = ({ promise }: Followed, { authority }: Facts): Body | undefined =>
  authority.bodies.find((each) => each.id === promise?.body);

/** What a rule starts by one event. */
function plannedFrom(duty: Duty, planning: Planning): PlannedMilestone[] {
  const { followed, numbered } = duty;
  const { rule, promise } = followed;
  const { calendar, options, facts } = planning;
  const body = bodyFor(followed, facts);
  const about = particularsOf(duty, body, facts);
  const rounds = rule.repeats ? cycleOf(followed, numbered, body, calendar) : undefined;
  const planned =
    rounds === undefined
      ? [milestoneFromRule(rule, about, calendar)]
      : roundsOf(rule, about, rounds, calendar, options);
  const { round } = promise ?? {};
  const asking = round === undefined ? [] : roundsBefore(planned, { round, body, name: about.id }, calendar, options);
  if (body === undefined) return [...planned, ...asking];
  const named = { id: about.id, title: about.title, strand: rule.strand };
  const later = rounds === undefined ? [] : meetingsOnFile({ ...named, rounds }, body, facts, calendar);
  return [
    ...planned,
    ...later,
    ...preparations(
      planned,
      {
        ...{ body, key: promise?.key === true, inPrivate: promise?.inPrivate === true, name: about.id },
        ...(promise?.generalException === undefined ? {} : { generalException: promise.generalException }),
      },
      calendar,
      options,
    ),
    ...asking,
  ];
}

function particularsOf({ followed, numbered, instrument }: Duty, body: Body | undefined, facts: Facts): Particulars {
  const { rule, promise, promised, chosen } = followed;
  const { number, trigger } = numbered;
  const own = nameUnder(instrument?.id, promise === undefined ? rule.id : promiseId(promise));
  const name = number === 1 ? own : `${own}-event-${number}`;
  // By what came before its own event, a later one is not met.
  const since = number === 1 ? '' : trigger.date;
  const happened = happeningsUnder(facts.inspection, instrument?.id);
  const met = rule.metBy === undefined ? undefined : metBy(happened, rule.metBy, since);
  // A promise in its own words is called as it says.
  const title =
    instrument === undefined || promise?.title !== undefined ? rule.title : `${rule.title} (${instrument.title})`;
  return {
    id: `${rule.strand}/${name}`,
    title: number === 1 ? title : `${title} (${eventInWords(trigger.event)} on ${formatDate(trigger.date)})`,
    owner: promise?.owner ?? strandOwner(facts, rule.strand),
    beside: promise?.with,
    trigger,
    ...(promise?.ladder === undefined ? {} : { ladder: promise.ladder }),
    ...definitionOf(rule, frameworkUnder(facts, instrument?.id)),
    ...(instrument === undefined ? {} : { under: instrument }),
    ...(met === undefined ? {} : { metOn: met }),
    ...(body === undefined ? {} : { body: body.id }),
    ...(promised === undefined ? {} : { promised }),
    ...(chosen === undefined ? {} : { chosen }),
    ...meetingsFor(promise, body),
    ...(promise?.writtenRoute === undefined ? {} : { writtenRoute: promise.writtenRoute }),
  };
}

/** Each date moves to the body's next meeting, unless somebody outside the council has set the date. */
function meetingsFor(promise: Promised | undefined, body: Body | undefined): Pick<Particulars, 'meetings'> {
  if (body === undefined || body.meetings.length === 0 || promise?.setBy !== undefined) return {};
  const written = promise?.writtenRoute;
  return {
    meetings: { body: body.name, meetings: meetingsOf(body), ...(written === undefined ? {} : { written }) },
  };
}

/** How the cycle of a rule, or of a promise, comes round. */
function cycleOf(
  { rule, promise }: Followed,
  { trigger }: NumberedTrigger,
  body: Body | undefined,
  calendar: WorkingCalendar,
): Parameters<typeof roundsOf>[2] {
  const every: Cycle = promise?.every ?? rule.period;
  return {
    every,
    from: startDay(trigger, rule.receiptCutOff, calendar),
    first: promise?.first,
    until: promise?.until,
    changes: promise?.changes,
    ...(body === undefined ? {} : { meetings: { body: body.name, dates: meetingDates(body) } }),
  };
}
