import type { z } from 'zod';
import { entryOf } from '../closed-table.ts';

export type Issue = z.core.$ZodIssue;

/** Of a union, what is wrong by the one option that is of the value's own kind, or of several by the nearest. */
export function meantOption(issue: z.core.$ZodIssueInvalidUnion, value: unknown): readonly Issue[] | undefined {
  const ofItsKind = issue.errors.filter(
    (option) => !option.some((each) => each.path.length === 0 && each.code === 'invalid_type'),
  );
  if (value === undefined || value === null) return undefined;
  const [nearest, next] = ofItsKind.toSorted((a, b) => a.length - b.length);
  return nearest !== undefined && nearest.length === next?.length ? undefined : nearest;
}

/** The kinds of values that zod names, as a file's writer knows them. */
const KINDS = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping',
  record: 'a mapping',
};

const kindOf = (name: string): string => entryOf(KINDS, name) ?? name;

/** What a schema expected, in words. */
export function clause(issue: Issue): string {
  if (issue.message.startsWith('expected ')) return issue.message;
  switch (issue.code) {
    case 'invalid_type':
      return `expected ${kindOf(issue.expected)}`;
    case 'invalid_value':
      return `expected one of ${issue.values.map(String).join(', ')}`;
    case 'too_small':
      return `expected ${amount(issue.origin, 'at least', Number(issue.minimum))}`;
    case 'too_big':
      return `expected ${amount(issue.origin, 'at most', Number(issue.maximum))}`;
    case 'invalid_format':
      if (issue.format === 'email') return 'expected an email address, for example director@council.example.org';
      return issue.format === 'url' ? 'expected a web address, https://…' : issue.message;
    case 'invalid_union':
      return `expected ${kindsOf(issue)}`;
    default:
      return issue.message;
  }
}

function kindsOf(issue: z.core.$ZodIssueInvalidUnion): string {
  const kinds = issue.errors
    .flat()
    .map((each) => (each.code === 'invalid_type' && each.path.length === 0 ? kindOf(each.expected) : ''));
  return [...new Set(kinds.filter((kind) => kind !== ''))].join(' or ') || 'another value';
}

function amount(origin: string, bound: string, n: number): string {
  if (origin === 'string') return `${bound} ${n} characters`;
  if (origin === 'array') return `${bound} ${n} ${n === 1 ? 'entry' : 'entries'}`;
  return `a number of ${bound} ${n}`;
}
