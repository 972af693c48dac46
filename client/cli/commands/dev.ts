import { Command } from 'commander';

/** `duecourse dev`: what `npm start` runs. Everything on one machine, until Ctrl-C. */
export function devCommand(): Command {
  return new Command('dev')
    .description(
      'run everything on this machine: engine, register, worker; starts an example where nothing has been started',
    )
    .option('--empty', 'start no example')
    .action(async (options: { empty?: boolean }) => {
      // Only now: the worker takes half a second to load, which no other command should wait for.
      const { runDev } = await import('../run-dev.ts');
      await runDev(options);
    });
}
