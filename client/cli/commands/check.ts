import { Command } from 'commander';
import { printChecked } from '../checked-files.ts';
import type { PrintOptions } from '../terminal.ts';

/** `duecourse check`: any file, by what is in it. */
export function checkCommand(): Command {
  return new Command('check')
    .description('check files of any kind, and say everything that is wrong with them; nothing is changed')
    .argument(
      '<file...>',
      'inspections, authorities, constitutions, rule packs, working days (YAML), bank holidays (JSON)',
    )
    .option('--json', 'print JSON')
    .addHelpText('after', '\nWhat each key means: docs/files.md. A first file to fill in: duecourse init')
    .action((files: string[], options: PrintOptions) => {
      printChecked(files, options);
    });
}
