import { z } from 'zod';
import { slug } from './common.ts';
import { rule, workingDays } from './rule-pack.ts';

/** A framework's rules, resolved: what comes with an instrument into a lifecycle that runs. */
export const framework = z.strictObject({
  rules: z.array(rule).max(500),
  pack: z.strictObject({ id: slug, version: z.int().min(1) }),
  workingDays: z.record(slug, workingDays).exactOptional(),
});
