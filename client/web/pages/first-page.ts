import { Hono } from 'hono';
import { firstPageOf } from '../first-pages/first-page.ts';
import type { Env } from '../parts.ts';

/** Where the board's own address leads: each to their first page. With a question in it, it is the list that was asked for. */
export function firstPageRoutes(): Hono<Env> {
  return new Hono<Env>().get('/', async (context, next) => {
    const first = firstPageOf(context.get('session').person);
    if (first !== '/' && new URL(context.req.url).search === '') return context.redirect(first, 303);
    return next();
  });
}
