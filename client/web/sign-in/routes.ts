import { Hono } from 'hono';
import { openPage } from '../page.ts';
import type { WebParts } from '../parts.ts';
import type { Sessions } from '../session.ts';
import { knownBrowsers } from './known-browsers.ts';
import { localPath } from './leads-to.ts';
import { linkRoutes } from './link-routes.ts';
import { providerRoutes } from './provider-routes.ts';
import { signInPage } from './sign-in-page.ts';

/**
 * Signing in: by the council's own sign-in where one is set, else by a one-time link in a mail to somebody whom an
 * authority's file lists. Opening a link signs nobody in: mail filters open links too. Its button does.
 */
export function signInRoutes(parts: WebParts, sessions: Sessions, now: () => Date): Hono {
  const routes = new Hono();
  for (const path of ['/sign-in', '/sign-in/*', '/sign-out'])
    routes.use(path, async (context, next) => {
      await next();
      // Neither who asked nor where they are led may be found later, in a browser or on the way.
      context.header('Cache-Control', 'no-store');
    });
  routes.get('/sign-in', async (context) => {
    if ((await sessions.of(context)) !== undefined) return context.redirect(localPath(context.req.query('next')), 303);
    const { next, kept } = context.req.query();
    return context.html(await signInPage(parts, next, { isKept: kept === 'yes' }));
  });
  if (parts.identityProvider === undefined)
    linkRoutes(routes, parts, { sessions, browsers: knownBrowsers(parts), now });
  else providerRoutes(routes, parts, parts.identityProvider, { sessions, now });
  routes.post('/sign-out', async (context) => {
    await sessions.end(context);
    return context.html(openPage('signed-out.html', { title: 'You have signed out' }));
  });
  return routes;
}
