import type { MiddlewareHandler } from 'hono';
import type { Env } from '../parts.ts';
import { limitBody, mustBeText } from '../security.ts';

/** What is sent is no longer than it may be, and text. To stand behind what says whether they may send it. */
export const limited: MiddlewareHandler<Env> = async (context, next) => {
  await limitBody(context);
  mustBeText(await context.req.arrayBuffer());
  return next();
};
