import { hiddenIn } from '../../../domain/hidden-characters.ts';
import { allRoles } from '../../../domain/authority/partners.ts';
import { isOfficer } from '../../../domain/authority/officers.ts';
import { roleTitle } from '../../../domain/authority/roles.ts';
import type { Refusal } from '../../../domain/refusal.ts';
import { capitalised } from '../../../domain/words.ts';
import { timeTyped } from './time-typed.ts';
import { isCivilDate } from '../../../domain/calendar/civil-date.ts';
import { dateMistake } from '../../../domain/schemas/date-mistake.ts';
import type { Appendix, Field, FieldKind } from '../../../domain/commands/fields.ts';
import { ratingsOf } from '../../../domain/progress/ratings.ts';
import type { GivenValue } from '../../../domain/measures/given-value.ts';
import type { Inspection } from '../../../domain/schemas/inspection.ts';
import type { Authority } from '../../../domain/schemas/authority.ts';

/** One thing that a form asks for, by the name it has in the command's payload. */
export interface FormField extends Field {
  name: string;
  /** The fields of the payload that a choice of it fills: the choice is of something on the inspection, by its title. */
  fills?: readonly string[];
  /** Short names that a new one can't have. */
  taken?: readonly string[];
  /** For values of several measures: a box for each. */
  boxes?: readonly Box[];
}

/** A box of a field that has several: of which measure, and what stands beside it. */
interface Box {
  id: string;
  title: string;
  unit: string;
}

/** What was filled in, cleaned and of its field's kind; what was left empty is not there. */
export type Values = Partial<Record<string, unknown>>;

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
  typed: Partial<Record<string, string>>;
  problems: FormProblem[];
}

/** How a form asks for a kind of field: 'none' where no person could fill it in. */
type Input = 'line' | 'text' | 'date' | 'choice' | 'several' | 'yes' | 'homes' | 'boxes' | 'carried' | 'none';

/** Characters that a line or a text of several lines may have; the schema of a payload says the same. */
const MAX_LINE = 1000;
const MAX_TEXT = 10_000;

interface Kind {
  input: Input;
  /** What was typed, as the payload has it; a sentence where it can't be used. Not asked where nothing was typed. */
  read(text: string, field: Field): { value: unknown } | { problem: string };
}

const asText = (max: number, clean: (text: string) => string): Kind['read'] =>
  function read(text) {
    const value = clean(text);
    if (value.length > max)
      return { problem: `it has ${thousands(value.length)} characters; shorten it to ${thousands(max)} or fewer` };
    const hidden = hiddenIn(value);
    return hidden === undefined
      ? { value }
      : { problem: `enter text whose every character can be seen; there is ${hidden}` };
  };
const oneLine = asText(MAX_LINE, (text) => text.replaceAll(/\s+/g, ' '));
const severalLines = asText(MAX_TEXT, (text) => text.replaceAll('\r\n', '\n'));
const line: Kind = { input: 'line', read: oneLine };
const choice: Kind = { input: 'choice', read: oneLine };
const none: Kind = { input: 'none', read: () => ({ problem: 'can’t be typed' }) };

const KINDS: Record<FieldKind, Kind> = {
  line,
  link: line,
  slug: line,
  time: { input: 'line', read: readTime },
  text: { input: 'text', read: severalLines },
  date: { input: 'date', read: readDate },
  number: { input: 'line', read: readNumber },
  percent: { input: 'line', read: (text) => readNumber(withoutPerCent(text), { min: 0, max: 100 }) },
  yes: { input: 'yes', read: (text) => ({ value: text === 'yes' }) },
  choice,
  several: { input: 'several', read: (text) => ({ value: linesIn(text) }) },
  role: choice,
  body: choice,
  rating: choice,
  measure: choice,
  amount: { input: 'line', read: readAmount },
  measures: { input: 'boxes', read: readMeasures },
  lines: { input: 'text', read: (text) => ({ value: linesIn(text) }) },
  appendices: { input: 'text', read: (text) => ({ value: linesIn(text).map(appendixIn) }) },
  milestone: none,
  decision: none,
  // Chosen by its title: `choosing` of the command.
  id: none,
  question: none,
  session: none,
  messageId: none,
  roles: { input: 'several', read: (text) => ({ value: linesIn(text) }) },
  milestones: none,
  authority: none,
  constitution: none,
  published: none,
  edits: none,
  instrument: none,
  framework: none,
  // Asked action by action: {@link readHomes} reads them.
  homes: { input: 'homes', read: () => ({ problem: 'is said action by action' }) },
};

export const inputOf = ({ kind, carried }: Field): Input => (carried === true ? 'carried' : KINDS[kind].input);

/** Where a field is on its page. */
export const hrefOf = (field: FormField): string => {
  const [first] = field.boxes ?? [];
  const part = inputOf(field) === 'date' ? '-day' : first === undefined ? '' : boxOf('', first);
  return `#${field.name}${part}`;
};

