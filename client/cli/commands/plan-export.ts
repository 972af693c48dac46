import { Command } from 'commander';
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { InspectionRef } from '../../../domain/inspection-ref.ts';
import { planFrom } from '../../plan/proposal.ts';
import { sourceFrom } from '../../plan-book/made.ts';
import { BadRequest } from '../../bad-request.ts';
import { inspectionArgument } from '../options.ts';
import { withServices } from '../services.ts';
import { colours, print, type PrintOptions } from '../terminal.ts';

interface ExportOptions extends PrintOptions {
  out: string;
  force?: boolean;
}

/** `duecourse plan export`: the plan as an Excel workbook, to be changed and brought back. */
export function planExportCommand(): Command {
  return new Command('export')
    .description('write the plan as an Excel workbook: to read, to print, or to change and bring back with plan import')
    .addArgument(inspectionArgument())
    .requiredOption('--out <file>', 'the file to write, for example plan.xlsx')
    .option('--force', 'write it anew where it is there')
    .option('--json', 'print JSON')
    .action(async (ref: InspectionRef, options: ExportOptions) => {
      const source = await withServices(async (services) =>
        sourceFrom(services.register, ref, await planFrom(services, ref)),
      );
      const { writeBook } = await import('../../plan-book/write-book.ts');
      const bytes = await writeBook(source);
      const file = resolve(options.out);
      write(file, bytes, options.force === true);
      const { revision, plan } = source.sent;
      print({ file, revision, actions: plan.actions.length, bytes: bytes.length }, options, () =>
        [
          `${colours.green('Done:')} revision ${revision} of the plan of ${ref} is in ${file}.`,
          `Change it, and look at what would come of it with: duecourse plan import ${ref} ${options.out} --dry-run`,
        ].join('\n'),
      );
    });
}

/** @throws BadRequest where it is there already, and is not to be written anew */
function write(file: string, bytes: Uint8Array, force: boolean): void {
  try {
    writeFileSync(file, bytes, { flag: force ? 'w' : 'wx' });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST')
      throw new BadRequest(`${file} is there already. Name another file, or write it anew with --force.`);
    throw error;
  }
}
