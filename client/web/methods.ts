import type { Context, Hono } from 'hono';
import type { Env } from './parts.ts';

/**
 * Answers 405 where an address is known, but not by the method that was asked: with the methods that it has. To be
 * called when all routes are there.
 */
export function onlyTheseMethods(
  app: Hono<Env>,
  refuse: (context: Context<Env>, allowed: string) => Response | Promise<Response>,
): void {
  const known = new Map<string, Set<string>>();
  for (const { path, method } of app.routes)
    if (method !== 'ALL' && path !== '/*') known.set(path, (known.get(path) ?? new Set()).add(method));
  for (const [path, methods] of known) {
    const allowed = [...methods, ...(methods.has('GET') ? ['HEAD'] : [])].join(', ');
    app.all(path, (context) => {
      context.header('Allow', allowed);
      return refuse(context, allowed);
    });
  }
}
