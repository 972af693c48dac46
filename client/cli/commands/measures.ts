import { Command } from 'commander';
import { formatShortDate } from '../../../domain/calendar/civil-date.ts';
import { localDate } from '../../../domain/calendar/london.ts';
import { type InspectionRef, partsOf } from '../../../domain/inspection-ref.ts';
import {
  amountInWords,
  measureStands,
  type MeasureValue,
  type ShownMeasure,
} from '../../../domain/measures/measures.ts';
import { measureValues } from '../../measure-values.ts';
import { inspectionArgument } from '../options.ts';
import { withServices } from '../services.ts';
import { colours, print, type PrintOptions } from '../terminal.ts';

/** `duecourse measures`: what shows that the outcomes of a plan are reached, with every value. */
export function measuresCommand(): Command {
  return new Command('measures')
    .description('the measures of the plan: baseline, target, and every value with who gave it and where it comes from')
    .addArgument(inspectionArgument())
    .option('--json', 'print JSON')
    .action(async (ref: InspectionRef, options: PrintOptions) => {
      const { view, values } = await withServices(async ({ engine, register }) => ({
        view: await engine.view(ref),
        values: await measureValues(register, partsOf(ref)),
      }));
      const shown = view.measures.map((measure) => ({
        ...measure,
        stands: measureStands(measure, localDate(view.now)),
        values: values.filter((each) => each.measure === measure.id),
      }));
      print(shown, options, (list) =>
        list.length === 0 ? 'The plan of this inspection has no measures.' : list.map(renderMeasure).join('\n\n'),
      );
    });
}

function renderMeasure(measure: ShownMeasure & { stands: string; values: MeasureValue[] }): string {
  const { id, title, unit, baseline, target, stands, source, values } = measure;
  const from =
    baseline === undefined ? '' : `${amountInWords(baseline.value, unit)} on ${formatShortDate(baseline.on)}; `;
  return [
    `${colours.bold(title)}  ${colours.dim(id)}`,
    `  ${from}target ${amountInWords(target.value, unit)} by ${formatShortDate(target.by)}: ${stands}`,
    `  Source: ${source}`,
    ...values.map(
      ({ on, value, by, source: of }) =>
        `  ${formatShortDate(on)}  ${amountInWords(value, unit)}${by === null ? '' : ` by ${by}`}${of === source ? '' : ` (${of})`}`,
    ),
  ].join('\n');
}
