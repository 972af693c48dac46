import { Command } from 'commander';
import type { DevOptions } from '../demonstration.ts';

/** `duecourse dev`: what `npm start` runs. Everything on one machine, until Ctrl-C. */
export function devCommand(): Command {
  return new Command('dev')
    .description(
      'run everything on this machine: engine, register, worker; begins a demonstration where nothing has been started',
    )
    .option('--empty', 'begin no demonstration; remove the one that is there')
    .option('--demonstration', 'begin one also where something is there already, or a mail server is set')
    .action(async (options: DevOptions) => {
      // Only now: the worker takes half a second to load, which no other command should wait for.
      const { runDev } = await import('../run-dev.ts');
      await runDev(options);
    });
}
