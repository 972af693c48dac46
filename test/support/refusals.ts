import { Refusal } from '../../domain/refusal.ts';

/** What refuses something; undefined where nothing does. Any other error is none of a test's to expect. */
export function refusalIn(run: () => unknown): Refusal | undefined {
  try {
    run();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  return undefined;
}

/** The sentence by which something is refused, or 'accepted'. */
export const refusalSentence = (run: () => unknown): string => refusalIn(run)?.message ?? 'accepted';
