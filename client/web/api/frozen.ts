import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { FROZEN_KINDS } from '../../../domain/documents/frozen.ts';
import { namesOf } from '../../../domain/closed-table.ts';
import type { Document } from '../../../domain/documents/document.ts';
import { civilDate, slug } from '../../../domain/schemas/common.ts';
import { freeze } from '../../documents/freeze.ts';
import { WORD_TYPE } from '../documents/document-routes.ts';
import { wordWriter } from '../documents/written-word.ts';
import { download } from '../evidence/download.ts';
import { actingRole } from '../forms/offered.ts';
import { seenInspection } from '../inspections.ts';
import type { MilestonePages } from '../lists.ts';
import type { AppParts, Env } from '../parts.ts';
import { notFound } from '../problems.ts';
import { once } from './idempotency.ts';
import { limited } from './limited.ts';
import { mayGive, stillRunning } from './may-give.ts';
import * as schemas from './schemas.ts';

const sha256 = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .openapi({ description: 'SHA-256 of the file’s content', example: 'a'.repeat(64) });
const frozen = z
  .object({
    kind: z.enum(namesOf(FROZEN_KINDS)),
    title: z.string(),
    at: z.string().openapi({ description: 'When it was frozen: ISO 8601, UTC' }),
    asAt: z.string().openapi({ description: 'As at when its figures are: ISO 8601, UTC' }),
    by: z.string().openapi({ description: 'The role that froze it' }),
    fingerprint: z.string().openapi({ description: 'As it stands in its foot', example: '3F2A-91BC-07DE' }),
    file: z.object({ sha256, name: z.string(), bytes: z.int(), type: z.string() }),
    isThere: z.boolean().openapi({ description: 'Whether its file is still there: it may have been erased' }),
  })
  .openapi('FrozenDocument');
const asked = z
  .strictObject({
    kind: z.enum(namesOf(FROZEN_KINDS)),
    since: civilDate.optional().openapi({ description: 'The day of the last one' }),
    decision: slug.optional().openapi({ description: 'Of which decision, where its record is to be frozen' }),
  })
  .openapi('ToFreeze');
const done = z
  .object({ kind: z.enum(namesOf(FROZEN_KINDS)), title: z.string(), asAt: z.string(), fingerprint: z.string(), sha256 })
  .openapi('Frozen');
const PATH = '/api/v1/inspections/{authority}/{reference}/frozen';

/** Documents that are frozen: freezing one, their list, and their files. */
export function frozenApi(
  api: OpenAPIHono<Env>,
  parts: AppParts,
  pages: MilestonePages,
  problems: schemas.Problems,
): void {
  const words = wordWriter(parts);
  api.openapi(
    createRoute({
      method: 'post',
      path: PATH,
      summary: 'Freeze a document as everything stands now',
      description: 'Its file is kept to the byte, and its hash stands in the record. It can’t be taken back.',
      middleware: [mayGive(parts, 'writePart'), limited],
      request: {
        params: schemas.inspectionParams,
        query: schemas.asRole,
        headers: schemas.writeHeaders,
        body: { required: true, content: { 'application/json': { schema: asked } } },
      },
      responses: {
        200: { description: 'It is frozen', content: { 'application/json': { schema: done } } },
        ...problems,
      },
    }),
    async (context) => {
      const seen = await seenInspection(context, parts);
      const running = await stillRunning(parts, seen);
      const { authority } = seen.membership;
      const { email } = context.get('session').person;
      const now = context.get('now');
      const given = context.req.valid('json');
      const key = context.req.valid('header')['idempotency-key'];
      const answer = await once(context, parts, { email, now, key, body: given }, async () => {
        const role = context.req.valid('query').as ?? actingRole(seen.membership, running, 'writePart').role;
        const found = { ref: seen.id, ...running, calendar: await pages.calendars.of(authority) };
        const write = (document: Document) => words.write(document, authority.id, now);
        const made = await freeze(parts.register, found, { asked: given, actor: { id: email, role }, now, write });
        if (made === undefined) throw notFound();
        const { kind, title, asAt, fingerprint, file } = made;
        return { status: 200, body: { kind, title, asAt, fingerprint, sha256: file.sha256 } };
      });
      return context.json(answer.body as never, 200);
    },
  );
  api.openapi(
    createRoute({
      method: 'get',
      path: PATH,
      summary: 'The documents of an inspection that were frozen, the newest first',
      request: { params: schemas.inspectionParams, query: schemas.nothing },
      responses: {
        200: {
          description: 'All of them',
          content: { 'application/json': { schema: z.object({ items: z.array(frozen) }) } },
        },
        ...problems,
      },
    }),
    async (context) => {
      const { summary } = await seenInspection(context, parts);
      const all = await parts.register.frozen.list(summary);
      return context.json({ items: all.map(({ reference: _reference, ...each }) => each) }, 200);
    },
  );
  api.openapi(
    createRoute({
      method: 'get',
      path: `${PATH}/{sha256}`,
      summary: 'The file of a frozen document',
      request: { params: schemas.inspectionParams.extend({ sha256 }), query: schemas.nothing },
      responses: {
        200: {
          description: 'Its content',
          content: { [WORD_TYPE]: { schema: z.string().openapi({ format: 'binary' }) } },
        },
        ...problems,
      },
    }),
    async (context) => {
      const { summary } = await seenInspection(context, parts);
      const asked = context.req.valid('param').sha256;
      const found = (await parts.register.frozen.list(summary)).find(({ file }) => file.sha256 === asked);
      const kept = found && (await parts.register.evidence.find(summary.authority, asked));
      if (found === undefined || kept === undefined) throw notFound();
      return download({ name: found.file.name, type: WORD_TYPE, content: kept.content });
    },
  );
}
