import type { PlanItemKind } from '../../../domain/revisions/plan-items.ts';

/** The kinds of things of which the editor has a form for one of them; whose duties a kind is has one form for all. */
export const WRITTEN = [
  ...(['theme', 'recommendation', 'action', 'measure', 'promise', 'approval'] as const),
] as const satisfies Exclude<PlanItemKind, 'owner'>[];
export type Written = (typeof WRITTEN)[number];

/** The kinds that stand under no theme, in the order in which the editor's page has them, and what it calls each list. */
export const APART = {
  recommendation: { title: 'Recommendations', empty: 'No recommendation is in the plan.' },
  measure: { title: 'Measures', empty: 'The plan has no measures.' },
  promise: { title: 'Promises', empty: 'The plan has no promises.' },
  approval: { title: 'Approvals', empty: 'No body has to approve anything first.' },
  owner: { title: 'Whose duties each kind is', empty: 'Nobody is named: the director has them.' },
} as const satisfies Record<Exclude<PlanItemKind, 'theme' | 'action'>, { title: string; empty: string }>;
export type Apart = keyof typeof APART;
