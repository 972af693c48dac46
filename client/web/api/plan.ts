import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { namesOf } from '../../../domain/closed-table.ts';
import { MILESTONE_STATUSES } from '../../../domain/milestone/statuses.ts';
import { PLAN_ITEM_KINDS, planIn } from '../../../domain/revisions/plan-items.ts';
import { revisionOf } from '../../../domain/revisions/revision.ts';
import { planFile } from '../../../domain/schemas/plan-file.ts';
import { withdrawn } from '../../../domain/schemas/plan.ts';
import { sharedData, sharedWith } from '../../plan/shared-actions.ts';
import { partsOf } from '../../../domain/inspection-ref.ts';
import { planAt, planRevisions } from '../../plan/plan-revisions.ts';
import { runningInspection, seenInspection } from '../inspections.ts';
import type { AppParts, Env } from '../parts.ts';
import { notFound, PageProblem } from '../problems.ts';
import { inspectionParams, nothing } from './schemas.ts';

const revisionNumber = z.coerce.number().int().min(1).max(1_000_000);

const { revision: _number, ...lists } = planFile.shape;

const instrument = z.object({
  id: z.string(),
  title: z.string(),
  issuedBy: z.string(),
  framework: z.string().nullable(),
  withdrawn: z.string().nullable().openapi({ description: 'Why it does not count any more; null where it does' }),
});

const shared = z.object({
  name: z
    .string()
    .openapi({ description: 'What it is called here: the reference of its inspection, and its short name' }),
  inspection: z.string(),
  action: z.string(),
  recommendations: z.array(z.string()).openapi({ description: 'Those here that it answers' }),
  title: z
    .string()
    .nullable()
    .openapi({ description: 'Of its duty there, as the others; null where there is none any more' }),
  owner: z.string().nullable(),
  due: z.string().nullable().openapi({ format: 'date' }),
  status: z.enum(namesOf(MILESTONE_STATUSES)).nullable(),
});

const plan = z
  .object({
    revision: z.int().openapi({ description: 'The number of this revision: 1 is that of the start' }),
    present: z.int().openapi({ description: 'The number of the plan as it runs: what a revision is to expect' }),
    plan: z.strictObject(lists),
    withdrawn: z.array(withdrawn).openapi({ description: 'What was in the plan and is no more, as of today' }),
    instruments: z.array(instrument).openapi({ description: 'Notices, directions and further reports beside its own' }),
    shared: z
      .array(shared)
      .openapi({ description: 'Actions kept in other inspections of the council that answer its recommendations' }),
    countingOn: z
      .array(z.object({ reference: z.string(), action: z.string() }))
      .openapi({ description: 'Open inspections of the council whose recommendations its own actions answer' }),
  })
  .openapi('Plan');

const change = z.object({
  kind: z.enum(['add', 'change', 'withdraw']),
  what: z.enum(PLAN_ITEM_KINDS),
  id: z.string(),
  title: z.string(),
  field: z.string().optional().openapi({ description: 'Where one is changed: which of its fields' }),
  from: z.unknown().optional().openapi({ description: 'What it was; of what was withdrawn, the whole of it' }),
  to: z.unknown().optional(),
});

const revision = z
  .object({
    revision: z.int(),
    at: z.string().openapi({ format: 'date-time' }),
    role: z.string().openapi({ description: 'The role that revised it' }),
    reason: z.string(),
    minute: z.string().optional().openapi({ description: 'The minute that it rests on' }),
    changes: z.array(change),
  })
  .openapi('PlanRevision');

/** Reading the plan of an inspection: as it runs, as it was, and what each revision changed. */
export function planRoutes(api: OpenAPIHono<Env>, parts: AppParts, problems: object): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: '/api/v1/inspections/{authority}/{reference}/plan',
      summary: 'The plan of an inspection: as it runs, or as it was at a revision',
      request: {
        params: inspectionParams,
        query: z.strictObject({
          revision: revisionNumber.optional().openapi({ description: 'As it was at this one; left out: as it runs' }),
        }),
      },
      responses: {
        200: { description: 'The plan', content: { 'application/json': { schema: plan } } },
        ...problems,
      },
    }),
    async (context) => {
      const { id } = await seenInspection(context, parts);
      const running = await runningInspection(parts, id);
      if (running === null) throw notFound();
      const { inspection } = running.facts;
      const present = revisionOf(running.facts);
      const { revision: asked = present } = context.req.valid('query');
      if (asked > present)
        throw new PageProblem(
          404,
          'No such revision',
          `The plan is at revision ${present}; there is no revision ${asked}.`,
        );
      const revisions = asked === present ? [] : await planRevisions(parts.register, id, running.state);
      const then = planAt(running.facts, revisions, asked);
      return context.json(
        {
          revision: asked,
          present,
          plan: planIn(then),
          withdrawn: inspection.withdrawn ?? [],
          instruments: running.view.instruments.map(({ id: name, title, issuedBy, framework, withdrawn: why }) => ({
            ...{ id: name, title, issuedBy, framework: framework ?? null, withdrawn: why ?? null },
          })),
          shared: (await sharedWith(parts.register, partsOf(id).authority, then)).map(sharedData),
          countingOn: await parts.register.countingOn(partsOf(id)),
        },
        200,
      );
    },
  );
  api.openapi(
    createRoute({
      method: 'get',
      path: '/api/v1/inspections/{authority}/{reference}/plan/revisions',
      summary: 'Every revision of the plan after the first: when, by whom, why, and what it changed',
      request: { params: inspectionParams, query: nothing },
      responses: {
        200: {
          description: 'The revisions, in their order',
          content: { 'application/json': { schema: z.object({ items: z.array(revision) }) } },
        },
        ...problems,
      },
    }),
    async (context) => {
      const { id } = await seenInspection(context, parts);
      const items = (await planRevisions(parts.register, id)).map(({ by: _person, ...each }) => each);
      return context.json({ items }, 200);
    },
  );
}
