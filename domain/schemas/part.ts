import type { z } from 'zod';
import type { CivilDate } from '../calendar/civil-date.ts';
import { TIME_OF_DAY } from './common.ts';
import { dateMistake } from './date-mistake.ts';

/**
 * Reads parts of a file that may be wrong in places. A check that looks at two of them says nothing where one is no date
 * or no text at all: that is said of the part itself, once.
 */
export function partAt(data: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined,
    data,
  );
}

/** The date there, where it is one that a file may have. */
export function dateAt(data: unknown, ...path: readonly (string | number)[]): CivilDate | undefined {
  const value = partAt(data, ...path);
  return typeof value === 'string' && dateMistake(value) === undefined ? value : undefined;
}

/** The text there, where it is one; a number is read as it is written. */
export function textAt(data: unknown, ...path: readonly (string | number)[]): string | undefined {
  const value = partAt(data, ...path);
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined;
}

/** The time of day there, where it is one. */
export function timeAt(data: unknown, ...path: readonly (string | number)[]): string | undefined {
  const value = partAt(data, ...path);
  return typeof value === 'string' && TIME_OF_DAY.test(value) ? value : undefined;
}

/** The entries of the list there; none where it is no list. */
export function listAt(data: unknown, ...path: readonly (string | number)[]): unknown[] {
  const value = partAt(data, ...path);
  return Array.isArray(value) ? value : [];
}

/**
 * Says what is wrong at a place. What is found only beside other places, as an order of two days, rests on them: where one of
 * those is wrong itself, that alone is said.
 */
export type Say = (path: (string | number)[], message: string, restsOn?: readonly (string | number)[][]) => void;

/** On which places a mistake rests beside its own. */
export const restsOnIn = (params: unknown): (string | number)[][] =>
  listAt(params, 'restsOn').flatMap((each) =>
    Array.isArray(each) ? [each.filter((key) => typeof key === 'string' || typeof key === 'number')] : [],
  );

/** A check over a whole file that runs however much of it is wrong otherwise, so that all mistakes are told at once. */
export function always(
  check: (data: unknown, say: Say) => void,
): [(data: unknown, context: z.core.$RefinementCtx) => void, z.core.$ZodSuperRefineParams] {
  return [
    (data, context) =>
      check(data, (path, message, restsOn) =>
        context.addIssue({ code: 'custom', path, message, ...(restsOn === undefined ? {} : { params: { restsOn } }) }),
      ),
    { when: () => true },
  ];
}

/** Years that end before they begin: of a constitution, or of a pack. */
export function checkValid(file: unknown, say: Say): void {
  const [from, until] = [dateAt(file, 'valid', 'from'), dateAt(file, 'valid', 'until')];
  if (from !== undefined && until !== undefined && until < from)
    say(['valid', 'until'], `expected a date from ${from} on, found "${until}"`);
}
