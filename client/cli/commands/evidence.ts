import { Command } from 'commander';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { formatInstant } from '../../../domain/calendar/london.ts';
import { EVIDENCE_LIMITS, sizeInWords } from '../../../domain/evidence/kinds.ts';
import { type InspectionRef, partsOf } from '../../../domain/inspection-ref.ts';
import { Refusal } from '../../../domain/refusal.ts';
import type { ListedEvidence } from '../../../register/evidence.ts';
import { evidenceFile, giveEvidence, type ReadFile, readEvidence } from '../../evidence.ts';
import { type ActingOptions, actorOf, namingOptions, untilRecorded } from '../acting.ts';
import { UsageError } from '../usage-error.ts';
import { asOption, byOption, inspectionArgument } from '../options.ts';
import { withRegister, withServices } from '../services.ts';
import { colours, print, type PrintOptions } from '../terminal.ts';

/** `duecourse evidence add|list|get`: what shows that a duty was met. */
export function evidenceCommand(): Command {
  const evidence = new Command('evidence').description('what shows that a duty was met: links and files');
  for (const command of [add(), list(), get()]) evidence.addCommand(command);
  return evidence;
}

interface AddOptions extends ActingOptions {
  file?: string;
  link?: string;
  title?: string;
  note?: string;
}

const NAME = 'addEvidence';

function add(): Command {
  return new Command('add')
    .description(
      `add a file (at most ${sizeInWords(EVIDENCE_LIMITS.fileBytes)}: PDF, PNG, JPEG, Word, Excel, PowerPoint, CSV, text, mail) or a link to a duty`,
    )
    .addArgument(inspectionArgument())
    .argument('<milestone>', 'the duty, for example improvement-actions/supervision-standard')
    .option('--file <path>', 'the file')
    .option('--link <address>', 'where it can be found')
    .option('--title <text>', 'what it is; left out: the file’s name, or the link')
    .option('--note <text>', 'what should be known of it')
    .addOption(asOption())
    .addOption(byOption())
    .option('--json', 'print JSON')
    .action(async (ref: InspectionRef, milestone: string, options: AddOptions) => {
      const { file: path, link, title, note } = options;
      if ((path === undefined) === (link === undefined))
        throw new UsageError('give --file PATH or --link URL, one of the two');
      if (link !== undefined)
        (await import('../usable-payload.ts')).mustBeUsable(NAME, { milestone, title: title ?? link, link });
      const actor = actorOf(options);
      const file = path === undefined ? undefined : fileAt(path);
      await withServices(async (services) => {
        const now = new Date().toISOString();
        const given = { milestone, title: title ?? file?.name ?? link ?? '', note, link, file };
        const { seq } = await namingOptions(NAME, () => giveEvidence(services, ref, given, { actor, now }));
        await untilRecorded(services.register, ref, seq);
        print({ seq, sha256: file?.sha256 ?? null }, options, () =>
          [
            `${colours.green('Done:')} The evidence is on record. See it with: duecourse evidence list ${ref} ${milestone}`,
            ...(file === undefined ? [] : [`  SHA-256 ${file.sha256}`]),
          ].join('\n'),
        );
      });
    });
}

/** @throws UsageError where there is no such file; Refusal where it is none that is kept */
function fileAt(path: string): ReadFile {
  const name = basename(path);
  const about = statSync(path, { throwIfNoEntry: false });
  if (about === undefined || !about.isFile()) throw new UsageError(`there is no file ${path}`);
  if (about.size > EVIDENCE_LIMITS.fileBytes)
    throw new Refusal(
      'too-large',
      `"${name}" is ${sizeInWords(about.size)}; a file of evidence may be ${sizeInWords(EVIDENCE_LIMITS.fileBytes)}. Make it smaller, or give a link to where it is kept.`,
    );
  return readEvidence({ name, content: readFileSync(path) });
}

function list(): Command {
  return new Command('list')
    .description('the evidence of an inspection’s duties, or of one of them')
    .addArgument(inspectionArgument())
    .argument('[milestone]', 'the duty; its last part is enough')
    .option('--json', 'print JSON')
    .action(async (ref: InspectionRef, milestone: string | undefined, options: PrintOptions) => {
      const all = await withRegister((register) => register.evidence.of(partsOf(ref)));
      const wanted = all.filter(
        (each) => milestone === undefined || each.milestone === milestone || each.milestone.endsWith(`/${milestone}`),
      );
      print(wanted, options, (rows) => (rows.length === 0 ? 'There is no evidence.' : rows.map(render).join('\n\n')));
    });
}

function render({ milestone, title, at, by, link, file, note, isThere }: ListedEvidence): string {
  return [
    `${colours.bold(title)}  ${colours.dim(milestone)}`,
    `  added on ${formatInstant(at)} by ${by}`,
    ...(link === null ? [] : [`  ${link}`]),
    ...(file === null
      ? []
      : [
          `  ${file.name}, ${sizeInWords(file.bytes)}, SHA-256 ${file.sha256}`,
          ...(isThere ? [] : [colours.yellow('  The file was erased.')]),
        ]),
    ...(note === null ? [] : [`  ${note}`]),
  ].join('\n');
}

interface GetOptions extends PrintOptions {
  to: string;
  force?: boolean;
}

function get(): Command {
  return new Command('get')
    .description('write a file of evidence to this machine')
    .addArgument(inspectionArgument())
    .argument('<sha256>', 'its SHA-256, or the beginning of it')
    .requiredOption('--to <path>', 'where to write it')
    .option('--force', 'write over what is there')
    .option('--json', 'print JSON')
    .action(async (ref: InspectionRef, sha256: string, options: GetOptions) => {
      const { to, force } = options;
      if (existsSync(to) && force !== true)
        throw new UsageError(`${to} is there already; give another place, or --force to write over it`);
      const file = await withRegister((register) => evidenceFile(register, partsOf(ref), sha256.toLowerCase()));
      writeFileSync(to, file.content, { mode: 0o600 });
      const { content: _content, ...about } = file;
      print({ ...about, to }, options, () => `${file.name} (${sizeInWords(file.bytes)}) is written to ${to}.`);
    });
}
