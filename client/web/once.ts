import { createHash } from 'node:crypto';
import type { BoardRegister } from '../../register/board.ts';

/** What was answered to a write, as it is kept. */
export interface Answer {
  status: number;
  body: unknown;
}

/** A write by the name that it goes by: an idempotency key of the API's, or the id of a form. */
export interface NamedWrite {
  email: string;
  now: string;
  key: string;
  /** What is asked for, to tell it from another under the same name. */
  request: string;
}

/** The name stands for another write already. */
export class NameTaken extends Error {
  override readonly name = 'NameTaken';
}

/**
 * Carries a write out once under its name: asked again within a day it gives the same answer. Where this process dies
 * before the answer is kept, the id it hands to the engine sees to it that the change is made once.
 *
 * @throws NameTaken where the name was used for another write
 */
export async function once(
  { board }: { board: Pick<BoardRegister, 'answeredRequest' | 'keepAnswer'> },
  { email, now, key, request: asked }: NamedWrite,
  carryOut: (updateId: string) => Promise<Answer>,
): Promise<Answer> {
  const request = hash(asked);
  const before = await board.answeredRequest(email, key, now);
  if (before !== null && before.request !== request) throw new NameTaken(key);
  if (before !== null) return { status: before.status, body: JSON.parse(before.answer) as unknown };
  const answer = await carryOut(hash(`${email}\n${key}\n${request}`));
  await board.keepAnswer({ email, key, request, status: answer.status, answer: JSON.stringify(answer.body), now });
  return answer;
}

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