/** Why something was refused, as a problem of its form: beside the field of which it speaks, where that is asked there. */
export function refusedIn(fields: readonly FormField[], { message, field }: Refusal): FormProblem {
  const asked = fields.find(({ name, fills = [] }) => field !== undefined && [name, ...fills].includes(field));
  if (asked === undefined || inputOf(asked) === 'carried') return { text: message };
  return { text: message, href: hrefOf(asked), field: asked.name };
}

/** The names under which a field is sent. */
export function keysOf(field: FormField): string[] {
  if (field.boxes !== undefined) return field.boxes.map((box) => boxOf(field.name, box));
  return inputOf(field) === 'date' ? DATE_PARTS.map((part) => `${field.name}-${part}`) : [field.name];
}

/** What is wrong with a field, by its label: a question has an end of its own. */
export const problemOf = ({ label }: Pick<Field, 'label'>, problem: string): string =>
  label.endsWith('?') ? `${label} ${capitalised(problem)}` : `${label}: ${problem}`;

/** What a box of a field is called. */
const boxOf = (field: string, { id }: Pick<Box, 'id'>): string => `${field}--${id}`;

/** Reads what somebody filled in; every field that can't be used has its own problem. */
export function readForm(fields: readonly FormField[], body: Record<string, unknown>): FilledForm {
  const filled: FilledForm = { values: {}, typed: {}, problems: [] };
  for (const field of fields) {
    const text = typedIn(field, body, filled.typed);
    const problem = (said: string): void => {
      filled.problems.push({ text: said, href: hrefOf(field), field: field.name });
    };
    if (field.kind === 'yes') filled.values[field.name] = text === 'yes';
    else if (text === '') {
      if (field.optional !== true) problem(missing(field));
    } else {
      const read = KINDS[field.kind].read(text, field);
      if ('problem' in read) problem(problemOf(field, read.problem));
      else filled.values[field.name] = read.value;
    }
  }
  return filled;
}

const DATE_PARTS = ['day', 'month', 'year'] as const;

