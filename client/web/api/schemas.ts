import { z } from '@hono/zod-openapi';
import { mapTable, namesOf } from '../../../domain/closed-table.ts';
import { ENTRY_KINDS } from '../../../domain/lifecycle/entry-kinds.ts';
import { INSPECTION_STATUSES } from '../../../domain/lifecycle/inspection-status.ts';
import {
  type Column,
  type ColumnKind,
  type ColumnName,
  LISTED_COLUMNS,
  type ListedMilestone,
} from '../../../domain/milestone/columns.ts';
import { SLIPPAGES } from '../../../domain/milestone/slippage.ts';
import { BY_DATES } from '../../../domain/progress/by-dates.ts';
import { DIRECTIONS } from '../../../domain/measures/directions.ts';
import { COUNTED_NAMES, MILESTONE_STATUSES, STANDINGS, STATUS_GROUPS } from '../../../domain/milestone/statuses.ts';
import { STRENGTHS } from '../../../domain/milestone/strengths.ts';
import { COUNTS } from '../../../domain/progress/rating-words.ts';
import { periodInWords, RETENTION } from '../../../domain/retention.ts';
import { searchWords, slug } from '../../../domain/schemas/common.ts';
import { strandName } from '../../../domain/schemas/rule-pack.ts';

/** RFC 9457. */
export const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    /** A stable word a program may test. */
    code: z.string(),
    errors: z
      .array(
        z.object({
          detail: z.string(),
          pointer: z.string().openapi({ description: 'The field, as a JSON Pointer', example: '#/on' }),
        }),
      )
      .optional()
      .openapi({ description: 'Where it speaks of a field of what was sent' }),
  })
  .openapi('Problem');

/** What an address answers where it can't do what was asked, by its status. */
export type Problems = Record<
  number,
  { description: string; content: { 'application/problem+json': { schema: typeof problem } } }
>;

export const instant = z.string().openapi({ description: 'ISO 8601, UTC', example: '2016-06-30T23:00:00.000Z' });
export const date = z.string().openapi({ description: 'A civil date', example: '2016-06-30' });

/** What a column holds, by its kind; made here, because only what is made with this zod can be described for OpenAPI. */
const CELLS: Record<ColumnKind, z.ZodType> = {
  text: z.string(),
  id: z.string(),
  date,
  instant,
  count: z.int(),
  flag: z.boolean(),
  sentences: z.array(z.string()),
  ids: z.array(z.string()),
  strand: z.enum(strandName.options),
  status: z.enum(namesOf(MILESTONE_STATUSES)),
  standing: z.enum(STANDINGS),
  strength: z.enum(namesOf(STRENGTHS)),
  slippage: z.enum(namesOf(SLIPPAGES)),
  byDates: z.enum(namesOf(BY_DATES)),
};

export const milestone = z
  .object(
    mapTable(LISTED_COLUMNS, ({ kind, nullable, description, example }: Column) => {
      const cell = nullable === true ? CELLS[kind].nullable() : CELLS[kind];
      return cell.openapi({ description, example });
    }),
  )
  .openapi('Milestone');

/** A milestone with the fields that are described, and none of what the pages' lists know beside them. */
export const described = (row: ListedMilestone): Record<ColumnName, ListedMilestone[ColumnName]> =>
  mapTable(LISTED_COLUMNS, (_column: Column, name) => row[name]);

export const inspection = z
  .object({
    authority: z.string(),
    reference: z.string(),
    title: z.string(),
    division: z.string(),
    status: z.enum(namesOf(INSPECTION_STATUSES)),
    startedAt: instant,
    endedAt: instant.nullable(),
    open: z.int().openapi({ description: `Duties to do: ${STATUS_GROUPS['to-do'].meaning}` }),
    overdue: z.int().openapi({ description: 'Those of them that are late' }),
    nextDue: date.nullable().openapi({ description: 'The next due day; null where nothing is to come' }),
  })
  .openapi('Inspection');

