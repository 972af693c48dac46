import { createHash } from 'node:crypto';
import { Refusal } from '../../domain/refusal.ts';
import { BadRequest } from '../bad-request.ts';
import { EngineProblem } from '../engine-problem.ts';
import { FileProblems } from '../files/file-problems.ts';
import { PageProblem } from './problems.ts';
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

/** What it takes to do something once. */
export interface OnceParts {
  register: { board: Pick<BoardRegister, 'answeredRequest' | 'keepAnswer' | 'releaseKey' | 'takeKey'> };
  onError(error: Error): void;
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
  { register: { board }, onError }: OnceParts,
  { email, now, key, request: asked }: NamedWrite,
  carryOut: (updateId: string) => Promise<Answer>,
): Promise<Answer> {
  const request = hash(asked);
  const before = await board.answeredRequest(email, key, now);
  if (before !== null && before.request !== request) throw new NameTaken(key);
  if (before !== null) return { status: before.status, body: JSON.parse(before.answer) as unknown };
  // Taken before anything is done: of two that come at once with other words, one is told so.
  if ((await board.takeKey({ email, key, request, now })) !== request) throw new NameTaken(key);
  const answer = await firstAnswer(board, { email, key }, () => carryOut(hash(`${email}\n${key}\n${request}`)));
  try {
    await board.keepAnswer({ email, key, request, status: answer.status, answer: JSON.stringify(answer.body), now });
  } catch (error) {
    // What was asked has been done, and is answered so; asked again, the engine knows it by its id.
    onError(error instanceof Error ? error : new Error(String(error)));
  }
  return answer;
}

/** What was refused has not been done: it may be sent again with other words. What is not certain keeps its name. */
async function firstAnswer(
  board: Pick<BoardRegister, 'releaseKey'>,
  taken: { email: string; key: string },
  carryOut: () => Promise<Answer>,
): Promise<Answer> {
  try {
    return await carryOut();
  } catch (error) {
    if (isCertain(error)) await board.releaseKey(taken).catch(() => undefined);
    throw error;
  }
}

/** Says this error for certain that nothing was done? */
const isCertain = (error: unknown): boolean =>
  error instanceof EngineProblem
    ? error.code !== 'unsure'
    : [Refusal, BadRequest, FileProblems, PageProblem].some((kind) => error instanceof kind);

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