/** What stands in a field, kept to be shown again; a date's three parts as year-month-day. */
function typedIn({ name, kind, boxes }: FormField, body: Record<string, unknown>, typed: FilledForm['typed']): string {
  const text = (key: string): string => {
    const given = body[key];
    const said = [given]
      .flat()
      .filter((each) => typeof each === 'string')
      .join('\n')
      .trim();
    if (said !== '') typed[key] = said;
    return said;
  };
  if (boxes !== undefined)
    return boxes
      .flatMap((box) => {
        const said = text(boxOf(name, box));
        return said === '' ? [] : [`${box.id} = ${said}`];
      })
      .join('\n');
  if (kind !== 'date') return text(name);
  const [day = '', month = '', year = ''] = DATE_PARTS.map((part) => text(`${name}-${part}`));
  return day === '' && month === '' && year === '' ? '' : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

/** A date in the three fields of a form. */
export function dateTyped(name: string, date: string | undefined): Record<string, string> {
  if (date === undefined) return {};
  const [year = '', month = '', day = ''] = date.split('-');
  return { [`${name}-day`]: String(Number(day)), [`${name}-month`]: String(Number(month)), [`${name}-year`]: year };
}

function readDate(text: string): ReturnType<Kind['read']> {
  const [year = ''] = text.split('-');
  if (/^\d{1,3}$/.test(year)) return { problem: 'enter the year with four digits, like 2026' };
  const mistake = dateMistake(text);
  if (mistake === undefined) return { value: text };
  return { problem: isCivilDate(text) ? 'look at the year' : 'enter a date that exists' };
}

function readTime(text: string): ReturnType<Kind['read']> {
  const value = timeTyped(text);
  return value === undefined ? { problem: 'enter a time, like 17:30 or 5.30pm' } : { value };
}

function readNumber(
  text: string,
  { min = 0, max = Number.MAX_SAFE_INTEGER }: Pick<Field, 'min' | 'max'>,
): ReturnType<Kind['read']> {
  const n = plainNumber(text) ?? Number.NaN;
  if (!Number.isSafeInteger(n)) return { problem: 'enter a whole number' };
  if (n < min) return { problem: `enter ${thousands(min)} or more` };
  return n > max ? { problem: `enter ${thousands(max)} or fewer` } : { value: n };
}

/** A percentage as people write it: 70, 70%, 70 per cent. */
export const withoutPerCent = (text: string): string => text.replace(/\s*(%|per ?cent)$/i, '');

const AMOUNT = /^-?\d+(\.\d+)?$/;

function plainNumber(text: string): number | undefined {
  const plain = text.replaceAll(',', '').replace(/^£/, '').trim();
  return AMOUNT.test(plain) ? Number(plain) : undefined;
}

/** A number as people write it: with thousands' commas, a pound or a per cent sign. @returns undefined where it is none */
export function amountIn(text: string): number | undefined {
  return plainNumber(withoutPerCent(text.trim()));
}

function readAmount(text: string): ReturnType<Kind['read']> {
  const value = amountIn(text);
  return value === undefined ? { problem: 'enter a number, like 21.5' } : { value };
}

/** A measure with its value, like open-cases=21.5; undefined where it is none. */
export function measureValueIn(text: string): GivenValue | undefined {
  const [, measure, said] = /^([a-z0-9-]+)\s*=\s*(\S.*)$/.exec(text.trim()) ?? [];
  const value = said === undefined ? undefined : amountIn(said);
  return measure === undefined || value === undefined ? undefined : { measure, value };
}

function readMeasures(text: string, { boxes }: Field & Pick<FormField, 'boxes'>): ReturnType<Kind['read']> {
  const lines = linesIn(text);
  const wrong = lines.find((each) => measureValueIn(each) === undefined);
  if (wrong !== undefined && boxes === undefined)
    return { problem: `“${wrong}” is no measure with a value; write it like open-cases = 21.5` };
  if (wrong !== undefined)
    return { problem: `“${wrong.slice(wrong.indexOf('=') + 1).trim()}” is no number; enter one like 21.5` };
  return { value: lines.map(measureValueIn) };
}

const thousands = (n: number): string => n.toLocaleString('en-GB');

/** The lines of what was typed, without those that say nothing. */
export const linesIn = (text: string): string[] =>
  text
    .split('\n')
    .map((each) => each.trim())
    .filter((each) => each !== '');

/** A title, with its address at the end where it has one. */
export function appendixIn(text: string): Appendix {
  const [, title, link] = /^(.*\S)\s+(https?:\/\/\S+)$/.exec(text) ?? [];
  return title === undefined || link === undefined ? { title: text } : { title, link };
}

function missing({ missing: said, kind, label }: Field): string {
  return (
    said ??
    `${['choice', 'several'].includes(KINDS[kind].input) ? 'Choose' : 'Enter'} the ${label.charAt(0).toLowerCase()}${label.slice(1)}`
  );
}

interface Item {
  value: string;
  text: string;
}

/** Every role, the council's and partners', by its title; where officers are asked for, no councillor's. */
const rolesIn = (authority: Authority | undefined, officers = false): Item[] =>
  authority === undefined
    ? []
    : allRoles(authority)
        .filter((role) => !officers || isOfficer(role))
        .map(({ id }) => ({ value: id, text: roleTitle(authority, id) }));

/**
 * What there is to choose from: a command's own choices, or what the authority has. Nothing is chosen beforehand.
 *
 * @param authority whose roles and bodies there are, and inspection whose measures; undefined where a form asks for none
 */
export function choicesOf(
  { kind, choices = {}, optional, officers }: Field,
  authority?: Authority,
  inspection?: Pick<Inspection, 'measures'>,
): Item[] {
  const none = optional === true ? [{ value: '', text: 'Not said' }] : [];
  if (kind === 'role') return [...none, ...rolesIn(authority, officers)];
  if (kind === 'roles') return rolesIn(authority, officers);
  if (kind === 'body')
    return [...none, ...(authority?.bodies ?? []).map(({ id, name }) => ({ value: id, text: name }))];
  if (kind === 'measure') return (inspection?.measures ?? []).map(({ id, title }) => ({ value: id, text: title }));
  if (kind === 'rating')
    return [
      ...none,
      ...(authority === undefined ? [] : ratingsOf(authority)).map(({ id, name }) => ({ value: id, text: name })),
    ];
  const own = Object.entries(choices).map(([value, text]) => ({ value, text }));
  return kind === 'choice' && !Object.hasOwn(choices, '') ? [...none, ...own] : own;
}

/** The items of a field with what is chosen; what has to be chosen begins with nothing chosen. */
function itemsOf(field: FormField, choices: readonly Item[], value: string): object[] {
  const chosen = new Set(linesIn(value));
  const items = choices.map((each) => ({ ...each, selected: each.value === value, checked: chosen.has(each.value) }));
  const begins = inputOf(field) === 'choice' && field.optional !== true && field.initial === undefined;
  return begins ? [{ value: '', text: 'Choose one', selected: value === '' }, ...items] : items;
}

/** A form's fields as its template shows them. */
export function shownFields(
  fields: readonly FormField[],
  { typed, problems }: Pick<FilledForm, 'typed' | 'problems'>,
  authority?: Authority,
  inspection?: Pick<Inspection, 'measures'>,
): object[] {
  return fields.map((field) => {
    const problem = problems.find((each) => each.field === field.name);
    const value = typed[field.name] ?? field.initial ?? '';
    return {
      ...field,
      kind: inputOf(field),
      numeric: field.kind === 'number' || field.kind === 'percent',
      label: field.optional === true ? `${field.label} (${field.oneOf ?? 'optional'})` : field.label,
      value,
      error: problem === undefined ? undefined : { text: problem.text },
      items: itemsOf(field, choicesOf(field, authority, inspection), value),
      boxes: (field.boxes ?? []).map((box) => {
        const name = boxOf(field.name, box);
        return { ...box, name, value: typed[name] ?? '' };
      }),
      parts: DATE_PARTS.map((name) => ({
        name,
        classes: `${name === 'year' ? 'govuk-input--width-4' : 'govuk-input--width-2'}${problem === undefined ? '' : ' govuk-input--error'}`,
        value: typed[`${field.name}-${name}`] ?? '',
      })),
    };
  });
}
