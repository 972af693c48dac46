import { Hono } from 'hono';
import { csrf } from 'hono/csrf';
import { HTTPException } from 'hono/http-exception';
import { appPartsOf } from './app-parts.ts';
import { apiApp } from './api/app.ts';
import { errorAsProblem } from './api/problem-json.ts';
import { assetRoutes } from './assets.ts';
import { codecRoutes } from './codec/routes.ts';
import { demonstrationBanner } from './demonstration.ts';
import { boardPages } from './board-pages.ts';
import { milestonePages } from './lists.ts';
import { onlyByOurNames } from './hosts.ts';
import { onlyTheseMethods } from './methods.ts';
import { metricsOf } from './observe/metrics.ts';
import { readiness } from './observe/readiness.ts';
import { requestLog } from './observe/request-log.ts';
import { traceRequests } from './observe/traces.ts';
import { openPage, problemPage } from './page.ts';
import { feedRoutes } from './pages/feeds.ts';
import { publicRoutes } from './pages/public.ts';
import type { Env, WebParts } from './parts.ts';
import { type Problem, problemOf, unforeseenProblem } from './problems.ts';
import { headers, refuseLongBodies, refuseNul, refuseOtherBytes } from './security.ts';
import { sessionsOf, signedInOnly } from './session.ts';
import { setUpRoutes } from './set-up/routes.ts';
import { signInRoutes } from './sign-in/routes.ts';
import { unsubscribeRoutes } from './unsubscribe.ts';

const METHODS = ['GET', 'HEAD', 'POST'];

/** All that duecourse answers by HTTP. Pure of any server: a test asks it directly. */
export function webApp(given: WebParts): Hono<Env> {
  const { register, boardUrl, unsubscribe, onError } = given;
  const now = given.clock ?? (() => new Date());
  const parts = appPartsOf(given);
  const sessions = sessionsOf(parts);
  const pages = milestonePages(parts);
  const app = new Hono<Env>();
  app.onError((error, context) => {
    if (context.req.path.startsWith('/api/v1')) return errorAsProblem(error, context, onError);
    const { status, title, detail, forOperator } = problemOf(error) ?? unforeseen(error, context.req.method, onError);
    if (forOperator === true) onError(error);
    return problemPage(context, { title, detail }, status);
  });
  app.notFound((context) => {
    const detail = 'Check the address.';
    return problemPage(context, { title: 'There is no such page', detail }, 404);
  });
  const { measure, routes: metrics } = metricsOf(parts);
  app.use(measure, traceRequests());
  if (parts.log !== undefined) app.use(requestLog(parts.log));
  app.use(
    headers(boardUrl.startsWith('https:')),
    onlyByOurNames(boardUrl, parts.hosts ?? [], parts.metricsToken),
    refuseOtherBytes,
    refuseLongBodies,
  );
  app.use('/inspections/*', refuseNul);
  app.use(async (context, next) => {
    // The API and the codec say themselves which methods their addresses take.
    const { method, path } = context.req;
    if (METHODS.includes(method) || path.startsWith('/api/v1') || path.startsWith('/codec/')) return next();
    return context.text('Method not allowed', 405, { Allow: METHODS.join(', ') });
  });
  app.route('/', readiness(parts));
  app.route('/', metrics);
  app.route('/', assetRoutes());
  app.get('/accessibility', (context) => context.html(openPage('accessibility.html', { title: 'Accessibility' })));
  app.route('/', unsubscribeRoutes(register, unsubscribe));
  app.route('/', publicRoutes(parts, now));
  app.route('/', feedRoutes(parts, pages, sessions, now));
  const api = apiApp(parts, sessions, pages, now);
  app.route('/', api);
  app.route('/', codecRoutes(parts, sessions));
  // A proxy in front ends the TLS: the origin that a browser names is then the board's address, not the request's.
  const ours = new URL(boardUrl).origin;
  app.use(csrf({ origin: (origin, context) => origin === ours || origin === new URL(context.req.url).origin }));
  app.route('/', setUpRoutes(parts, sessions, now));
  app.route('/', signInRoutes(parts, sessions, now));
  app.use(signedInOnly(sessions, parts, now));
  app.use(demonstrationBanner(parts));
  let described: ReturnType<typeof api.getOpenAPI31Document> | undefined;
  const document = () =>
    (described ??= api.getOpenAPI31Document({ openapi: '3.1.0', info: { title: 'duecourse', version: '1' } }));
  const board = boardPages(parts, pages, document);
  const links = board.flatMap(({ link }) => (link === null ? [] : [link]));
  app.use(async (context, next) => {
    context.set('links', links);
    await next();
  });
  for (const { routes } of board) app.route('/', routes);
  onlyTheseMethods(app, (context) => {
    const detail = 'Nothing was changed. Open the page again, and try once more.';
    return problemPage(context, { title: 'This page takes no such request', detail }, 405);
  });
  return app;
}

function unforeseen(error: Error, method: string, onError: (error: Error) => void): Problem {
  if (error instanceof HTTPException && error.status < 500)
    return {
      status: error.status === 403 ? 403 : 400,
      code: `http-${error.status}`,
      title: error.status === 403 ? 'This was not sent from these pages' : 'The request can’t be used',
      detail: 'Nothing was changed. Open the page again, and try once more.',
    };
  onError(error);
  return unforeseenProblem(method);
}
