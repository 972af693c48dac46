import type { Context } from 'hono';
import type { ReadPlan } from '../../plan/proposal.ts';
import type { SeenInspection } from '../inspections.ts';
import type { MilestonePages } from '../lists.ts';
import type { AppParts, Env } from '../parts.ts';

/** Somebody with an inspection's plan as it runs. */
export interface AtPlan {
  context: Context<Env>;
  parts: AppParts;
  pages: MilestonePages;
  seen: SeenInspection;
  plan: ReadPlan;
}
