import type { Marks, Milestone, PlannedMilestone } from '../milestone/milestone.ts';
import type { CivilDate } from '../calendar/civil-date.ts';
import { homeInWords } from '../closing/homes.ts';
import { unfinishedIn } from '../closing/unfinished.ts';
import { isOverdue, isPending } from '../milestone/milestone-state.ts';
import { firstDueOf, type Slippage, slippageOf } from '../milestone/slippage.ts';
import { ratingsOf } from '../progress/ratings.ts';
import type { Rating } from '../schemas/ratings.ts';
import { type ByDates, byDates } from '../progress/by-dates.ts';
import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import { shownMeasures, type ShownMeasure } from '../measures/measures.ts';
import { byDue } from '../plan/plan.ts';
import { allEvents } from '../facts/facts.ts';
import { asked, type Question } from '../questions/questions.ts';
import type { Inspection } from '../schemas/inspection.ts';
import type { Instrument } from '../schemas/instrument.ts';
import { recordOfDecision, type RecordOfDecision } from '../decisions/record-of-decision.ts';
import { milestonesOf, ownerOfEnded, titleOfEnded } from './milestones.ts';
import { calendarOf, type EndedMilestone, type LifecycleState } from './state.ts';
import { inspectionRef, type InspectionRef } from '../inspection-ref.ts';

/** A milestone as people see it: whole, and whether it is late. */
export interface ViewedMilestone extends PlannedMilestone, Marks {
  overdue: boolean;
  /** The due date before anybody granted a later one. */
  firstDue: CivilDate;
  slippage: Slippage;
  /** How it stands by its dates alone. */
  byDates: ByDates;
}

/** An instrument as people see it, with all of its events. */
export interface ViewedInstrument extends Omit<Instrument, 'events' | 'fieldwork'> {
  events: ReturnType<typeof allEvents>;
}

/** A lifecycle as people see it. */
export interface LifecycleView {
  reference: InspectionRef;
  title: string;
  authority: { id: string; name: string };
  status: LifecycleState['status'];
  /** Why it was withdrawn, by which role and when (UTC), where it was. */
  withdrawn?: { by: string; at: string; reason: string };
  startedAt: string;
  now: string;
  milestones: ViewedMilestone[];
  /** Finished ones, as little of them as the lifecycle keeps; the register has them whole. */
  ended: Record<string, EndedMilestone & { title: string; owner?: string }>;
  /** What was not finished when the inspection was closed, by its id: where each goes, in words. */
  homes: Record<string, string>;
  overdue: number;
  /** The next due day; null where nothing is to come. */
  nextDue: CivilDate | null;
  /** The record of each decision, with what became of it. */
  decisions: RecordOfDecision[];
  /** The events on file that have no place of their own: letters, notices and the like. */
  events: ReturnType<typeof allEvents>;
  /** Notices, directions and further reports beside its own. */
  instruments: ViewedInstrument[];
  /** The improvement plan's parts, its versions, and the training of members. */
  improvement: Pick<Inspection, 'recommendations' | 'themes' | 'actions' | 'plans' | 'training'>;
  /** The plan's measures, each with its newest value. */
  measures: ShownMeasure[];
  /** By which names the council says how an action stands. */
  ratings: readonly Rating[];
  /** Members' questions, in the order in which they were asked. */
  questions: Question[];
  /** The number of the last register entry. */
  seq: number;
}

/** What a lifecycle looks like at an instant (UTC). */
export function viewOf(state: LifecycleState, now: string): LifecycleView {
  const { authority, inspection } = state.facts;
  const { overdue, nextDue } = summaryOf(state, now);
  return {
    reference: inspectionRef(authority.id, inspection.reference),
    title: inspection.title,
    authority: { id: authority.id, name: authority.name },
    status: state.status,
    ...withdrawalOf(state),
    startedAt: state.startedAt,
    now,
    milestones: milestonesOf(state)
      .toSorted(byDue)
      .map((milestone) => viewedMilestone(milestone, now, calendarOf(state))),
    ended: Object.fromEntries(
      Object.entries(state.ended).map(([id, each]) => {
        const owner = ownerOfEnded(state, id);
        return [id, { ...each, title: titleOfEnded(state, id), ...(owner === undefined ? {} : { owner }) }];
      }),
    ),
    homes: homesIn(state),
    overdue,
    nextDue,
    decisions: inspection.decisions.flatMap(
      ({ id }) => recordOfDecision(state.facts, id, calendarOf(state), now) ?? [],
    ),
    events: allEvents(inspection),
    instruments: (inspection.instruments ?? []).map(viewedInstrument),
    improvement: {
      recommendations: inspection.recommendations,
      themes: inspection.themes,
      actions: inspection.actions,
      plans: inspection.plans ?? [],
      training: inspection.training ?? [],
    },
    measures: shownMeasures(state),
    ratings: ratingsOf(authority),
    questions: [...asked(state.facts)],
    seq: state.seq,
  };
}

function homesIn(state: LifecycleState): LifecycleView['homes'] {
  const { authority } = state.facts;
  return Object.fromEntries([...unfinishedIn(state)].map(([id, home]) => [id, homeInWords(home, authority)]));
}

function viewedInstrument(instrument: Instrument): ViewedInstrument {
  const { id, title, issuedBy, framework, report, judgements, withdrawn } = instrument;
  return {
    ...{ id, title, issuedBy, events: allEvents(instrument) },
    ...(framework === undefined ? {} : { framework }),
    ...(report === undefined ? {} : { report }),
    ...(judgements === undefined ? {} : { judgements }),
    ...(withdrawn === undefined ? {} : { withdrawn }),
  };
}

function withdrawalOf({ withdrawn }: LifecycleState): Pick<LifecycleView, 'withdrawn'> {
  if (withdrawn === undefined) return {};
  const { by, at, reason } = withdrawn;
  return { withdrawn: { by, at, reason } };
}

/** A milestone as it looks at an instant (UTC). */
export function viewedMilestone(milestone: Milestone, now: string, calendar: WorkingCalendar): ViewedMilestone {
  const { progress } = milestone;
  return {
    ...milestone,
    overdue: isOverdue(milestone, now),
    firstDue: firstDueOf(milestone),
    slippage: slippageOf(milestone),
    byDates: byDates({ ...milestone, forecast: progress?.forecast }, now, calendar),
  };
}

/** How many duties are late, and which falls due next. */
interface LifecycleSummary {
  overdue: number;
  /** The next due day. */
  nextDue: CivilDate | null;
  /** The instant (UTC) from which that is late, for operators' searches: at midnight it lies on the day after. */
  nextDueAt: string | null;
}

/** What operators filter by. */
export function summaryOf(state: LifecycleState, now: string): LifecycleSummary {
  const pending = milestonesOf(state).filter(isPending);
  const next = pending.filter((each) => each.dueAt > now).sort(byDue)[0];
  return {
    overdue: pending.filter((each) => isOverdue(each, now)).length,
    nextDue: next?.due ?? null,
    nextDueAt: next?.dueAt ?? null,
  };
}
