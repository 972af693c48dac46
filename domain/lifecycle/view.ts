import type { Milestone } from '../milestone/milestone.ts';
import { isOverdue, isPending } from '../milestone/milestone-state.ts';
import { byDue } from '../plan/plan.ts';
import type { Inspection, Question } from '../schemas/inspection.ts';
import type { Ladder } from '../schemas/rule-pack.ts';
import { recordOfDecision, type RecordOfDecision } from '../decisions/record-of-decision.ts';
import { inspectionRef, type InspectionRef } from '../inspection-ref.ts';
import { calendarOf, type EndedMilestone, type LifecycleState } from './state.ts';

/** A milestone as a query shows it. */
export type MilestoneView = Omit<Milestone, 'told' | 'announcements' | 'ladder'> & { overdue: boolean; ladder: Ladder };

/** A lifecycle as a query shows it. */
export interface LifecycleView {
  reference: InspectionRef;
  title: string;
  authority: { id: string; name: string };
  status: LifecycleState['status'];
  startedAt: string;
  now: string;
  milestones: MilestoneView[];
  /** Finished ones, as little of them as the lifecycle keeps; the register has them whole. */
  ended: Record<string, EndedMilestone>;
  overdue: number;
  nextDue: string | null;
  /** The record of each decision, with what became of it. */
  decisions: RecordOfDecision[];
  /** The improvement plan's parts, its versions, and the training of members. */
  improvement: Pick<Inspection, 'recommendations' | 'themes' | 'actions' | 'plans' | 'training'>;
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
    startedAt: state.startedAt,
    now,
    milestones: Object.values(state.milestones)
      .sort(byDue)
      .map((milestone) => milestoneView(milestone, now)),
    ended: state.ended,
    overdue,
    nextDue,
    decisions: inspection.decisions.flatMap(
      ({ id }) => recordOfDecision(state.facts, id, calendarOf(state), now) ?? [],
    ),
    improvement: {
      recommendations: inspection.recommendations,
      themes: inspection.themes,
      actions: inspection.actions,
      plans: inspection.plans ?? [],
      training: inspection.training ?? [],
    },
    questions: inspection.questions ?? [],
    seq: state.seq,
  };
}

export function milestoneView(
  { told: _told, announcements: _announcements, ...milestone }: Milestone,
  now: string,
): MilestoneView {
  return { ...milestone, overdue: isOverdue(milestone, now) };
}

/** What operators filter by: how many duties are late, and when the next one falls due. */
export function summaryOf(state: LifecycleState, now: string): { overdue: number; nextDue: string | null } {
  const pending = Object.values(state.milestones).filter(isPending);
  const next = pending.filter((each) => each.dueAt > now).sort(byDue)[0];
  return { overdue: pending.filter((each) => isOverdue(each, now)).length, nextDue: next?.dueAt ?? null };
}
