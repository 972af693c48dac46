import { Hono } from 'hono';
import type { MilestonePages } from '../lists.ts';
import type { AppParts, Env } from '../parts.ts';
import { planActionRoutes } from './plan-actions.ts';
import { planChangesRoutes } from './plan-changes.ts';
import { planEditRoutes } from './plan-edit.ts';
import { planItemRoutes } from './plan-item.ts';
import { planOwnersRoutes } from './plan-owners.ts';
import { planNewerRoutes } from './plan-newer.ts';
import { planRevisionRoutes } from './plan-revisions.ts';
import { planWorkbookRoutes } from './plan-workbook.ts';
import { planWithdrawRoutes } from './plan-withdraw.ts';

/** The plan of an inspection: written, looked at, carried out, and its revisions. */
export function planWritingRoutes(parts: AppParts, pages: MilestonePages): Hono<Env> {
  return new Hono<Env>()
    .route('/', planEditRoutes(parts))
    .route('/', planActionRoutes(parts))
    .route('/', planItemRoutes(parts))
    .route('/', planOwnersRoutes(parts))
    .route('/', planWithdrawRoutes(parts))
    .route('/', planChangesRoutes(parts, pages))
    .route('/', planNewerRoutes(parts))
    .route('/', planRevisionRoutes(parts))
    .route('/', planWorkbookRoutes(parts, pages));
}
