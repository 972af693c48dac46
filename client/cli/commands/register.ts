import { Command } from 'commander';
import { withRegister } from '../services.ts';
import { EXIT } from '../failures.ts';
import { colours, print, type PrintOptions } from '../terminal.ts';

/** `duecourse register verify|rebuild`. */
export function registerCommand(): Command {
  const register = new Command('register').description('the record that stands up to an inspector');
  register
    .command('verify')
    .description('check every chain of the register: has anything been altered, removed or put in?')
    .option('--authority <id>', 'one authority only')
    .option('--json', 'print JSON')
    .action(async (options: PrintOptions & { authority?: string }) => {
      const chains = await withRegister((open) => open.verify(options.authority));
      print(chains, options, (rows) =>
        rows.length === 0
          ? 'The register is empty.'
          : rows
              .map(
                (row) =>
                  `${row.ok ? colours.green('whole ') : colours.red('BROKEN')}  ${row.authority}: ${row.entries} entries${row.firstBroken === undefined ? '' : `; first broken: no. ${row.firstBroken.number}, ${row.firstBroken.why}`}`,
              )
              .join('\n'),
      );
      if (chains.some((row) => !row.ok)) process.exitCode = EXIT.failed;
    });
  register
    .command('rebuild')
    .description('make the tables that lists are read from again, from the entries')
    .action(async () => {
      await withRegister((open) => open.rebuild());
      process.stdout.write('Made again from the entries.\n');
    });
  return register;
}
