import { type MeasureValue, SERIES_KINDS, valuesIn } from '../domain/measures/measures.ts';
import type { RegisterEntry } from '../domain/lifecycle/entry.ts';
import type { Register } from '../register/register.ts';
import { allOfKind } from './all-of-kind.ts';

/** An inspection. */
interface Place {
  authority: string;
  reference: string;
}

/** Every value of an inspection's measures that counts. */
export async function measureValues(
  register: Pick<Register, 'entriesOfKind'>,
  { authority, reference }: Place,
): Promise<MeasureValue[]> {
  const entries: RegisterEntry[] = [];
  for (const kind of SERIES_KINDS) entries.push(...(await allOfKind(register, { authority, reference, kind })));
  return valuesIn(entries);
}

/** The same of some of its entries. */
export const valuesAmong = async (
  register: Pick<Register, 'entriesOfKind'>,
  { authority, reference }: Place,
  entries: readonly RegisterEntry[],
): Promise<MeasureValue[]> =>
  valuesIn([...entries, ...(await allOfKind(register, { authority, reference, kind: 'measure-taken-back' }))]);
