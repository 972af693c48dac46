import { Command, InvalidArgumentError } from 'commander';
import { byOption } from '../options.ts';
import type { ImportCommandOptions } from '../run-import.ts';

const AT_ONCE = 4;
const MAX_AT_ONCE = 32;

/** `duecourse import`: a whole folder of inspections. */
export function importCommand(): Command {
  return new Command('import')
    .description('start the inspection of every file in a folder; run it again and it goes on where it was')
    .argument('<dir>', 'the folder of inspection files (YAML), with its subfolders')
    .option('--at-once <n>', `how many are started at a time, 1 to ${MAX_AT_ONCE}`, parseAtOnce, AT_ONCE)
    .option('--dry-run', 'check all files, and start none')
    .option('--report <file>', 'write what became of each file as a table (CSV)')
    .option('--as <role>', "the role you act in (default: each council's administrator)")
    .addOption(byOption())
    .option('--json', 'print JSON')
    .action(async (dir: string, options: ImportCommandOptions) => {
      const { runImport } = await import('../run-import.ts');
      await runImport(dir, options);
    });
}

function parseAtOnce(text: string): number {
  const n = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (n >= 1 && n <= MAX_AT_ONCE) return n;
  throw new InvalidArgumentError(`"${text}" is not a number from 1 to ${MAX_AT_ONCE}.`);
}
