import { resolve } from 'node:path';
import type { InspectionSummary } from '../../register/reads.ts';
import { BadRequest } from '../bad-request.ts';
import { exportAll, type Exported } from '../export/export-inspections.ts';
import { EXIT } from './exit.ts';
import { UsageError } from './usage-error.ts';
import { stoppable, progressReporter } from './many.ts';
import { withServices } from './services.ts';
import { colours, print, type PrintOptions } from './terminal.ts';
import { inspectionRef, type InspectionRef } from '../../domain/inspection-ref.ts';
import type { Register } from '../../register/register.ts';
import { knownAuthority, nothingAbout } from '../known-authority.ts';

export interface ExportCommandOptions extends PrintOptions {
  authority?: string;
  all?: boolean;
  to: string;
  force?: boolean;
}

const AT_ONCE = 4;

/** Hands over what is known of inspections, each in a folder of its own. */
export async function runExport(refs: InspectionRef[], options: ExportCommandOptions): Promise<void> {
  const ways = [refs.length > 0, options.authority !== undefined, options.all === true].filter(Boolean);
  if (ways.length !== 1)
    throw new UsageError(
      'say what is to be exported: inspections by their references, --authority ID, or --all; one of these',
    );
  const done = await withServices(async (services) => {
    const chosen = await choose(services.register, refs, options.authority);
    const chains = refs.length > 0 ? [] : [...new Set(chosen.map((each) => each.authority))];
    const many = await progressReporter(chosen.length + chains.length, 'exporting …');
    const stop = stoppable();
    const told: Exported[] = [];
    try {
      return await exportAll(chosen, chains, services, {
        to: resolve(options.to),
        force: options.force === true,
        atOnce: AT_ONCE,
        signal: stop.signal,
        tell: (each) => {
          told.push(each);
          many.done(`${each.what}: ${each.problem ?? each.outcome}`, sumOf(told));
        },
      });
    } finally {
      many.end();
      stop.release();
    }
  });
  print(done, options, () => render(done, options.to));
  if (done.some((each) => each.outcome === 'failed' || each.outcome === 'not-tried')) process.exitCode = EXIT.failed;
}

async function choose(
  register: Pick<Register, 'authorities' | 'list'>,
  refs: InspectionRef[],
  authority: string | undefined,
): Promise<InspectionSummary[]> {
  const known = await register.list(new Date().toISOString());
  if (authority !== undefined) {
    const id = await knownAuthority(register, authority);
    const own = known.filter((each) => each.authority === id);
    if (own.length > 0) return own;
    throw new BadRequest(`The register has no inspection of "${authority}". See what there is with: duecourse list`);
  }
  if (refs.length === 0) return known;
  const chosen: InspectionSummary[] = [];
  for (const ref of new Set(refs)) {
    const found = known.find((each) => inspectionRef(each.authority, each.reference) === ref);
    if (found === undefined) throw await nothingAbout(register, ref);
    chosen.push(found);
  }
  return chosen;
}

function sumOf(done: Exported[]): string {
  const words = { written: 'written', kept: 'kept as they were', failed: 'failed', 'not-tried': 'not tried' } as const;
  const said = Object.entries(words).flatMap(([outcome, word]) => {
    const count = done.filter((each) => each.outcome === outcome).length;
    return count === 0 ? [] : [`${count} ${word}`];
  });
  return said.join(', ') || 'nothing';
}

function render(done: Exported[], to: string): string {
  const kept = done.some((each) => each.outcome === 'kept');
  return [
    ...done.flatMap(({ what, problem }) => (problem === null ? [] : [`${colours.red('✗')} ${what}: ${problem}`])),
    ...done.flatMap(({ what, differences }) => differences.map((said) => `${colours.yellow('!')} ${what}: ${said}`)),
    `${colours.bold('In all:')} ${sumOf(done)}, in ${to}.${kept ? ' With --force what is there is written anew.' : ''}`,
  ].join('\n');
}