export const entry = z
  .object({
    seq: z.int(),
    at: instant,
    kind: z.enum(namesOf(ENTRY_KINDS)).openapi({
      description: namesOf(ENTRY_KINDS)
        .map((kind) => `\`${kind}\`: ${ENTRY_KINDS[kind].title}`)
        .join('; '),
    }),
    milestone: z.string().nullable(),
    role: z.string().nullable(),
    text: z.string(),
  })
  .openapi('Entry');

export const actionReport = z
  .object({
    milestone: z.string(),
    seq: z.int().openapi({ description: 'The number of its entry in the record' }),
    on: date.openapi({ description: 'The day of which it speaks' }),
    at: instant.openapi({ description: 'When it was given' }),
    by: z.string().openapi({ description: 'The role that gave it' }),
    rating: z.string().nullable().openapi({ description: 'The owner’s own rating, as the council called it then' }),
    counts: z.enum(namesOf(COUNTS)).nullable(),
    percent: z.int().nullable(),
    forecast: date.nullable(),
    due: date.nullable().openapi({ description: 'The due date as it was then' }),
    text: z.string().nullable(),
    noChange: z.boolean(),
  })
  .openapi('ActionReport');

export const measureValue = z
  .object({
    measure: z.string().openapi({ description: 'The measure’s short name' }),
    title: z.string(),
    unit: z.string(),
    value: z.number(),
    on: date.openapi({ description: 'The day for which it stands' }),
    source: z.string().openapi({ description: 'Where the number comes from' }),
    baseline: z.object({ value: z.number(), on: date }).nullable(),
    target: z.object({ value: z.number(), by: date }),
    direction: z.enum(namesOf(DIRECTIONS)),
    seq: z.int().openapi({ description: 'The number of its entry in the record' }),
    at: instant.openapi({ description: 'When it was given' }),
    by: z.string().nullable().openapi({ description: 'The role that gave it; null where a file did not say' }),
  })
  .openapi('MeasureValue');

/** A page of a list. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), total: z.int(), page: z.int(), perPage: z.int() });

const MAX_PER_PAGE = 200;
const number = (otherwise: number, most: number) => z.coerce.number().int().min(1).max(most).default(otherwise);

/** An address that takes no words behind it. What is not known there is refused, not passed over. */
export const nothing = z.strictObject({});

export const paging = z.strictObject({
  page: number(1, 10_000).openapi({ description: 'Counts from 1' }),
  perPage: number(50, MAX_PER_PAGE),
});

export const milestoneQuery = paging.extend({
  authority: slug.optional(),
  strand: strandName.optional(),
  owner: slug.optional(),
  status: z
    .enum([...COUNTED_NAMES, 'all'])
    .default('overdue')
    .openapi({ description: `Where it stands. \`to-do\`: ${STATUS_GROUPS['to-do'].meaning}` }),
  q: searchWords.optional().openapi({ description: 'Words in a title' }),
});

export const progressQuery = paging.extend({
  milestone: z.string().max(200).optional().openapi({ description: 'One action alone, by its whole id' }),
});

export const inspectionParams = z.object({ authority: slug, reference: slug });

/** What a write may carry beside its body. */
export const writeHeaders = z.object({
  'idempotency-key': z
    .string()
    .regex(/^[\x21-\x7e]{1,200}$/, { error: 'expected 1 to 200 printable characters' })
    .optional()
    .openapi({
      description: `The same write under the same key is carried out once; its answer is kept for ${periodInWords(RETENTION['answered-request'].ms)}.`,
    }),
});

export const asRole = z.strictObject({
  as: slug.optional().openapi({ description: 'In which of your roles you act; by default the first that may.' }),
});

export const commandResult = z
  .object({
    status: z.enum(namesOf(INSPECTION_STATUSES)),
    seq: z.int().openapi({ description: 'The number of the last entry of the record' }),
    milestone: z.object({ id: z.string(), status: z.string(), due: date }).nullable(),
    remarks: z.array(z.string()).openapi({
      description:
        'What is remarked on dates that were given for something to be done and are days off; they are taken all the same',
    }),
  })
  .openapi('CommandResult');

export const file = z.object({
  file: z.string().min(1).max(200_000).openapi({ description: 'An inspection file, YAML or JSON' }),
});
