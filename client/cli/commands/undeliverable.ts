import { Command } from 'commander';
import { formatShortDate } from '../../../domain/calendar/civil-date.ts';
import type { UndeliverableMail } from '../../../register/reads.ts';
import { councilMail } from '../../../domain/lifecycle/council-mails.ts';
import { type ActingOptions, actorOf } from '../acting.ts';
import { asOption, byOption, inspectionArgument } from '../options.ts';
import { withRegister, withServices } from '../services.ts';
import { colours, print } from '../terminal.ts';
import { type Column, type ListOptions, printList, withListOptions } from '../lists.ts';
import { knownAuthority } from '../../known-authority.ts';
import { inspectionRef, type InspectionRef, partsOf } from '../../../domain/inspection-ref.ts';
import { BadRequest } from '../../bad-request.ts';
import type { ToldInspection } from '../../each-inspection.ts';
import type { Register } from '../../../register/register.ts';
import { UsageError } from '../usage-error.ts';
import { renderTold, tellMany } from '../tell-many.ts';

/** `duecourse undeliverable`: mail that nobody got. */
export function undeliverableCommand(): Command {
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
  authority?: string;
}

/** `duecourse resend`: sends what is still to be done of lost mails; one that can't be is named, and the others go all the same. */
export function resendCommand(): Command {
  return new Command('resend')
    .description(
      'send undeliverable mail again: what of it is still to be done, at the next moment within sending hours',
    )
    .addArgument(inspectionArgument().argOptional())
    .option('--authority <id>', 'that of all inspections of a council, instead of one inspection')
    .option('--to <address>', 'only mail to this address')
    .addOption(asOption())
    .addOption(byOption())
    .option('--json', 'print JSON')
    .action((ref: InspectionRef | undefined, options: ResendOptions) => resendAll(ref, options));
}

async function resendAll(ref: InspectionRef | undefined, options: ResendOptions): Promise<void> {
  if ((ref === undefined) === (options.authority === undefined))
    throw new UsageError('say which mail: that of one inspection, for example middlesbrough/2016, or --authority ID');
  const actor = actorOf(options);
  await withServices(async ({ engine, register }) => {
    const lost = await lostMails(register, ref, options);
    const again: UndeliverableMail[] = [];
    const told = await tellMany([...lost.keys()], async (inspection) => {
      const { authority, reference } = partsOf(inspection);
      let seq = 0;
      for (const mail of lost.get(inspection) ?? []) {
        const { messageId, roles, milestones, day } = mail;
        const to = roles.length === 0 ? [actor.role] : roles;
        seq = (await engine.command(inspection, 'resend', { messageId, to, milestones, day }, actor)).seq;
        again.push(mail);
      }
      await register.reached(authority, reference, seq, RECORDED_WITHIN_MS);
    });
    print({ again, told }, options, () =>
      told.length === 0 ? nothingLost(ref ?? options.authority) : renderResent(again, told),
    );
  });
}

/** The mails that nobody got, by inspection. */
async function lostMails(
  register: Register,
  ref: InspectionRef | undefined,
  { authority, to }: ResendOptions,
): Promise<Map<InspectionRef, UndeliverableMail[]>> {
  if (authority !== undefined) await knownAuthority(register, authority);
  const wanted = to?.toLowerCase();
  const lost = (await register.undeliverable(ref === undefined ? undefined : partsOf(ref))).filter(
    (mail) =>
      (authority === undefined || mail.authority === authority) && (wanted === undefined || mail.recipient === wanted),
  );
  const ofCouncil = ref === undefined ? undefined : councilMail(partsOf(ref).reference);
  if (ofCouncil !== undefined && lost.length > 0) throw new BadRequest(ofCouncil.again);
  const byInspection = new Map<InspectionRef, UndeliverableMail[]>();
  for (const mail of lost) {
    if (councilMail(mail.reference) !== undefined) continue;
    const inspection = inspectionRef(mail.authority, mail.reference);
    byInspection.set(inspection, [...(byInspection.get(inspection) ?? []), mail]);
  }
  return byInspection;
}

const RECORDED_WITHIN_MS = 5000;

const nothingLost = (of: string | undefined): string =>
  `No undeliverable mail of ${of ?? 'anybody'} is waiting. See: duecourse undeliverable`;

function renderResent(again: readonly UndeliverableMail[], told: readonly ToldInspection[]): string {
  const mails = again.map(
    ({ day, recipient }) => `${colours.green('Again:')} the mail of ${formatShortDate(day)} to ${recipient}`,
  );
  const left = told.filter(({ outcome }) => outcome !== 'told');
  return [...mails, ...(left.length === 0 ? [] : ['', renderTold(told)])].join('\n');
}
