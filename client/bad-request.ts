import type { ZodType } from 'zod';

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
  throw new BadRequest(
    parsed.error.issues
      .map((issue) => `${issue.path.length === 0 ? '' : `${issue.path.join('.')}: `}${issue.message}`)
      .join('; '),
  );
}
