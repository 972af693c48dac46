import { Command, Option } from 'commander';
import { existsSync, writeFileSync } from 'node:fs';
import { formatInstant } from '../../../domain/calendar/london.ts';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import { namesOf } from '../../../domain/closed-table.ts';
import { refusalOf } from '../../../domain/commands/apply.ts';
import { FROZEN_KINDS, type FrozenKind } from '../../../domain/documents/frozen.ts';
import { sizeInWords } from '../../../domain/evidence/kinds.ts';
import { type InspectionRef, inspectionRef, partsOf } from '../../../domain/inspection-ref.ts';
import type { ListedFrozen } from '../../../register/frozen.ts';
import { BadRequest } from '../../bad-request.ts';
import { shownPath } from '../../files/text-file.ts';
import { type ActingOptions, actorOf } from '../acting.ts';
import { asWord, templateOf } from '../document-formats.ts';
import { EXIT } from '../exit.ts';
import { UsageError } from '../usage-error.ts';
import { contentOf } from '../given-files.ts';
import { asOption, byOption, dateOption, inspectionArgument } from '../options.ts';
import { withRegister, withServices } from '../services.ts';
import { colours, print, type PrintOptions } from '../terminal.ts';
import { reportedBy } from '../reported-by.ts';

/** `duecourse frozen add|list|get|verify`: documents that are kept as they were, to the byte. */
export function frozenCommand(): Command {
  const frozen = new Command('frozen').description(
    'documents that were frozen: kept to the byte, with their hash in the record',
  );
  for (const command of [add(), list(), get(), verify()]) frozen.addCommand(command);
  return frozen;
}

interface AddOptions extends ActingOptions {
  since?: CivilDate;
  decision?: string;
}

function add(): Command {
  return new Command('add')
    .description('freeze a document as everything stands now')
    .addArgument(inspectionArgument())
    .argument('<document>', `which: ${namesOf(FROZEN_KINDS).join(', ')}`)
    .addOption(
      dateOption('--since <date>', 'the day of the last one (default: the last briefing, or three months ago)'),
    )
    .option('--decision <name>', 'the decision’s short name, where its record is to be frozen')
    .addOption(asOption())
    .addOption(byOption())
    .option('--json', 'print JSON')
    .action(async (ref: InspectionRef, what: string, options: AddOptions) => {
      const kind = kindOf(what);
      const { since, decision } = options;
      if ((kind === 'decision') !== (decision !== undefined))
        throw new UsageError('say with --decision NAME of which decision, where its record is to be frozen');
      const actor = actorOf(options);
      const { freeze } = await import('../../documents/freeze.ts');
      const done = await withServices(async (services) => {
        const { register } = services;
        const { found, state } = await reportedBy(services, ref);
        const now = new Date().toISOString();
        const refusal = refusalOf('writePart', '', state, { actor, now: found.view.now });
        if (refusal?.code === 'not-permitted' || refusal?.code === 'unknown-role') throw refusal;
        const template = await templateOf(register, ref, { options: { format: 'word' }, byDefault: 'word' });
        const write = async (document: Parameters<typeof asWord>[0]) => Buffer.from(await asWord(document, template));
        return freeze(register, found, { asked: { kind, since, decision }, actor, now, write });
      });
      if (done === undefined) throw new BadRequest(`${ref} has no decision "${decision ?? ''}".`);
      const { fingerprint, file, asAt, title } = done;
      print({ fingerprint, sha256: file.sha256, asAt, title }, options, () =>
        [
          `${colours.green('Frozen:')} ${title}, as at ${formatInstant(asAt)}`,
          `  Fingerprint ${fingerprint}, SHA-256 ${file.sha256}`,
          `  Have its file with: duecourse frozen get ${ref} ${file.sha256.slice(0, 12)} --to FILE.docx`,
        ].join('\n'),
      );
    });
}

/** @throws UsageError naming those that there are */
function kindOf(what: string): FrozenKind {
  const kind = namesOf(FROZEN_KINDS).find((each) => each === what);
  if (kind === undefined)
    throw new UsageError(`no document is called ${what}; there are ${namesOf(FROZEN_KINDS).join(', ')}`);
  return kind;
}

function list(): Command {
  return new Command('list')
    .description('the documents of an inspection that were frozen, the newest first')
    .addArgument(inspectionArgument())
    .option('--json', 'print JSON')
    .action(async (ref: InspectionRef, options: PrintOptions) => {
      const all = await withRegister((register) => register.frozen.list(partsOf(ref)));
      print(all, options, (rows) => (rows.length === 0 ? 'None is frozen.' : rows.map(render).join('\n\n')));
    });
}

const render = ({ kind, title, at, asAt, by, fingerprint, file, isThere }: ListedFrozen): string =>
  [
    `${colours.bold(FROZEN_KINDS[kind])}: ${title}`,
    `  as at ${formatInstant(asAt)}, frozen by ${by} on ${formatInstant(at)}`,
    `  Fingerprint ${fingerprint}, ${sizeInWords(file.bytes)}, SHA-256 ${file.sha256}`,
    ...(isThere ? [] : [colours.yellow('  The file was erased.')]),
  ].join('\n');

function get(): Command {
  return new Command('get')
    .description('write the file of a frozen document to this machine')
    .addArgument(inspectionArgument())
    .argument('<sha256>', 'its SHA-256, or the beginning of it')
    .requiredOption('--to <path>', 'where to write it')
    .option('--json', 'print JSON')
    .action(async (ref: InspectionRef, sha256: string, options: PrintOptions & { to: string }) => {
      const { to } = options;
      if (existsSync(to)) throw new UsageError(`${to} is there already; give another place`);
      const { file, content } = await withRegister(async (register) => {
        const fits = (await register.frozen.list(partsOf(ref))).filter((each) =>
          each.file.sha256.startsWith(sha256.toLowerCase()),
        );
        const [one] = fits;
        if (one === undefined || fits.length > 1)
          throw new BadRequest(`${ref} has no frozen document "${sha256}". See: duecourse frozen list ${ref}`);
        const kept = await register.evidence.find(partsOf(ref).authority, one.file.sha256);
        if (kept === undefined) throw new BadRequest('Its file was erased.');
        return { file: one.file, content: kept.content };
      });
      writeFileSync(to, content, { mode: 0o600 });
      print(
        { ...file, to },
        options,
        () => `${file.name} (${sizeInWords(file.bytes)}) is written to ${shownPath(to)}.`,
      );
    });
}

function verify(): Command {
  return new Command('verify')
    .description('is a file one that was frozen, to the byte?')
    .argument('<file>', 'the document (.docx)')
    .addOption(new Option('--authority <id>', 'look among one council’s alone'))
    .option('--json', 'print JSON')
    .action(async (file: string, options: PrintOptions & { authority?: string }) => {
      const content = contentOf(file);
      const { frozenAs } = await import('../../documents/freeze.ts');
      const found = await withRegister(async (register) =>
        frozenAs(
          register,
          content,
          options.authority === undefined ? await register.authorities() : [options.authority],
        ),
      );
      print({ file, frozen: found !== undefined, ...(found === undefined ? {} : { as: found }) }, options, () =>
        found === undefined
          ? `${colours.red('No:')}   ${shownPath(file)} is none of the files that were frozen. Whoever opens a document and saves it changes its file.`
          : `${colours.green('Yes:')}  ${shownPath(file)} is what was frozen, of ${inspectionRef(found.authority, found.reference)}\n${render(found)}`,
      );
      if (found === undefined) process.exitCode = EXIT.failed;
    });
}
