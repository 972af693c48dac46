import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import type { Facts, PlanOptions } from '../facts/facts.ts';
import type { Effect } from '../milestone/effect.ts';
import type { Milestone, PlannedMilestone } from '../milestone/milestone.ts';
import type { EarlierPlan } from '../plan/earlier-plan.ts';
import type { StrandName } from '../schemas/rule-pack.ts';

/** What a milestone that nobody ended becomes at its cut-off. */
export type AtCutOff =
  | { becomes: 'missed' }
  /** It ends of itself: nobody had to do anything. */
  | { becomes: 'completed'; outcome: string };

/**
 * One line of duties: which milestones follow from which facts, which commands about them make no sense, and what happens at
 * the cut-off. Pure; the lifecycle's keeper, the preview and the pages all use it.
 */
export interface Strand {
  name: StrandName;
  /** As people read it. */
  title: string;
  /** Its place on a timeline, from the top: 1 is the first lane. */
  lane: number;
  /** @param earlier see {@link EarlierPlan}: what has not changed since need not be planned again */
  milestones(facts: Facts, calendar: WorkingCalendar, options: PlanOptions, earlier?: EarlierPlan): PlannedMilestone[];
  /** Why a command of this effect makes no sense for the milestone; undefined where it does. */
  refuses(effect: Effect, milestone: PlannedMilestone): string | undefined;
  atCutOff(milestone: Milestone, facts: Facts, calendar: WorkingCalendar): AtCutOff;
}

/** What a person may do to any milestone that somebody has to meet: everything. */
export const refusesNothing = (): undefined => undefined;

export const missed = ({ passes }: Pick<PlannedMilestone, 'passes'>): AtCutOff =>
  passes === true ? { becomes: 'completed', outcome: 'Its day has passed.' } : { becomes: 'missed' };
