import { Command } from 'commander';
import { eraseCommand } from './erase.ts';
import { withRegister } from '../services.ts';
import { EXIT } from '../exit.ts';
import type { ChainCheck } from '../../../register/verify.ts';
import { colours, print, type PrintOptions } from '../terminal.ts';
import { knownAuthority } from '../../known-authority.ts';

/** `duecourse register verify|rebuild`. */
export function registerCommand(): Command {
  const register = new Command('register').description('the record that stands up to an inspector');
  register
    .command('verify')
    .description('check every chain of the register: has anything been altered, removed or put in?')
    .option('--authority <id>', 'one authority only')
    .option('--json', 'print JSON')
    .action(async (options: PrintOptions & { authority?: string }) => {
      const chains = await withRegister(async (open) =>
        open.verify(options.authority === undefined ? undefined : await knownAuthority(open, options.authority)),
      );
      print(chains, options, (rows) =>
        rows.length === 0 ? 'The register is empty.' : rows.flatMap(renderCheck).join('\n'),
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
  register.addCommand(eraseCommand());
  return register;
}

/** What is shown of what does not agree: an intruder may have altered everything. */
const MAX_FINDINGS = 20;

function renderCheck({ ok, authority, entries, firstBroken, findings = [] }: ChainCheck): string[] {
  const broken = firstBroken === undefined ? '' : `; first broken: no. ${firstBroken.number}, ${firstBroken.why}`;
  const more = findings.length - MAX_FINDINGS;
  return [
    `${ok ? colours.green('whole ') : colours.red('BROKEN')}  ${authority}: ${entries} entries${broken}`,
    ...findings.slice(0, MAX_FINDINGS).map(({ where, what, why }) => `        ${where}: ${what}: ${why}`),
    ...(more > 0 ? [`        and ${more} more`] : []),
    ...(findings.some(({ where }) => where === 'table')
      ? [
          '        The entries hold; the tables that lists are read from do not. Make them again with: duecourse register rebuild',
        ]
      : []),
  ];
}
