import { Command } from 'commander';
import { dateOption } from '../options.ts';
import type { RehearseOptions } from '../run-rehearsal.ts';

/** `duecourse rehearse`: the real workflow on the real engine, years in a minute, every mail in a folder. */
export function rehearseCommand(): Command {
  return new Command('rehearse')
    .description('the whole story of an inspection file on a real engine that skips time; every mail goes to a folder')
    .argument('<file>', 'the inspection file (YAML)')
    .addOption(dateOption('--received <date>', 'as if the report had been received on this date'))
    .addOption(dateOption('--until <date>', 'the last day of the story (default: 12 months after the report)'))
    .option('--miss <milestone...>', 'milestones that nobody meets; all others are met two working days early')
    .option('--json', 'print the story as JSON, at its end')
    .option('--out <dir>', 'the folder for the mails (default: a new one under var/rehearsals)')
    .action(async (file: string, options: RehearseOptions) => {
      // Only now: the worker takes half a second to load, which no other command should wait for.
      const { runRehearsal } = await import('../run-rehearsal.ts');
      await runRehearsal(file, options);
    });
}
