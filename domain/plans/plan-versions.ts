/** The plans that have versions, as a sentence begins with them. */
export const PLAN_KINDS = {
  'immediate-assurance': 'Immediate Assurance Plan',
  'improvement-plan': 'Improvement plan',
} as const;

/** What a stage is called, in a sentence; in the order in which a version goes through them. */
export const PLAN_STAGES = {
  draft: 'drafted',
  commented: 'commented on by the lead inspector',
  agreed: 'agreed by the executive',
  scrutinised: 'scrutinised',
  submitted: 'submitted',
  returned: 'sent back by the inspectorate',
  accepted: 'accepted by the inspectorate',
} as const;

export type PlanStage = keyof typeof PLAN_STAGES;

export const STAGE_ORDER = Object.keys(PLAN_STAGES) as PlanStage[];
