import { Command } from 'commander';
import type { InspectionRef } from '../../../domain/inspection-ref.ts';
import type { Finding } from '../../recover/findings.ts';
import type { Recovered } from '../../recover/recover.ts';
import { confirm } from '../confirm.ts';
import { EXIT } from '../exit.ts';
import { UsageError } from '../usage-error.ts';
import { byOption, parseRefs } from '../options.ts';
import { withServices } from '../services.ts';
import { colours, print, type PrintOptions, progress } from '../terminal.ts';

interface RecoverOptions extends PrintOptions {
  all?: boolean;
  dryRun?: boolean;
  yes?: boolean;
  by: string;
}

/** The role under which an operator's act stands in the record: no council's file has it. */
const OPERATOR = 'operator';

/** `duecourse recover`: inspections that differ between register and engine, after one of them was restored or lost. */
export function recoverCommand(): Command {
  return new Command('recover')
    .description(
      'mend inspections that differ between register and engine, after one of the two was restored from a backup or lost',
    )
    .argument('[ref...]', 'the inspections, for example middlesbrough/2016', parseRefs)
    .option('--all', 'every inspection that is open in the register or runs in the engine')
    .option('--dry-run', 'only say what differs, and what would be done')
    .option('--yes', 'do it without asking')
    .addOption(byOption())
    .option('--json', 'print JSON')
    .action(async (refs: InspectionRef[], options: RecoverOptions) => {
      if ((refs.length === 0) === (options.all !== true))
        throw new UsageError('name the inspections, for example middlesbrough/2016, or say --all');
      const results = await withServices((services) => mend(services, refs, options));
      print(results, options, render);
      if (results.some(isLeft)) process.exitCode = EXIT.failed;
    });
}

type Services = Parameters<Parameters<typeof withServices>[0]>[0];

/** In JSON it is what was found, with what became of it where something was done. */
type Result = Finding | Recovered;

async function mend(services: Services, refs: InspectionRef[], options: RecoverOptions): Promise<Result[]> {
  const { lookFor, recover } = await import('../../recover/recover.ts');
  const { readSettings } = await import('../../../platform/settings.ts');
  const found = await lookFor(services, options.all === true ? 'all' : refs);
  const mendable = found.filter(({ remedy }) => remedy !== null);
  if (options.dryRun === true || mendable.length === 0) return found;
  if (options.yes !== true) await ask(mendable);
  const done: Recovered[] = [];
  const { DUECOURSE_MAIL_FROM: from } = readSettings().environment;
  const now = new Date().toISOString();
  for await (const each of recover(services, mendable, { actor: { id: options.by, role: OPERATOR }, now, from })) {
    done.push(each);
    progress(`${done.length} of ${mendable.length}: ${each.comparison.inspection}`);
  }
  return [...done, ...found.filter(({ remedy }) => remedy === null)];
}

function ask(mendable: readonly Finding[]): Promise<void> {
  const lines = mendable.map(({ comparison, found, does }) => `${comparison.inspection}: ${found} ${does}`);
  return confirm(lines.join('\n'), `Mend ${mendable.length === 1 ? 'it' : `these ${mendable.length}`}?`);
}

/** Does it still differ, as far as this call knows? */
function isLeft(result: Result): boolean {
  return 'outcome' in result ? result.outcome === 'failed' : result.comparison.difference !== 'same';
}

function render(results: Result[]): string {
  if (results.length === 0) return colours.green('Every inspection is the same in register and engine.');
  return results.map(renderOne).join('\n');
}

function renderOne(result: Result): string {
  const { comparison, found, does } = result;
  if (!('outcome' in result)) {
    const word = comparison.difference === 'same' ? colours.green('same     ') : colours.yellow('differs  ');
    return `${word} ${comparison.inspection}: ${found} ${does}`;
  }
  const word = result.outcome === 'failed' ? colours.red('failed   ') : colours.green('recovered');
  return `${word} ${comparison.inspection}: ${found} ${result.said}`;
}
