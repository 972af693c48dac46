import { Command } from 'commander';
import { formatShortDate } from '../../../domain/calendar/civil-date.ts';
import type { UndeliverableMail } from '../../../register/reads.ts';
import { MORNING_SUMMARY } from '../../../domain/summary/morning-summary.ts';
import { inspectionRef, type InspectionRef, partsOf } from '../../../domain/inspection-ref.ts';
import { knownAuthority } from '../../known-authority.ts';
import { BadRequest } from '../../bad-request.ts';
import { type ActingOptions, actorOf } from '../acting.ts';
import { asOption, byOption, inspectionArgument } from '../options.ts';
import { withRegister, withServices } from '../services.ts';
import { colours, print } from '../terminal.ts';
import { type Column, type ListOptions, printList, withListOptions } from '../lists.ts';

/** `duecourse undeliverable`: mail that nobody got; `duecourse resend`: have it sent again. */
export function undeliverableCommands(): Command[] {
  return [undeliverable(), resend()];
}

function undeliverable(): Command {
  return withListOptions(
    new Command('undeliverable')
      .description('mail that could not be delivered, newest first, with the reason')
      .option('--authority <id>', 'one council only'),
  ).action(async (options: ListOptions & { authority?: string }) => {
    const mails = await withRegister(async (register) => {
      if (options.authority !== undefined) await knownAuthority(register, options.authority);
      return register.undeliverable();
    });
    const shown = mails.filter((mail) => options.authority === undefined || mail.authority === options.authority);
    printList(shown, COLUMNS, options, {
      wrap: 'Why',
      otherwise: colours.green('All mail has been delivered, or is still being tried.'),
      after:
        shown.length === 0
          ? []
          : [
              '',
              colours.dim('Correct the address (duecourse authority apply FILE), then: duecourse resend INSPECTION'),
            ],
    });
  });
}

const COLUMNS: Column<UndeliverableMail>[] = [
  { head: 'Day', value: (row) => row.day, cell: (row) => formatShortDate(row.day) },
  { head: 'Inspection', value: (row) => inspectionRef(row.authority, row.reference) },
  { head: 'To', value: (row) => row.recipient },
  { head: 'Why', value: (row) => row.reason ?? 'no reason given' },
];

interface ResendOptions extends ActingOptions {
  to?: string;
}

/** Sends what is still to be done of lost mails; one that can't be is named, and the others go all the same. */
function resend(): Command {
  return new Command('resend')
    .description(
      'send undeliverable mail again: what of it is still to be done, at the next moment within sending hours',
    )
    .addArgument(inspectionArgument())
    .option('--to <address>', 'only mail to this address')
    .addOption(asOption())
    .addOption(byOption())
    .option('--json', 'print JSON')
    .action(async (ref: InspectionRef, options: ResendOptions) => {
      const actor = actorOf(options);
      const { authority, reference } = partsOf(ref);
      await withServices(async ({ engine, register }) => {
        const wanted = options.to?.toLowerCase();
        const lost = (await register.undeliverable({ authority, reference })).filter(
          (mail) => wanted === undefined || mail.recipient === wanted,
        );
        if (reference === MORNING_SUMMARY && lost.length > 0)
          throw new BadRequest('A morning summary is not sent again: the next morning’s says everything anew.');
        let seq = 0;
        for (const { messageId, roles, milestones, day } of lost) {
          const to = roles.length === 0 ? [actor.role] : roles;
          seq = (await engine.command(ref, 'resend', { messageId, to, milestones, day }, actor)).seq;
        }
        await register.reached(authority, reference, seq, RECORDED_WITHIN_MS);
        print(lost, options, (mails) => renderResent(mails, ref));
      });
    });
}

const RECORDED_WITHIN_MS = 5000;

function renderResent(mails: UndeliverableMail[], ref: string): string {
  if (mails.length === 0) return `No undeliverable mail of ${ref} is waiting. See: duecourse undeliverable`;
  return mails
    .map((mail) => `${colours.green('Again:')} the mail of ${formatShortDate(mail.day)} to ${mail.recipient}`)
    .join('\n');
}
