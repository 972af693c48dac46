import { formatDate, isCivilDate } from '../calendar/civil-date.ts';
import { entryOf } from '../closed-table.ts';
import type { PlanChange } from './changes.ts';
import { planItems } from './plan-items.ts';

/** A line of a revision in words, without a full stop: 'Action a12, due: 1 May 2017, was 3 March 2017'. */
export function changeInWords(change: PlanChange): string {
  const name = `${planItems(change.what).title} ${change.id}`;
  switch (change.kind) {
    case 'add':
      return `${name} added${change.replaces === undefined ? '' : ` in place of ${change.replaces.join(', ')}`}: ${change.title}`;
    case 'withdraw':
      return `${name} withdrawn: ${change.title}${change.replacedBy === undefined ? '' : ` (in its place: ${change.replacedBy.join(', ')})`}`;
    case 'change':
      return `${name}, ${fieldInWords(change.field)}: ${fieldValue(change, change.to)}, was ${fieldValue(change, change.from)}`;
  }
}

/** Where it stands that is not said of something itself: what it is then. */
const UNSAID = {
  'action owner': 'as its theme says',
  'action with': 'as its theme says',
  'action acceptedBy': 'as its theme says',
  'action sustained': 'as the council’s file says',
  'promise owner': 'as its line of duties says',
  'promise title': 'as its rule says',
  'promise act': 'as its rule says',
  'promise every': 'as its rule says',
  'promise from': 'as its rule says',
  'promise strand': 'other reporting',
};

function fieldValue({ what, field }: { what: string; field: string }, value: unknown): string {
  if (value !== undefined && value !== null) return valueInWords(value);
  return entryOf(UNSAID, `${what} ${field}`) ?? valueInWords(value);
}

/** 'reports to' of reportsTo. */
export const fieldInWords = (field: string): string =>
  field === 'with'
    ? 'list of those beside the owner'
    : field.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/** A value of a plan's field for people: dates in UK form, lists by commas, periods as they are said. */
export function valueInWords(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string') return isCivilDate(value) ? formatDate(value) : `"${value}"`;
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return value.length === 0 ? 'nothing' : value.map(listed).join(', ');
  const { n, unit, from, ...rest }: Partial<Record<string, unknown>> = { ...value };
  if (typeof n !== 'number' || typeof unit !== 'string') return parts(value);
  const period = `${n} ${unit.replace('-', ' ')}${n === 1 ? '' : 's'}`;
  const { convention: _convention, ...other } = rest;
  const more = Object.keys(other).length === 0 ? '' : ` (${parts(other)})`;
  return `${period}${typeof from === 'string' ? ` from ${from.replaceAll('-', ' ')}` : ''}${more}`;
}

const listed = (value: unknown): string => (typeof value === 'string' ? value : valueInWords(value));

const parts = (value: object): string =>
  Object.entries(value)
    .map(([key, each]) => `${fieldInWords(key)} ${valueInWords(each)}`)
    .join(', ');
