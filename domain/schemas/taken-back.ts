import type { z } from 'zod';
import { line } from './common.ts';

/** Why something that was recorded does not count: it stays in its list, and its short name stays used. */
export const takenBack = (example: string): z.ZodOptional<typeof line> =>
  line.optional().meta({
    description:
      'Why it does not count: it was recorded by mistake, or taken back. It stays in the list, and nothing follows from it.',
    examples: [example],
  });
