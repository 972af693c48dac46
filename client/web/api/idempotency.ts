import type { Context } from 'hono';
import { createHash } from 'node:crypto';
import type { WebParts } from '../parts.ts';
import { PageProblem } from '../problems.ts';

export interface Answer {
  status: 200 | 201;
  body: unknown;
}

/**
 * Carries a write out once under its idempotency key: asked again within a day it gives the same answer. Where this
 * process dies before the answer is kept, the id it hands to the engine sees to it that the change is made once.
 *
 * @throws PageProblem 422 where the key was used for another write
 */
export async function once(
  context: Context,
  { register, onError }: Pick<WebParts, 'register' | 'onError'>,
  { email, now, key, body }: { email: string; now: string; key: string | undefined; body: unknown },
  carryOut: (updateId: string | undefined) => Promise<Answer>,
): Promise<Answer> {
  if (key === undefined) return carryOut(undefined);
  const url = new URL(context.req.url);
  const request = hash(`${context.req.method} ${url.pathname}${url.search}\n${JSON.stringify(body)}`);
  const before = await register.board.answeredRequest(email, key, now);
  if (before !== null && before.request !== request)
    throw new PageProblem(
      422,
      'The idempotency key was used before',
      'It was used for another write. Use a new key for each.',
    );
  if (before !== null) return { status: before.status === 201 ? 201 : 200, body: JSON.parse(before.answer) as unknown };
  const answer = await carryOut(hash(`${email}\n${key}\n${request}`));
  const kept = { email, key, request, status: answer.status, answer: JSON.stringify(answer.body), now };
  try {
    await register.board.keepAnswer(kept);
  } catch (error) {
    // What was asked has been done, and is answered so; asked again, the engine knows it by its id.
    onError(error instanceof Error ? error : new Error(String(error)));
  }
  return answer;
}

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
