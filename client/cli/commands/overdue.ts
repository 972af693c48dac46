import { Command } from 'commander';
import { knownAuthority, mustBeRole } from '../../known-authority.ts';
import { listing, OVERDUE_COLUMNS } from '../duties.ts';
import { type ListOptions, printList, withListOptions } from '../lists.ts';
import { withRegister } from '../services.ts';
import { colours } from '../terminal.ts';

/** `duecourse overdue`: what is late, by how much, and whose it is. */
export function overdueCommand(): Command {
  return withListOptions(
    new Command('overdue')
      .description('what is overdue, latest first, from the register')
      .option('--authority <id>', 'one council only')
      .option('--owner <role>', 'only what this role owns'),
  ).action(async (options: ListOptions & { authority?: string; owner?: string }) => {
    const now = new Date().toISOString();
    const rows = await withRegister(async (register) => {
      const filter =
        options.authority === undefined ? {} : { authority: await knownAuthority(register, options.authority) };
      const late = await listing(register, await register.overdue(now, filter), now);
      const { owner } = options;
      const own = late.filter((row) => owner === undefined || row.owner === owner);
      if (own.length === 0 && owner !== undefined) await mustBeRole(register, owner, options.authority);
      return own;
    });
    printList(rows, OVERDUE_COLUMNS, options, { wrap: 'Milestone', otherwise: colours.green('Nothing is overdue.') });
  });
}
