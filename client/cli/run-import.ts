import { writeFileSync } from 'node:fs';
import { BadRequest } from '../bad-request.ts';
import type { Services } from '../connect.ts';
import { yamlFilesIn } from '../import/find-files.ts';
import { type Imported, type ImportedFile, importFiles } from '../import/import-files.ts';
import { countsOf, importCsv, sumOf } from '../import/import-report.ts';
import { EXIT } from './exit.ts';
import { stoppable, progressReporter } from './many.ts';
import { withServices } from './services.ts';
import { colours, print, type PrintOptions, progress } from './terminal.ts';
import { partsOf } from '../../domain/inspection-ref.ts';
import { errorWords } from '../../platform/error-words.ts';

export interface ImportCommandOptions extends PrintOptions {
  atOnce: number;
  dryRun?: boolean;
  report?: string;
  as?: string;
  by: string;
}

/** How long the register is waited for at the end, for all that was started together, in milliseconds. */
const RECORDED_WITHIN_MS = 10_000;

/** Starts, or only checks, the inspections of a folder, and says what became of each file. */
export async function runImport(dir: string, options: ImportCommandOptions): Promise<void> {
  const paths = yamlFilesIn(dir);
  // Said now if it can't be, not when all is done.
  if (options.report !== undefined) writeReport(options.report, '');
  const imported =
    options.dryRun === true
      ? await bring(paths, options, null)
      : await withServices((all) => bring(paths, options, all));
  if (options.report !== undefined) writeReport(options.report, importCsv(imported));
  const counts = countsOf(imported);
  print({ counts, ...imported }, options, () => render(imported));
  if (counts.failed > 0 || counts['not-tried'] > 0) process.exitCode = EXIT.failed;
}

function writeReport(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new BadRequest(`The report can't be written: ${errorWords(error).sentence}`);
  }
}

async function bring(
  paths: string[],
  { atOnce, as = process.env['DUECOURSE_AS'], by }: ImportCommandOptions,
  services: Services | null,
): Promise<Imported> {
  const many = await progressReporter(paths.length, 'reading files …');
  const stop = stoppable();
  const files: ImportedFile[] = [];
  const other = new Set<string>();
  try {
    const imported = await importFiles(paths, {
      atOnce,
      services,
      startedBy: (authority) => ({ id: by, role: as ?? authority.chain.administrator }),
      signal: stop.signal,
      tellTrouble: progress,
      // Once for all files of a council that say the same of it.
      tellOther: (line) => {
        if (!other.has(line)) progress(`Look at this: ${line}`);
        other.add(line);
      },
      tell: (done) => {
        files.push(done);
        many.done(lineOf(done), sumOf(countsOf({ files, stopped: null })));
      },
    });
    // Where the register is away, what was done is said without it.
    if (services !== null && imported.stopped === null) await onRecord(imported, services);
    return imported;
  } finally {
    many.end();
    stop.release();
  }
}

/** Waits a while for the register, so that a list asked for next shows what was started. */
async function onRecord({ files }: Imported, { register }: Services): Promise<void> {
  const until = Date.now() + RECORDED_WITHIN_MS;
  for (const { inspection, outcome } of files) {
    if (outcome !== 'started' || inspection === null) continue;
    const { authority, reference } = partsOf(inspection);
    if (await register.reached(authority, reference, 1, Math.max(0, until - Date.now()))) continue;
    return progress('All that was started runs; the register has not caught up with it yet.');
  }
}

function lineOf({ file, inspection, outcome, problems }: ImportedFile): string {
  const [first] = problems;
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : '';
  if (outcome === 'failed') return `${file}: ${first?.text ?? 'failed'}${more}`;
  if (outcome === 'no-inspection') return `${file}: no inspection’s file`;
  return `${file}: ${sumOf(countsOf({ files: [{ file, inspection, outcome, problems }], stopped: null })).slice(2)}, ${inspection ?? ''}`;
}

function render(imported: Imported): string {
  const { files, stopped } = imported;
  const problems = files.flatMap((each) => each.problems);
  return [
    ...problems.map(
      ({ file, line, column, text }) =>
        `${colours.red('✗')} ${file}${line === null ? '' : `:${line}:${column ?? 1}`}  ${text}`,
    ),
    `${colours.bold('In all:')} ${sumOf(countsOf(imported))}.`,
    ...(stopped === null ? [] : [`${stopped} Run it again and it goes on where it was.`]),
  ].join('\n');
}
