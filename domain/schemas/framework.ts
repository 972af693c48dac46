import { z } from 'zod';
import { division, slug } from './common.ts';
import { rule, workingDays } from './rule-pack.ts';

/** A framework's rules, resolved: what comes with an instrument into a lifecycle that runs. */
export const framework = z.strictObject({
  // What proves a rule stays with its pack.
  rules: z.array(rule.omit({ examples: true })).max(500),
  pack: z.strictObject({ id: slug, version: z.int().min(1), divisions: z.array(division).exactOptional() }),
  workingDays: z.record(slug, workingDays).exactOptional(),
});
