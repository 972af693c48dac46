import { z } from 'zod';
import { civilDate, line, slug } from '../../domain/schemas/common.ts';
import { measure } from '../../domain/schemas/measures.ts';
import { action, recommendation, theme } from '../../domain/schemas/plan.ts';

/** How an action stood when the workbook went out, as far as its cells say it. */
const stood = z.strictObject({
  /** As it stands, with later dates that were granted; absent where it has no duty. */
  due: civilDate.optional(),
  rating: slug.optional(),
  percent: z.number().optional(),
  forecast: civilDate.optional(),
  /** How many reports there had been: more by now are somebody else's. */
  reports: z.int().min(0).default(0),
});

/**
 * What a workbook was made from, as far as reading it back needs it. It goes with the workbook, in a hidden sheet: what was
 * changed is told by it, whatever has become of the plan since.
 */
export const sentPlan = z.strictObject({
  inspection: line,
  revision: z.int().min(1),
  /** An instant, UTC. */
  madeAt: z.iso.datetime(),
  plan: z.strictObject({
    recommendations: z.array(recommendation),
    themes: z.array(theme),
    actions: z.array(action),
    measures: z.array(measure),
  }),
  /** Who may own something, by their titles. */
  people: z.array(z.strictObject({ id: slug, title: z.string() })),
  ratings: z.array(z.strictObject({ id: slug, text: line })),
  actions: z.record(slug, stood),
  /** How many values each measure had. */
  measures: z.record(slug, z.int().min(0)),
});

export type Sent = z.infer<typeof sentPlan>;
export type Stood = z.infer<typeof stood>;

/** How an action stood. */
export const stoodIn = ({ actions }: Sent, id: string): Stood => actions[id] ?? { reports: 0 };
