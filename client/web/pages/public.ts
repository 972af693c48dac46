import { type Context, Hono } from 'hono';
import { slug } from '../../../domain/schemas/common.ts';
import type { WebParts } from '../parts.ts';
import { notFound } from '../problems.ts';
import { type MadePage, publicPages } from '../public-pages.ts';

/** For so many seconds anybody on the way may answer in our place. */
const MINUTE = 'public, max-age=60';

/**
 * What the public may read of an inspection whose page is switched on: without sign-in, without a name. Everything else is
 * not found, and looks the same.
 */
export function publicRoutes({ register }: Pick<WebParts, 'register'>, now: () => Date): Hono {
  const pages = publicPages({ register }, now);
  const read = async (context: Context): Promise<MadePage> => {
    const { authority = '', reference = '' } = context.req.param() as Record<string, string>;
    if (![authority, reference].every((each) => slug.safeParse(each).success)) throw notFound();
    const made = await pages({ authority, reference });
    context.header('Cache-Control', MINUTE);
    return made;
  };
  return new Hono()
    .get('/public/:authority/:reference', async (context) => context.html((await read(context)).html))
    .get('/public/:authority/:reference/data.json', async (context) => {
      const { json } = await read(context);
      return context.body(json, 200, { 'Content-Type': 'application/json' });
    });
}
