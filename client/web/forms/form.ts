import { isCivilDate } from '../../../domain/calendar/civil-date.ts';
import type { Facts } from '../../../domain/facts/facts.ts';

/** One thing that a form asks for. */
export interface Field {
  name: string;
  kind: 'line' | 'text' | 'date' | 'number' | 'choice' | 'yes';
  label: string;
  hint?: string;
  optional?: boolean;
  /** What is said where it was left empty; by default "Enter the …" with its label. */
  missing?: string;
  choices?: (facts: Facts) => { value: string; text: string }[];
}

/** What was filled in, cleaned: a date is YYYY-MM-DD, a number a number; what was left empty is not there. */
export type Values = Record<string, string | number | boolean>;

/** What is wrong with a form, and where. */
export interface FormProblem {
  text: string;
  /** The field's place on the page; undefined for what concerns the whole. */
  href?: string;
  field?: string;
}

export interface FilledForm {
  values: Values;
  /** What was typed, to show it again. */
  typed: Record<string, string>;
  problems: FormProblem[];
}

const MAX_LENGTH = 10_000;

/** Reads what somebody filled in; every field that can't be used has its own problem. */
export function readForm(fields: readonly Field[], body: Record<string, unknown>): FilledForm {
  const typed: Record<string, string> = {};
  const values: Values = {};
  const problems: FormProblem[] = [];
  const text = (name: string): string => {
    const given = body[name];
    const said = typeof given === 'string' ? given.trim().slice(0, MAX_LENGTH) : '';
    if (said !== '') typed[name] = said;
    return said;
  };
  for (const field of fields) {
    const problem = (said: string, part = '') =>
      problems.push({ text: said, href: `#${field.name}${part}`, field: field.name });
    if (field.kind === 'date') {
      const [day, month, year] = ['day', 'month', 'year'].map((part) => text(`${field.name}-${part}`));
      if (!day && !month && !year) {
        if (field.optional !== true) problem(missing(field), '-day');
        continue;
      }
      const date = `${year?.padStart(4, '0')}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`;
      if (isCivilDate(date)) values[field.name] = date;
      else problem(`${field.label}: enter a date that exists, like 27 3 2026`, '-day');
      continue;
    }
    const said = text(field.name);
    if (field.kind === 'yes') {
      values[field.name] = said === 'yes';
      continue;
    }
    if (said === '') {
      if (field.optional !== true) problem(missing(field));
      continue;
    }
    if (field.kind === 'number') {
      const n = Number(said.replaceAll(',', '').replace(/^£/, ''));
      if (Number.isSafeInteger(n) && n >= 0) values[field.name] = n;
      else problem(`${field.label}: enter a whole number`);
    } else values[field.name] = field.kind === 'line' ? said.replaceAll(/\s+/g, ' ') : said.replaceAll('\r\n', '\n');
  }
  return { values, typed, problems };
}

function missing({ missing: said, kind, label }: Field): string {
  return said ?? `${kind === 'choice' ? 'Choose' : 'Enter'} the ${label.charAt(0).toLowerCase()}${label.slice(1)}`;
}

/** A form's fields as its template shows them. */
export function shownFields(
  fields: readonly Field[],
  { typed, problems }: Pick<FilledForm, 'typed' | 'problems'>,
  facts: Facts,
): object[] {
  return fields.map((field) => {
    const problem = problems.find((each) => each.field === field.name);
    const choices = field.choices?.(facts) ?? [];
    return {
      ...field,
      label: field.optional === true ? `${field.label} (optional)` : field.label,
      value: typed[field.name] ?? '',
      error: problem === undefined ? undefined : { text: problem.text },
      items: choices.map((each) => ({ ...each, selected: each.value === typed[field.name] })),
      parts: ['day', 'month', 'year'].map((name) => ({
        name,
        classes: `${name === 'year' ? 'govuk-input--width-4' : 'govuk-input--width-2'}${problem === undefined ? '' : ' govuk-input--error'}`,
        value: typed[`${field.name}-${name}`] ?? '',
      })),
    };
  });
}
