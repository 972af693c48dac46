import { createRoute, type OpenAPIHono, type z } from '@hono/zod-openapi';
import {
  type Command,
  COMMAND_NAMES,
  type CommandName,
  type CommandPayload,
  definitionOf,
} from '../../../domain/commands/commands.ts';
import { askedSchema } from '../../../domain/schemas/commands.ts';
import { subjectOf } from '../../../domain/commands/apply.ts';
import { actingRole } from '../forms/offered.ts';
import { type SeenInspection, seenInspection } from '../inspections.ts';
import type { MilestonePages } from '../lists.ts';
import type { AppParts, Env, WebParts } from '../parts.ts';
import { PageProblem } from '../problems.ts';
import { mustBeKept, mustTakeEvidence } from '../../evidence.ts';
import { startInspection, recordedSoFar } from '../../start-inspection.ts';
import { mustBeStarter } from '../start/startable.ts';
import { mustNameWhatIsThere } from '../../what-is-named.ts';
import { evidenceApi } from './evidence.ts';
import { frozenApi } from './frozen.ts';
import { once } from './idempotency.ts';
import { limited } from './limited.ts';
import { mayGive, stillRunning } from './may-give.ts';
import * as schemas from './schemas.ts';
import { type InspectionRef, partsOf } from '../../../domain/inspection-ref.ts';
import type { MiddlewareHandler } from 'hono';

const RECORDED_WITHIN_MS = 5000;
const mayStart: MiddlewareHandler<Env> = (context, next) => {
  mustBeStarter(context.get('session').person);
  return next();
};
const NAME = 'inspection.yaml';
const body = (schema: z.ZodType) => ({ required: true, content: { 'application/json': { schema } } });

/** Starting an inspection, and everything that can be done to one. */
export function writeRoutes(
  api: OpenAPIHono<Env>,
  parts: AppParts,
  pages: MilestonePages,
  problems: schemas.Problems,
): void {
  const problem = (description: string) => ({
    description,
    content: { 'application/problem+json': { schema: schemas.problem } },
  });
  const refused = {
    400: problem('Not JSON'),
    403: problem('Your role may not'),
    409: problem('Started already'),
    413: problem('Too large'),
    415: problem('Not JSON'),
    ...problems,
  };
  api.openapi(
    createRoute({
      method: 'post',
      path: '/api/v1/inspections',
      summary: 'Start an inspection from its file',
      middleware: [mayStart, limited],
      request: { headers: schemas.writeHeaders, body: body(schemas.file) },
      responses: {
        201: { description: 'It is started', content: { 'application/json': { schema: schemas.inspection } } },
        ...refused,
      },
    }),
    async (context) => {
      const { person } = context.get('session');
      const now = context.get('now');
      const given = context.req.valid('json') as z.infer<typeof schemas.file>;
      const key = context.req.valid('header')['idempotency-key'];
      const answer = await once(context, parts, { email: person.email, now, key, body: given }, async () => {
        const start = await parts.uploads.read('start', { text: given.file, name: NAME }, { person, now });
        const id = await startInspection(parts, start);
        const isRecorded = await recordedSoFar(parts, id, RECORDED_WITHIN_MS);
        pages.forget();
        return { status: 201, body: await summaryOf(parts, id, isRecorded, now) };
      });
      return context.json(answer.body as never, 201);
    },
  );
  evidenceApi(api, parts, refused);
  frozenApi(api, parts, pages, refused);
  for (const name of COMMAND_NAMES)
    if (definitionOf(name).api === 'offered') commandRoute(api, parts, pages, refused, name);
}

function commandRoute(
  api: OpenAPIHono<Env>,
  parts: AppParts,
  pages: MilestonePages,
  refused: schemas.Problems,
  name: CommandName,
): void {
  const { title, help } = definitionOf(name);
  api.openapi(
    createRoute({
      method: 'post',
      path: `/api/v1/inspections/{authority}/{reference}/${name}`,
      summary: title,
      description: help,
      middleware: [mayGive(parts, name), limited],
      request: {
        params: schemas.inspectionParams,
        query: schemas.asRole,
        headers: schemas.writeHeaders,
        body: body(askedSchema(name)),
      },
      responses: {
        200: { description: 'Done', content: { 'application/json': { schema: schemas.commandResult } } },
        ...refused,
      },
    }),
    async (context) => {
      const seen = await seenInspection(context, parts);
      const { person } = context.get('session');
      const given = context.req.valid('json') as CommandPayload<CommandName>;
      const { as } = context.req.valid('query');
      const key = context.req.valid('header')['idempotency-key'];
      const asked = { email: person.email, now: context.get('now'), key, body: given };
      const answer = await once(context, parts, asked, async (updateId) => {
        const role = as ?? (await roleFor(parts, seen, name, given));
        await mustNameWhatIsThere(parts.register, seen.id, name, given);
        if (name === 'addEvidence') await mustBeThere(parts, seen, given as CommandPayload<'addEvidence'>, role);
        const result = await parts.engine.command(
          seen.id,
          name,
          given,
          { id: person.email, role },
          updateId === undefined ? {} : { updateId },
        );
        await parts.register.reached(seen.summary.authority, seen.summary.reference, result.seq, RECORDED_WITHIN_MS);
        pages.forget();
        const { status, seq, milestone, remarks = [] } = result;
        return {
          status: 200,
          body: {
            status,
            seq,
            milestone: milestone === null ? null : { id: milestone.id, status: milestone.status, due: milestone.due },
            remarks,
          },
        };
      });
      return context.json(answer.body as never, 200);
    },
  );
}

/** A file of evidence is sent before it is named, by whoever may. @throws Refusal */
async function mustBeThere(
  parts: AppParts,
  seen: SeenInspection,
  given: CommandPayload<'addEvidence'>,
  role: string,
): Promise<void> {
  const { state, view } = await stillRunning(parts, seen);
  mustTakeEvidence(state, given.milestone, { id: 'board', role }, view.now);
  await mustBeKept(parts.register, seen.summary.authority, given);
}

/** @throws PageProblem 503 where it is started, and its record can't be read yet */
async function summaryOf({ register }: WebParts, inspection: InspectionRef, isRecorded: boolean, now: string) {
  const { authority, reference } = partsOf(inspection);
  const page = { offset: 0, limit: 1 };
  const [row] = isRecorded
    ? (await register.board.inspections(now, { authorities: [authority], reference }, page)).rows
    : [];
  if (row !== undefined) return row;
  throw new PageProblem(
    503,
    'It is started',
    `${inspection} is started, and what it says of itself is not on record yet: read it in a few minutes, and don't start it again.`,
  );
}

async function roleFor(
  parts: AppParts,
  seen: SeenInspection,
  name: CommandName,
  given: CommandPayload<CommandName>,
): Promise<string> {
  const running = await stillRunning(parts, seen);
  return actingRole(seen.membership, running, name, subjectOf({ name, payload: given } as Command)).role;
}
