import type { PlanItemKind } from '../../domain/revisions/plan-items.ts';

/** The kinds of things of a plan of which a workbook has a sheet. */
export type SheetKind = Extract<PlanItemKind, 'theme' | 'recommendation' | 'action' | 'measure'>;
