import { z } from 'zod';

/** What a text in a file may name: the thing must be there. */
export const refersTo = z.enum([
  'role',
  'body',
  'rule',
  'framework',
  'constitution',
  'working-days',
  'theme',
  'recommendation',
  'decision',
]);

export type RefersTo = z.infer<typeof refersTo>;

declare module 'zod' {
  interface GlobalMeta {
    /** What the text names, for checks beyond the schema and for docs/files.md. */
    refersTo?: RefersTo;
    /** The date is of something that has happened. */
    past?: boolean;
    /** Of a closed set of names: what each means, in their order. Editors show it. */
    enumDescriptions?: string[];
  }
}
