import type { RegisterEntry } from '../../../domain/lifecycle/entry.ts';

/** The evidence that somebody gave with a change, from its entry in the record. */
export function evidenceIn({ data }: Pick<RegisterEntry, 'data'>): string | undefined {
  const { evidence } = data;
  return typeof evidence === 'string' ? evidence : undefined;
}
