import type { EntriesOfKind } from '../../../register/reads.ts';
import { shownText } from '../../../domain/lifecycle/shown-text.ts';
import { createRoute, OpenAPIHono, type z } from '@hono/zod-openapi';
import type { MiddlewareHandler } from 'hono';
import { etag } from 'hono/etag';
import { issueSentences } from '../../issue-sentence.ts';
import type { MilestonePages } from '../lists.ts';
import { seenInspection } from '../inspections.ts';
import { valuesAmong } from '../../measure-values.ts';
import { seriesIn } from '../../../domain/progress/series.ts';
import { onlyTheseMethods } from '../methods.ts';
import type { AppParts, Env } from '../parts.ts';
import { authoritiesOf } from '../people.ts';
import { notFound, PageProblem } from '../problems.ts';
import { rateLimit } from '../security.ts';
import type { Sessions } from '../session.ts';
import { keyIn, sessionByKey } from './by-key.ts';
import { asOpenApi30 } from './openapi-30.ts';
import { planRoutes } from './plan.ts';
import { errorAsProblem, problemJson } from './problem-json.ts';
import * as schemas from './schemas.ts';
import { tableRoutes } from './tables.ts';
import { describeWebhooks } from './webhooks.ts';
import { writeRoutes } from './writes.ts';

const PER_PERSON = { points: 1200, duration: 60 };
const problems = {
  401: { description: 'Nobody is signed in', content: { 'application/problem+json': { schema: schemas.problem } } },
  404: {
    description: 'There is none, or it is another council’s',
    content: { 'application/problem+json': { schema: schemas.problem } },
  },
  422: {
    description: 'What was asked makes no sense',
    content: { 'application/problem+json': { schema: schemas.problem } },
  },
  429: { description: 'Too many requests', content: { 'application/problem+json': { schema: schemas.problem } } },
  503: {
    description:
      'The engine or the record can’t be reached, or the change was not taken: the detail says what is certain of it',
    content: { 'application/problem+json': { schema: schemas.problem } },
  },
};

const json = <T extends z.ZodType>(schema: T, description: string) => ({
  description,
  content: { 'application/json': { schema } },
});

