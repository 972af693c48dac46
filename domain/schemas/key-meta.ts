import { z } from 'zod';

/** What a text in a file may name: the thing must be there. */
export const refersTo = z.enum([
  'role',
  // The same, or a partner's.
  'owner',
  'body',
  'rule',
  'framework',
  'constitution',
  'working-days',
  'theme',
  'recommendation',
  'decision',
  'instrument',
  'rating',
]);

export type RefersTo = z.infer<typeof refersTo>;

/** What stands in many places: a group of keys, a closed set of names, a whole file within another. */
export const sharedPart = z.enum([
  'due',
  'period',
  'cycle',
  'citation',
  'ladder',
  'event',
  'authority',
  'example',
  'window-example',
]);

export type SharedPart = z.infer<typeof sharedPart>;

/** What is said of a key beside its description. */
export interface KeyMeta {
  /** What the text names, for checks beyond the schema and for docs/files.md. */
  refersTo?: RefersTo;
  /** It stands in many places, and is told of once in docs/files.md. */
  part?: SharedPart;
  /** The date is of something that has happened. */
  past?: boolean;
  /** Of a closed set of names: what each means, in their order. Editors show it. */
  enumDescriptions?: string[];
}

declare module 'zod' {
  interface GlobalMeta extends KeyMeta {}
}
