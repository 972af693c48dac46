import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { z } from 'zod';
import { publicPage } from '../../../domain/publication/public-page.ts';
import { canonical } from '../../../domain/canonical.ts';
import { civilDate, slug } from '../../../domain/schemas/common.ts';
import { EXIT } from '../exit.ts';
import { UsageError } from '../usage-error.ts';
import { withRegister } from '../services.ts';
import { colours, print, type PrintOptions } from '../terminal.ts';

/** What of a published page is needed to make it again; all of it is compared. */
const published = z.looseObject({
  authority: slug,
  reference: slug,
  asOf: civilDate,
  register: z.object({ number: z.int(), hash: z.string() }),
});

/** `duecourse public check`: does a published page say what the register says? */
export function publicCommand(): Command {
  const command = new Command('public').description('the public pages of inspections');
  command
    .command('check')
    .description(
      'compare a published page with the register: is it what the entries say, as of the entry that it names?',
    )
    .argument('<file>', 'the page as data (data.json): a file, or its address')
    .option('--json', 'print JSON')
    .action(async (file: string, options: PrintOptions) => {
      const given = published.safeParse(jsonIn(await textAt(file)));
      if (!given.success)
        throw new UsageError(`${file} is no public page as data: give the address, or a copy, of its data.json.`);
      const { register, asOf, ...place } = given.data;
      const facts = await withRegister((open) => open.publication.factsAt(place, register.number));
      const same = facts !== null && canonical(publicPage(facts, asOf)) === canonical(given.data);
      const why =
        facts === null ? 'the register has no such entry of this inspection' : 'it differs from what the entries say';
      print({ same, ...(same ? {} : { why }) }, options, () =>
        same
          ? `${colours.green('same ')}  it is what the register says as of entry ${register.number}. Whether the register is whole: duecourse register verify`
          : `${colours.red('OTHER')}  ${why}.`,
      );
      if (!same) process.exitCode = EXIT.failed;
    });
  return command;
}

async function textAt(file: string): Promise<string> {
  try {
    if (/^https?:\/\//.test(file)) return await (await fetch(file)).text();
    return readFileSync(file, 'utf8');
  } catch {
    throw new UsageError(`${file} can’t be read.`);
  }
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
