import type { Context } from 'hono';
import { matchedRoutes } from 'hono/route';

/**
 * The route that a request took, as it was registered: `/unsubscribe/:token`, never the path itself, which may hold a
 * token. `none` where no route was there for it. Ask once the request has been answered.
 */
export function routeOf(context: Context): string {
  const paths = matchedRoutes(context).map(({ path }) => path);
  const named = paths.findLast((path) => !path.endsWith('*'));
  // What stands behind a group of routes, to answer for those it does not have, is matched by all of them.
  return named ?? paths.findLast((path) => path !== '*' && path !== '/*') ?? 'none';
}

/** What says no more than whether we are well: anybody may ask it, by any name. */
export function isForAnybody(path: string): boolean {
  return path === '/healthz' || path === '/readyz';
}

/** What machines ask every few seconds: worth neither a line nor a trace while it goes well. */
export function isProbe(path: string): boolean {
  return isForAnybody(path) || path === '/metrics';
}
