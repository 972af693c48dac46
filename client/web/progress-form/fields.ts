import { progress } from '../../../domain/commands/progress.ts';
import { recordMeasure } from '../../../domain/commands/record-measure.ts';
import type { Field } from '../../../domain/commands/fields.ts';
import type { FormField } from '../forms/form.ts';

/** Chosen in place of a rating: no council's rating has such a name. */
export const NO_CHANGE = ':no-change';

/** What is asked of each action, in this order. */
const ASKED_OF_ACTION = ['rating', 'percent', 'text', 'forecast'] as const;
export type AskedOfAction = (typeof ASKED_OF_ACTION)[number];

/** What is asked of each measure. */
const ASKED_OF_MEASURE = ['value', 'on'] as const;
export type AskedOfMeasure = (typeof ASKED_OF_MEASURE)[number];

const PROGRESS: Record<AskedOfAction, Field> = progress.fields;
const { value, on } = recordMeasure.fields;
const MEASURE: Record<AskedOfMeasure, Field> = { value: { ...value, optional: true }, on: { ...on, optional: true } };

/** A field stands on the page as often as there are actions: it is named by what it asks, and of which. */
const nameOf = (asked: string, of: string): string => `${asked}--${of}`;

export const actionFields = (action: string): (FormField & { asked: AskedOfAction })[] =>
  ASKED_OF_ACTION.map((asked) => ({ ...PROGRESS[asked], asked, name: nameOf(asked, action) }));

/** The fields by what stands before the name of an action or measure. */
const FIELDS: Record<string, Field> = {
  ...PROGRESS,
  ...Object.fromEntries(ASKED_OF_MEASURE.map((asked) => [`measure-${asked}`, MEASURE[asked]])),
};
const NAME = /^([a-z-]+?)--([a-z0-9-]+)$/;
/** A date is typed into three fields, each with its part behind. */
const PART = /-(day|month|year)$/;

/** One thing that was typed into the form, and of which action or measure. */
export interface TypedField {
  field: string;
  of: 'action' | 'measure';
  name: string;
  words: string;
}

/** What was typed into the form, by what it is about; what is of none of its fields, or empty, is left out. */
export function fieldsOf(typed: Readonly<Record<string, unknown>>): TypedField[] {
  return Object.entries(typed).flatMap(([field, value]) => {
    const [, asked = '', rest = ''] = NAME.exec(field) ?? [];
    const kind = Object.hasOwn(FIELDS, asked) ? FIELDS[asked]?.kind : undefined;
    const words = typeof value === 'string' ? value.trim() : '';
    if (kind === undefined || words === '' || (kind === 'date' && !PART.test(rest))) return [];
    const of = asked.startsWith('measure-') ? ('measure' as const) : ('action' as const);
    return [{ field, of, name: kind === 'date' ? rest.replace(PART, '') : rest, words }];
  });
}

/** Beside the names of actions: one may be called as a measure is. */
export const measureFields = (measure: string): (FormField & { asked: AskedOfMeasure })[] =>
  ASKED_OF_MEASURE.map((asked) => ({ ...MEASURE[asked], asked, name: nameOf(`measure-${asked}`, measure) }));
