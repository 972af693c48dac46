import { Command } from 'commander';
import { formatShortDate } from '../../../domain/calendar/civil-date.ts';
import { withRegister } from '../services.ts';
import { colours, print, type PrintOptions, table } from '../terminal.ts';

/** `duecourse undeliverable`: mail that nobody got. */
export function undeliverableCommand(): Command {
  return new Command('undeliverable')
    .description('mail that could not be delivered, newest first, with the reason')
    .option('--json', 'print JSON')
    .action(async (options: PrintOptions) => {
      const mails = await withRegister((register) => register.undeliverable());
      print(mails, options, (rows) =>
        rows.length === 0
          ? colours.green('All mail has been delivered, or is still being tried.')
          : table(
              ['Day', 'Inspection', 'To', 'Why'],
              rows.map((row) => [
                formatShortDate(row.day),
                `${row.authority}/${row.reference}`,
                row.recipient,
                row.reason ?? 'no reason given',
              ]),
              3,
            ),
      );
    });
}