/** The JSON API, from the same schemas as everything else; its description is OpenAPI 3.1. */
export function apiApp(parts: AppParts, sessions: Sessions, pages: MilestonePages, now: () => Date): OpenAPIHono<Env> {
  const { register } = parts;
  /** A page of an inspection's entries of one kind, and where it stands among the others. */
  const entriesOfKind = async (
    context: Parameters<typeof link>[0],
    which: EntriesOfKind,
    { page, perPage }: { page: number; perPage: number },
  ) => {
    const { entries, total } = await register.entriesOfKind(which, { offset: (page - 1) * perPage, limit: perPage });
    link(context, page, perPage, total);
    return { entries, total, page, perPage };
  };
  const api = new OpenAPIHono<Env>({
    defaultHook: (result) => {
      if (result.success) return;
      throw new PageProblem(422, 'What was asked makes no sense', issueSentences(result.error.issues));
    },
  });
  api.onError((error, context) => errorAsProblem(error, context, parts.onError));
  const tagged = etag();
  // A whole table is not held in memory to be marked.
  api.use('/api/v1/*', whoAsks(parts, sessions, now), (context, next) =>
    context.req.path.startsWith('/api/v1/tables/') ? next() : tagged(context, next),
  );
  api.openapi(
    createRoute({
      method: 'get',
      path: '/api/v1/milestones',
      summary: 'Milestones, by due date; overdue ones where nothing else is asked',
      request: { query: schemas.milestoneQuery },
      responses: { 200: json(schemas.pageOf(schemas.milestone), 'A page of them'), ...problems },
    }),
    async (context) => {
      const { person } = context.get('session');
      const { page, perPage, authority, status, q, strand, owner } = context.req.valid('query');
      const filter = {
        authorities: authoritiesOf(person).filter((id) => authority === undefined || id === authority),
        strand,
        owner,
        search: q,
        status: status === 'all' ? undefined : status,
      };
      const at = context.get('now');
      const { rows, total } = await pages.read(at, filter, { offset: (page - 1) * perPage, limit: perPage });
      link(context, page, perPage, total);
      const items = (await pages.listed(rows, person, at)).map(schemas.described);
      return context.json({ items, total, page, perPage }, 200);
    },
  );
  api.openapi(
    createRoute({
      method: 'get',
      path: '/api/v1/inspections',
      summary: 'Inspections, open ones first',
      request: { query: schemas.paging },
      responses: { 200: json(schemas.pageOf(schemas.inspection), 'A page of them'), ...problems },
    }),
    async (context) => {
      const { page, perPage } = context.req.valid('query');
      const which = { authorities: authoritiesOf(context.get('session').person) };
      const { rows, total } = await register.board.inspections(context.get('now'), which, {
        offset: (page - 1) * perPage,
        limit: perPage,
      });
      link(context, page, perPage, total);
      return context.json({ items: rows, total, page, perPage }, 200);
    },
  );
  api.openapi(
    createRoute({
      method: 'get',
      path: '/api/v1/inspections/{authority}/{reference}',
      summary: 'One inspection',
      request: { params: schemas.inspectionParams, query: schemas.nothing },
      responses: { 200: json(schemas.inspection, 'The inspection'), ...problems },
    }),
    async (context) => context.json((await seenInspection(context, parts)).summary, 200),
  );
  api.openapi(
    createRoute({
      method: 'get',
      path: '/api/v1/inspections/{authority}/{reference}/history',
      summary: 'What happened in an inspection, in order',
      request: { params: schemas.inspectionParams, query: schemas.paging },
      responses: { 200: json(schemas.pageOf(schemas.entry), 'A page of entries'), ...problems },
    }),
    async (context) => {
      const { summary } = await seenInspection(context, parts);
      const { page, perPage } = context.req.valid('query');
      const { entries, total } = await register.historyPage(summary, {
        from: 'the oldest',
        offset: (page - 1) * perPage,
        limit: perPage,
      });
      link(context, page, perPage, total);
      const items = entries.map(({ seq, at, kind, milestone, actor, ...said }) => ({
        seq,
        at,
        kind,
        milestone,
        role: actor?.role ?? null,
        text: shownText(said),
      }));
      return context.json({ items, total, page, perPage }, 200);
    },
  );
  api.openapi(
    createRoute({
      method: 'get',
      path: '/api/v1/inspections/{authority}/{reference}/progress',
      summary: 'Every report on the progress of its actions, in the order in which they were given',
      request: { params: schemas.inspectionParams, query: schemas.progressQuery },
      responses: { 200: json(schemas.pageOf(schemas.actionReport), 'A page of reports'), ...problems },
    }),
    async (context) => {
      const { authority, reference } = (await seenInspection(context, parts)).summary;
      const { milestone, ...asked } = context.req.valid('query');
      const which = { authority, reference, kind: 'progress-reported', milestone } as const;
      const { entries, ...page } = await entriesOfKind(context, which, asked);
      return context.json({ items: inOrder(seriesIn(entries)), ...page }, 200);
    },
  );
  api.openapi(
    createRoute({
      method: 'get',
      path: '/api/v1/inspections/{authority}/{reference}/measures',
      summary: 'Every value of the plan’s measures, in the order in which they were given: a flat table',
      request: { params: schemas.inspectionParams, query: schemas.paging },
      responses: { 200: json(schemas.pageOf(schemas.measureValue), 'A page of values'), ...problems },
    }),
    async (context) => {
      const { authority, reference } = (await seenInspection(context, parts)).summary;
      const which = { authority, reference, kind: 'measure-recorded' } as const;
      const { entries, ...page } = await entriesOfKind(context, which, context.req.valid('query'));
      const values = await valuesAmong(parts.register, which, entries);
      return context.json({ items: inOrder(values), ...page }, 200);
    },
  );
  planRoutes(api, parts, problems);
  tableRoutes(api, parts, pages, problems);
  writeRoutes(api, parts, pages, problems);
  const described = {
    info: {
      title: 'duecourse',
      version: '1',
      description:
        'What pages show and do, for programs. Sign in with `Authorization: Bearer KEY`; make a key on the page “API”. Errors are problem details (RFC 9457). Writes take an Idempotency-Key.',
    },
    servers: [{ url: parts.boardUrl }],
    security: [{ key: [] }],
  };
  describeWebhooks(api);
  api.doc31('/openapi.json', { openapi: '3.1.0', ...described });
  // The same for programs that know no newer one: Power Automate’s connectors, for instance.
  api.get('/openapi-3.0.json', (context) => {
    const document = asOpenApi30(api.getOpenAPIDocument({ openapi: '3.0.3', ...described }));
    return context.body(JSON.stringify(document), 200, { 'Content-Type': 'application/json' });
  });
  api.openAPIRegistry.registerComponent('securitySchemes', 'key', { type: 'http', scheme: 'bearer' });
  onlyTheseMethods(api, (context, allowed) =>
    problemJson(context, {
      status: 405,
      code: 'http-405',
      title: 'Not by this method',
      detail: `This address takes ${allowed}.`,
    }),
  );
  api.all('/api/v1/*', () => {
    throw notFound();
  });
  return api;
}

/** Who asks: by a key, or by the session of a browser, which may only read: no other site can make it change anything. */
function whoAsks(parts: AppParts, sessions: Sessions, now: () => Date): MiddlewareHandler<Env> {
  const limit = rateLimit(PER_PERSON);
  return async (context, next) => {
    const secret = keyIn(context);
    const session =
      secret === undefined
        ? await sessions.of(context)
        : await sessionByKey(parts.register, sessions, secret, now().toISOString());
    if (session === undefined) {
      context.header('WWW-Authenticate', 'Bearer');
      return problemJson(context, {
        status: 401,
        code: 'not-signed-in',
        title: 'Nobody is signed in',
        detail: 'Send a key: Authorization: Bearer KEY. Make one on the page “API”.',
      });
    }
    if (secret === undefined && !['GET', 'HEAD'].includes(context.req.method))
      return problemJson(context, {
        status: 403,
        code: 'key-needed',
        title: 'A change needs a key',
        detail: 'A browser’s session may only read here. Send a key: Authorization: Bearer KEY.',
      });
    await limit(context, session.person.email);
    context.set('session', session);
    context.set('now', now().toISOString());
    await next();
    context.header('Cache-Control', 'private, no-cache');
    return undefined;
  };
}

const inOrder = <T extends { seq: number }>(items: readonly T[]): T[] => items.toSorted((a, b) => a.seq - b.seq);

/** Links to the pages of a list (RFC 8288). */
function link(
  context: { req: { url: string }; header: (name: string, value: string) => void },
  page: number,
  perPage: number,
  total: number,
): void {
  const to = (n: number, rel: string): string => {
    const url = new URL(context.req.url);
    url.searchParams.set('page', String(n));
    return `<${url.pathname}${url.search}>; rel="${rel}"`;
  };
  const links = [
    ...(page > 1 ? [to(page - 1, 'prev')] : []),
    ...(page * perPage < total ? [to(page + 1, 'next')] : []),
  ];
  if (links.length > 0) context.header('Link', links.join(', '));
}
