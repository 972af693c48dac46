import { z } from 'zod';
import { namesOf } from '../closed-table.ts';
import type { Edit } from '../revisions/edits.ts';
import type { PlanItemKind, PlanItems } from '../revisions/plan-items.ts';
import { line, slug } from './common.ts';
import { measure } from './measures.ts';
import { always } from './part.ts';
import { action, approval, recommendation, theme } from './plan.ts';
import { checkPromises, promise } from './promise.ts';
import { strandName } from './rule-pack.ts';

/** What each thing of a plan may be. */
const ITEMS: { [K in PlanItemKind]: z.ZodType<PlanItems[K]> } = {
  recommendation,
  theme,
  action,
  measure,
  promise: promise.superRefine(
    ...always((item, say) => checkPromises({ commitments: [item] }, (path, text) => say(path.slice(2), text))),
  ),
  approval,
  owner: z.strictObject({ strand: strandName, role: slug }),
};

/** More than this is two revisions. */
const MAX_EDITS = 10_000;

const put = <K extends PlanItemKind>(what: K) =>
  z.strictObject({
    kind: z.literal('put'),
    what: z.literal(what),
    item: ITEMS[what].describe(
      'The whole of it, as a file has it: it is added, or takes the place of the one of its name.',
    ),
  });

const withdraw = z.strictObject({
  kind: z.literal('withdraw'),
  what: z.enum(namesOf(ITEMS)).describe('What it is.'),
  id: slug.describe('Its short name; of a strand’s owner, the strand; of a promise or an approval, its rule.'),
  reason: line.optional().describe('Why. Left out: for the reason of the revision.'),
});

/** The lines of a revision. */
export const edits = z
  .array(z.union([...namesOf(ITEMS).map(put), withdraw]))
  .min(1)
  .max(MAX_EDITS) as z.ZodType as z.ZodType<Edit[]>;
