import type { ZodType } from 'zod';
import { issueSentences } from './issue-sentence.ts';

/** What a person gave can't be used: a sentence for each thing that is wrong with it. */
export class BadRequest extends Error {
  override readonly name = 'BadRequest';
}

/**
 * Checks something a person gave against its schema.
 *
 * @throws BadRequest naming each part that is wrong and what was expected
 */
export function parseRequest<T>(schema: ZodType<T>, given: unknown): T {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new BadRequest(issueSentences(parsed.error.issues));
}
