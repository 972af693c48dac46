import { randomUUID } from 'node:crypto';
import { Command } from 'commander';
import { instantAt } from '../../../domain/calendar/london.ts';
import { notAmong } from '../../../domain/nearest.ts';
import type { Authority } from '../../../domain/schemas/authority.ts';
import type { Webhook } from '../../../domain/schemas/webhooks.ts';
import { DELIVERY_STATES } from '../../../domain/webhooks/states.ts';
import type { Register } from '../../../register/register.ts';
import type { WebhookDelivery, WebhookStanding } from '../../../register/webhooks.ts';
import { BadRequest } from '../../bad-request.ts';
import { knownAuthority } from '../../known-authority.ts';
import { sendAgain, sendTest, standsInWords } from '../../webhooks.ts';
import { UsageError } from '../usage-error.ts';
import { type Column, type ListOptions, printList, withListOptions } from '../lists.ts';
import { dateOption } from '../options.ts';
import { withRegister, withServices } from '../services.ts';
import { print, type PrintOptions } from '../terminal.ts';

/** `duecourse webhooks list|test|replay`: addresses outside that are told what happens. */
export function webhooksCommand(): Command {
  const command = new Command('webhooks').description(
    'addresses outside that are told what happens: programs, channels of Teams (docs/integrations.md)',
  );
  command.addCommand(
    withListOptions(
      new Command('list')
        .description('the addresses of a council and how each stands; of one address, what it was told')
        .argument('<council>', 'the council’s short name')
        .argument('[address]', 'the address’s short name in the council’s file'),
    ).action(list),
  );
  command
    .command('test')
    .description('send an address a test')
    .argument('<council>', 'the council’s short name')
    .argument('<address>', 'the address’s short name in the council’s file')
    .option('--json', 'print JSON')
    .action(async (council: string, address: string, options: PrintOptions) => {
      await withServices(async (services) => {
        const { authority, webhook } = await found(services.register, council, address);
        await sendTest(services, authority, webhook, randomUUID(), new Date().toISOString());
        print(
          { sent: 1 },
          options,
          () => `A test is on its way to ${webhook.name}. See: duecourse webhooks list ${council} ${address}`,
        );
      });
    });
  command
    .command('replay')
    .description(
      'send an address again what it was told, each under the number that it had: a program knows it by that',
    )
    .argument('<council>', 'the council’s short name')
    .argument('<address>', 'the address’s short name in the council’s file')
    .option('--id <id>', 'one: its number, as list --json has it')
    .addOption(dateOption('--since <date>', 'all that happened on this day (YYYY-MM-DD) or later'))
    .option('--json', 'print JSON')
    .action(async (council: string, address: string, { id, since, ...options }: ReplayOptions) => {
      const which = id !== undefined ? { id } : since !== undefined ? { since: instantAt(since, '00:00') } : undefined;
      if (which === undefined || (id !== undefined && since !== undefined))
        throw new UsageError('say which: --id ID of one, or --since DAY');
      await withServices(async (services) => {
        const { authority, webhook } = await found(services.register, council, address);
        const sent = await sendAgain(services, authority, webhook, which);
        if (id !== undefined && sent === 0) throw new BadRequest(`${webhook.name} was told nothing under ${id}.`);
        print({ sent }, options, () => `${sent} ${sent === 1 ? 'is' : 'are'} sent to ${webhook.name} again.`);
      });
    });
  return command;
}

interface ReplayOptions extends PrintOptions {
  id?: string;
  since?: string;
}

async function list(council: string, address: string | undefined, options: ListOptions): Promise<void> {
  await withRegister(async (register) => {
    if (address !== undefined) {
      const { webhook } = await found(register, council, address);
      const told = await register.webhooks.list(
        { authority: council, webhook: webhook.id },
        { offset: 0, limit: MOST },
      );
      return printList(told, TOLD, options, {
        wrap: 'Last answer',
        otherwise: `${webhook.name} was told nothing yet.`,
      });
    }
    const { webhooks = [] } = await councilOf(register, council);
    const rows = await Promise.all(
      webhooks.map(async (webhook) => ({
        ...webhook,
        // What follows the host may open it.
        address: new URL(webhook.address).host,
        ...(await register.webhooks.standing({ authority: council, webhook: webhook.id }, webhook.address)),
      })),
    );
    printList(rows, ADDRESSES, options, { wrap: 'Is told of', otherwise: 'No address is told what happens.' });
  });
}

/** So many of those that an address was told are listed, the newest. */
const MOST = 1000;

const ADDRESSES: Column<Webhook & WebhookStanding>[] = [
  { head: 'Address', value: (row) => row.id },
  { head: 'Called', value: (row) => row.name },
  { head: 'Where', value: (row) => row.address },
  { head: 'Form', value: (row) => row.format },
  { head: 'Is told of', value: (row) => row.events.join(', ') },
  { head: 'Stands', value: (row) => standsInWords(row, row) },
];

const TOLD: Column<WebhookDelivery>[] = [
  { head: 'Happened', value: (row) => row.at },
  { head: 'What', value: (row) => row.event },
  { head: 'Inspection', value: (row) => row.told.inspection.reference },
  { head: 'About', value: (row) => row.told.duty?.title ?? row.told.decision?.title ?? '' },
  { head: 'Stands', value: (row) => DELIVERY_STATES[row.state].words },
  { head: 'Tries', value: (row) => row.tries },
  { head: 'Last answer', value: (row) => row.answer ?? '' },
  { head: 'Next try', value: (row) => row.nextAt ?? '' },
  { head: 'Number', value: (row) => row.id, csvOnly: true },
];

type Known = Pick<Register, 'authorities' | 'board'>;

async function councilOf(register: Known, council: string): Promise<Authority> {
  const kept = await register.board.keptAuthority(await knownAuthority(register, council));
  if (kept === null) throw new BadRequest(`No file of "${council}" is on record here.`);
  return kept.authority;
}

async function found(
  register: Known,
  council: string,
  address: string,
): Promise<{ authority: Authority; webhook: Webhook }> {
  const authority = await councilOf(register, council);
  const { webhooks = [] } = authority;
  const webhook = webhooks.find(({ id }) => id === address);
  if (webhook !== undefined) return { authority, webhook };
  const known = webhooks.map(({ id }) => id);
  throw new BadRequest(notAmong(`${authority.name} tells no address`, address, known, 'Its addresses'));
}
