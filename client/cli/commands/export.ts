import { Command } from 'commander';
import type { ExportCommandOptions } from '../run-export.ts';
import type { InspectionRef } from '../../../domain/inspection-ref.ts';
import { parseRefs } from '../options.ts';

/** `duecourse export`: inspections with their records, to be handed over, or imported elsewhere. */
export function exportCommand(): Command {
  return new Command('export')
    .description('write inspections with their records into a folder: to hand over, or to import elsewhere')
    .argument('[ref...]', 'the inspections, for example middlesbrough/2016', parseRefs)
    .option('--authority <id>', "all inspections of one authority, and its register's chain")
    .option('--all', 'all inspections of all authorities, and their chains')
    .requiredOption('--to <dir>', 'the folder; each inspection has one of its own in it')
    .option('--force', 'write anew what is there')
    .option('--json', 'print JSON')
    .action(async (refs: InspectionRef[], options: ExportCommandOptions) => {
      const { runExport } = await import('../run-export.ts');
      await runExport(refs, options);
    });
}
