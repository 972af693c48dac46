/** What a plan is. */
export type PlanKind = 'immediate-assurance' | 'improvement-plan';

export const PLAN_KINDS: Record<PlanKind, { title: string }> = {
  'immediate-assurance': { title: 'Immediate Assurance Plan' },
  'improvement-plan': { title: 'Improvement plan' },
};

/** How far a version of a plan has come. */
export type PlanStage = 'draft' | 'commented' | 'agreed' | 'scrutinised' | 'submitted';

/** Every stage in the order in which a version goes through them, with what has been done to it by then, in a sentence. */
export const PLAN_STAGES: Record<PlanStage, { done: string }> = {
  draft: { done: 'drafted' },
  commented: { done: 'commented on by the lead inspector' },
  agreed: { done: 'agreed by the executive' },
  scrutinised: { done: 'scrutinised' },
  submitted: { done: 'submitted' },
};
