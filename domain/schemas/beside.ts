import { z } from 'zod';
import { slug } from './common.ts';

/** More beside one owner is nobody's work. */
const MAX_BESIDE = 20;

/** The roles beside an owner, in files. */
export const beside = z
  .array(slug.meta({ refersTo: 'owner' }))
  .max(MAX_BESIDE)
  .optional()
  .meta({
    description:
      'Who else works on it: these roles get the owner’s notices and see it among their own. The owner is the lead: to them alone it goes when it is late, and then up their chain.',
    examples: [['assistant-director']],
  });
