import { z } from 'zod';
import type { Field, FieldKind, Fields, FieldValues } from '../commands/fields.ts';
import { authority } from './authority.ts';
import { published } from './bank-holidays.ts';
import { constitution } from './constitution.ts';
import { edits } from './edits.ts';
import { framework } from './framework.ts';
import { instrument } from './instrument.ts';
import { home } from './homes.ts';
import { amount } from './measures.ts';
import { civilDate, line, paragraphs, perCent, slug, timeOfDay, webLink } from './common.ts';

/** A document beside a version of a plan. */
export const appendix = z.strictObject({
  title: line.meta({ description: 'What it is.', examples: ['Performance scorecard'] }),
  link: line.optional().meta({
    description: 'Where it can be found.',
    examples: ['https://anyborough.example.org/scorecard'],
  }),
});

const givenValue = z.strictObject({ measure: slug, value: amount });

const milestone = z.string().min(1).max(200);

/** What each kind of field lets pass: the one place where a payload's limits are said. */
const KINDS: { [K in FieldKind]: (field: Field) => z.ZodType<FieldValues[K]> } = {
  date: () => civilDate,
  time: () => timeOfDay,
  line: () => line,
  link: () => webLink,
  text: () => paragraphs,
  number: ({ min = 0, max = Number.MAX_SAFE_INTEGER }) => z.int().min(min).max(max),
  percent: () => perCent,
  yes: () => z.boolean(),
  slug: () => slug,
  id: () => slug,
  role: () => slug,
  body: () => slug,
  rating: () => slug,
  amount: () => amount,
  measure: () => slug,
  measures: () => z.array(givenValue).max(50),
  choice: ({ choices = {} }) => z.enum(Object.keys(choices)),
  several: ({ choices = {} }) => z.array(z.enum(Object.keys(choices))).min(1),
  lines: ({ optional }) => (optional === true ? z.array(line).max(500) : z.array(line).min(1).max(500)),
  appendices: () => z.array(appendix).max(50),
  milestone: () => milestone,
  decision: () => slug,
  question: () => slug,
  session: () => slug,
  messageId: () => z.string().min(3).max(1000),
  roles: () => z.array(slug).min(1).max(50),
  milestones: () => z.array(milestone).max(1000),
  authority: () => authority,
  constitution: () => constitution,
  published: () => published,
  edits: () => edits,
  homes: () => z.array(home).max(5000),
  instrument: () => instrument,
  framework: () => framework,
};

/** The schema of one field, with its words as the description. */
export function fieldSchema(field: Field): z.ZodType {
  const kinds: Record<FieldKind, (of: Field) => z.ZodType> = KINDS;
  const schema = kinds[field.kind](field).describe([field.label, field.hint].filter(Boolean).join('. '));
  if (field.initial !== undefined) return schema.default(field.initial);
  if (field.kind === 'yes') return schema.default(false);
  return field.optional === true ? schema.optional() : schema;
}

/** The fields of an object by their names, each with its schema. */
export function shapeOf(fields: Fields): Record<string, z.ZodType> {
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, fieldSchema(field)]));
}
