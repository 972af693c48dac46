import { z } from 'zod';
import { namesOf } from '../closed-table.ts';
import { DIRECTIONS } from '../measures/directions.ts';
import { civilDate, explained, line, pastDate, slug } from './common.ts';
import { dateAt, listAt, type Say, textAt } from './part.ts';

/** A number of people, pounds or per cent: any that a scorecard has. */
export const amount = z.number().min(-1e12).max(1e12);

const roleId = slug.meta({ refersTo: 'owner' });

/** One value of a measure, before the inspection was started here. */
const fileValue = z.strictObject({
  on: pastDate.meta({ description: 'The day for which the value stands.', examples: ['2026-09-30'] }),
  value: amount.meta({ description: 'The value.', examples: [21.5] }),
  by: roleId.optional().meta({ description: 'The role that gave it.', examples: ['head-of-safeguarding'] }),
  source: line.optional().meta({
    description: 'Where this value comes from, where it is not from where the others do.',
    examples: ['audit of 40 cases'],
  }),
});

/** What shows that an outcome is reached. */
export const measure = z.strictObject({
  id: slug.meta({
    description: 'The measure’s short name: values are given by it.',
    examples: ['supervision-recorded'],
  }),
  title: line.meta({
    description: 'What is measured.',
    examples: ['Open cases with supervision recorded in the last month'],
  }),
  unit: line.meta({ description: 'In which unit, as it stands after a number.', examples: ['%'] }),
  baseline: z
    .strictObject({
      value: amount.meta({ description: 'The value from which the plan sets out.', examples: [54] }),
      on: pastDate.meta({ description: 'The day for which it stands.', examples: ['2026-06-30'] }),
    })
    .optional()
    .describe('Where the plan sets out from. Left out: nobody knows yet.'),
  target: z
    .strictObject({
      value: amount.meta({ description: 'The value that is to be reached.', examples: [95] }),
      by: civilDate.meta({ description: 'The day by which it is to be reached.', examples: ['2027-03-31'] }),
    })
    .describe('What is to be reached, and by when.'),
  direction: explained(z.enum(namesOf(DIRECTIONS)), DIRECTIONS).describe('Which way is better.'),
  source: line.meta({
    description: 'Where the number comes from.',
    examples: ['Case system, monthly report 12'],
  }),
  themes: z
    .array(slug.meta({ refersTo: 'theme' }))
    .default([])
    .meta({ description: 'The themes of which it shows the outcome, by their `id`.', examples: [['so-1']] }),
  actions: z
    .array(slug)
    .default([])
    .meta({
      description: 'The actions of which it shows the effect, by their `id`.',
      examples: [['supervision-standard']],
    }),
  recommendations: z
    .array(slug.meta({ refersTo: 'recommendation' }))
    .default([])
    .meta({ description: 'The recommendations that it shows to be met, by their `id`.', examples: [['ii']] }),
  values: z
    .array(fileValue)
    .max(1000)
    .default([])
    .describe('Its values so far, in any order. Later ones are given by commands, and kept with the record.'),
});

/** What must be right of measures beyond the kinds of their parts. */
export function checkMeasures(file: unknown, say: Say): void {
  const idsOf = (name: string) => new Set(listAt(file, name).flatMap((each) => textAt(each, 'id') ?? []));
  const [actions, themes, recommendations] = [idsOf('actions'), idsOf('themes'), idsOf('recommendations')];
  const known = { actions, themes, recommendations };
  const seen = new Set<string>();
  listAt(file, 'measures').forEach((each, index) => {
    const id = textAt(each, 'id');
    if (id !== undefined && seen.has(id)) say(['measures', index, 'id'], `"${id}" is defined twice`);
    if (id !== undefined) seen.add(id);
    for (const name of namesOf(known))
      listAt(each, name).forEach((_id, at) => {
        const named = textAt(each, name, at);
        if (named !== undefined && !known[name].has(named))
          say(['measures', index, name, at], `there is no ${name.slice(0, -1)} "${named}" in this file`);
      });
    const [on, by] = [dateAt(each, 'baseline', 'on'), dateAt(each, 'target', 'by')];
    if (on !== undefined && by !== undefined && by < on)
      say(['measures', index, 'target', 'by'], `the target (${by}) is before the baseline (${on})`);
  });
}

export type Measure = z.infer<typeof measure>;
