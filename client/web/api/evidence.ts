import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { EVIDENCE_LIMITS, EVIDENCE_TYPES, isEvidenceType, sizeInWords } from '../../../domain/evidence/kinds.ts';
import { mapTable, namesOf } from '../../../domain/closed-table.ts';
import { Refusal } from '../../../domain/refusal.ts';
import { evidenceFile, mustTakeEvidence } from '../../evidence.ts';
import { download } from '../evidence/download.ts';
import { actingRole } from '../forms/offered.ts';
import { seenInspection } from '../inspections.ts';
import type { AppParts, Env } from '../parts.ts';
import { notFound } from '../problems.ts';
import { limitBody } from '../security.ts';
import { mayGive, stillRunning } from './may-give.ts';
import * as schemas from './schemas.ts';

const sha256 = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .openapi({ description: 'SHA-256 of the file’s content', example: 'a'.repeat(64) });
const file = z
  .object({ sha256, name: z.string(), bytes: z.int(), type: z.enum(namesOf(EVIDENCE_TYPES)) })
  .openapi('EvidenceFile');
const evidence = z
  .object({
    seq: z.int().openapi({ description: 'The number of its entry in the inspection’s record' }),
    at: z.string().openapi({ description: 'ISO 8601, UTC' }),
    milestone: z.string(),
    title: z.string(),
    link: z.string().nullable(),
    // Not made from the file's own description: what extends that may not be null, by the document that is made of it.
    file: z.object({ ...file.shape, type: z.string() }).nullable(),
    note: z.string().nullable(),
    by: z.string().openapi({ description: 'The role that gave it' }),
    isThere: z.boolean().openapi({ description: 'Whether its file is still there: it may have been erased' }),
  })
  .openapi('Evidence');
const PATH = '/api/v1/inspections/{authority}/{reference}/evidence';

/** Evidence: its list, its files, and keeping a file before `addEvidence` names it. */
export function evidenceApi(api: OpenAPIHono<Env>, parts: AppParts, problems: schemas.Problems): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: PATH,
      summary: 'The evidence of an inspection’s duties, in order',
      request: {
        params: schemas.inspectionParams,
        query: z.strictObject({ milestone: z.string().max(200).optional().openapi({ description: 'Of one duty' }) }),
      },
      responses: {
        200: {
          description: 'All of it',
          content: { 'application/json': { schema: z.object({ items: z.array(evidence) }) } },
        },
        ...problems,
      },
    }),
    async (context) => {
      const { summary } = await seenInspection(context, parts);
      const items = await parts.register.evidence.of(summary, context.req.valid('query').milestone);
      return context.json({ items }, 200);
    },
  );
  api.openapi(
    createRoute({
      method: 'get',
      path: `${PATH}/{sha256}`,
      summary: 'A file of evidence',
      request: { params: schemas.inspectionParams.extend({ sha256 }), query: schemas.nothing },
      responses: {
        200: {
          description: 'Its content',
          content: mapTable(EVIDENCE_TYPES, () => ({ schema: z.string().openapi({ format: 'binary' }) })),
        },
        ...problems,
      },
    }),
    async (context) => {
      const { summary } = await seenInspection(context, parts);
      try {
        return download(await evidenceFile(parts.register, summary, context.req.valid('param').sha256));
      } catch (error) {
        if (error instanceof Refusal) throw notFound();
        throw error;
      }
    },
  );
  api.openapi(
    createRoute({
      method: 'put',
      path: PATH,
      summary: 'Send a file of evidence, to be named by addEvidence',
      description: `At most ${sizeInWords(EVIDENCE_LIMITS.fileBytes)}. What it is, is read off its content. One that is named by no evidence within a day goes.`,
      middleware: [mayGive(parts, 'addEvidence')],
      request: {
        params: schemas.inspectionParams,
        query: schemas.asRole.extend({
          milestone: z
            .string()
            .min(1)
            .max(200)
            .openapi({ description: 'The duty that it is for: who may add evidence to it, may send it' }),
          name: z
            .string()
            .min(1)
            .max(EVIDENCE_LIMITS.name)
            .openapi({ description: 'Its name', example: 'minutes.pdf' }),
        }),
        body: {
          required: true,
          content: { 'application/octet-stream': { schema: z.string().openapi({ format: 'binary' }) } },
        },
      },
      responses: {
        200: { description: 'It is kept', content: { 'application/json': { schema: file } } },
        ...problems,
      },
    }),
    async (context) => {
      const seen = await seenInspection(context, parts);
      const { summary } = seen;
      const { name, milestone, as } = context.req.valid('query');
      const running = await stillRunning(parts, seen);
      const role = as ?? actingRole(seen.membership, running, 'addEvidence', milestone).role;
      mustTakeEvidence(running.state, milestone, { id: 'board', role }, running.view.now);
      await limitBody(context);
      const body = new Uint8Array(await context.req.arrayBuffer());
      const upload = await parts.evidence.read({ body, as: { name } });
      if (upload.refusal !== undefined) throw upload.refusal;
      const given = upload.file;
      if (given === undefined || !isEvidenceType(given.type)) throw notFound();
      await parts.register.evidence.keep({ authority: summary.authority, ...given }, context.get('now'));
      const { sha256: hash, bytes, type } = given;
      return context.json({ sha256: hash, name, bytes, type }, 200);
    },
  );
}
