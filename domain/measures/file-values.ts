import type { RegisterEntry } from '../lifecycle/entry.ts';
import type { Inspection } from '../schemas/inspection.ts';
import type { Measure } from '../schemas/measures.ts';
import { valuesIn } from './measures.ts';

/** A value as a file has it, with its measure. */
export type FileMeasureValue = Measure['values'][number] & { measure: string };

/** The measures with all their values, which the register has, as a file has them. */
export function measuresInFile(
  { measures }: Pick<Inspection, 'measures'>,
  entries: readonly RegisterEntry[],
): Pick<Inspection, 'measures'> {
  if (measures === undefined) return {};
  const values = valuesIn(entries);
  return {
    measures: measures.map((measure) => ({
      ...measure,
      values: values
        .filter((each) => each.measure === measure.id)
        .map(({ on, value, by, source }) => ({
          ...{ on, value },
          ...(by === null ? {} : { by }),
          ...(source === measure.source ? {} : { source }),
        })),
    })),
  };
}
