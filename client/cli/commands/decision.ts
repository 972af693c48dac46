import { Command } from 'commander';
import type { InspectionRef } from '../../../domain/inspection-ref.ts';
import { BadRequest } from '../../bad-request.ts';
import { formatOption, RECORD_FORMATS } from '../document-formats.ts';
import { inspectionArgument } from '../options.ts';
import { withServices } from '../services.ts';
import { print, type PrintOptions } from '../terminal.ts';

interface DecisionOptions extends PrintOptions {
  format: keyof typeof RECORD_FORMATS;
}

/** `duecourse decision`: the record of one. */
export function decisionCommand(): Command {
  return new Command('decision')
    .description('the record of a decision, with its call-in date and what became of it, to read or to print')
    .addArgument(inspectionArgument())
    .argument('<decision>', "the decision's short name")
    .addOption(formatOption(RECORD_FORMATS, 'text'))
    .option('--json', 'print JSON')
    .action(async (ref: InspectionRef, id: string, options: DecisionOptions) => {
      const view = await withServices(({ engine }) => engine.view(ref));
      const found = view.decisions.find((each) => each.id === id);
      if (found === undefined)
        throw new BadRequest(
          `${ref} has no decision "${id}"; it has ${view.decisions.map((each) => each.id).join(', ') || 'none'}.`,
        );
      if (options.json === true) return print(found, options, () => '');
      process.stdout.write(await RECORD_FORMATS[options.format](found));
    });
}
