import type { Context } from 'hono';
import type { WebParts } from '../parts.ts';
import { type Answer, NameTaken, once as onceByName } from '../once.ts';
import { PageProblem } from '../problems.ts';

/**
 * Carries a write out once under its idempotency key, where it has one.
 *
 * @throws PageProblem 422 where the key was used for another write
 */
export async function once(
  context: Context,
  { register }: Pick<WebParts, 'register'>,
  { email, now, key, body }: { email: string; now: string; key: string | undefined; body: unknown },
  carryOut: (updateId: string | undefined) => Promise<Answer>,
): Promise<Answer> {
  if (key === undefined) return carryOut(undefined);
  const url = new URL(context.req.url);
  const request = `${context.req.method} ${url.pathname}${url.search}\n${JSON.stringify(body)}`;
  try {
    return await onceByName(register, { email, now, key, request }, carryOut);
  } catch (error) {
    if (!(error instanceof NameTaken)) throw error;
    throw new PageProblem(
      422,
      'The idempotency key was used before',
      'It was used for another write. Use a new key for each.',
    );
  }
}
