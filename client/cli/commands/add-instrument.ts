import { Command } from 'commander';
import { loadInstrumentFile } from '../../files/load-instrument.ts';
import { type ActingOptions, carryOut } from '../acting.ts';
import { asOption, byOption } from '../options.ts';

/** `duecourse add-instrument REF FILE`: a notice, a direction or another report beside the report of an inspection. */
export function addInstrumentCommand(): Command {
  return new Command('add-instrument')
    .summary('add a notice, a direction or another report')
    .description(
      'a notice, a direction or another report has come beside the report of an inspection: the duties of its own framework count from its own dates, and their owners are told. The file is one entry of `instruments`, as docs/files.md describes them',
    )
    .argument('<ref>', 'the inspection, for example middlesbrough/2016')
    .argument('<file>', 'the instrument’s file')
    .addOption(asOption())
    .addOption(byOption())
    .option('--json', 'print JSON')
    .action(async (ref: string, path: string, options: ActingOptions) => {
      const instrument = loadInstrumentFile(path);
      await carryOut(
        ref,
        'addInstrument',
        { instrument },
        options,
        () => `${instrument.title} is added to ${ref}. Its duties: duecourse show ${ref}`,
      );
    });
}
