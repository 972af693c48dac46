import { Command } from 'commander';
import { asOption, byOption } from '../options.ts';
import type { HolidayApprovalOptions } from '../run-holiday-approval.ts';
import type { HolidayDiffOptions } from '../run-holiday-diff.ts';
import type { HolidayWatchOptions } from '../run-holiday-watch.ts';

/** `duecourse calendar diff|watch|approve`: bank holidays that change while deadlines run. */
export function bankHolidayCommands(): Command[] {
  return [diff(), watch(), approve()];
}

function diff(): Command {
  return new Command('diff')
    .description(
      'which bank holidays NEW adds or removes, against OLD (default: those in force), and which open milestones would move; nothing is changed',
    )
    .argument(
      '[files...]',
      '[OLD] NEW: a file or web address as GOV.UK publishes it (default NEW: what the daily look has found)',
    )
    .option('--no-moves', 'compare the days only')
    .option('--json', 'print JSON')
    .action(async (files: string[], options: HolidayDiffOptions) => {
      const { runHolidayDiff } = await import('../run-holiday-diff.ts');
      await runHolidayDiff(files, options);
    });
}

function watch(): Command {
  return new Command('watch')
    .description(
      'look at the source of bank holidays now (DUECOURSE_BANK_HOLIDAYS); it is looked at every morning as well',
    )
    .option('--source <address>', 'a web address or a file, instead')
    .option('--said', 'look at nothing: print what the source said at the last look, to the letter')
    .option('--json', 'print JSON')
    .action(async (options: HolidayWatchOptions) => {
      const { runHolidayWatch } = await import('../run-holiday-watch.ts');
      await runHolidayWatch(options);
    });
}

function approve(): Command {
  return new Command('approve')
    .description(
      'count by new bank holidays from now on: every open milestone whose count crosses them moves, and its owner is told once',
    )
    .argument(
      '[file]',
      'a file or web address (default: what the daily look has found); see first: duecourse calendar diff',
    )
    .option('--authority <id>', 'one authority only (default: every one with open inspections)')
    .option('--implausible', 'also where they are hard to believe: you have compared them with their source')
    .addOption(asOption())
    .addOption(byOption())
    .option('--json', 'print JSON')
    .action(async (file: string | undefined, options: HolidayApprovalOptions) => {
      const { runHolidayApproval } = await import('../run-holiday-approval.ts');
      await runHolidayApproval(file, options);
    });
}
