import { Command } from 'commander';
import type { Erasure } from '../../../register/erase.ts';
import { actorOf } from '../acting.ts';
import { asOption, byOption } from '../options.ts';
import { withRegister } from '../services.ts';
import { colours, print, type PrintOptions } from '../terminal.ts';
import { knownAuthority } from '../../known-authority.ts';

interface EraseOptions extends PrintOptions {
  authority: string;
  reason: string;
  also: string[];
  file: string[];
  yes?: boolean;
  as?: string;
  by: string;
}

/** `duecourse register erase`: a person's data, leaving the chain whole. */
export function eraseCommand(): Command {
  return new Command('erase')
    .description(
      "erase a person's data from one authority's record; the chain stays whole. Without --yes it only shows what that takes",
    )
    .argument('<person>', 'an e-mail address or a whole name')
    .requiredOption('--authority <id>', 'the authority')
    .requiredOption('--reason <text>', 'why, for the record, without the name')
    .option('--also <spelling>', 'another way in which they are written; may be given several times', collect, [])
    .option(
      '--file <sha256>',
      'a file of evidence that holds them, which can’t be looked through: a picture, a PDF; may be given several times',
      collect,
      [],
    )
    .addOption(asOption())
    .addOption(byOption())
    .option('--yes', 'carry it out')
    .option('--json', 'print JSON')
    .action(async (given: string, options: EraseOptions) => {
      const request = {
        authority: options.authority,
        spellings: [given, ...options.also],
        files: options.file,
        reason: options.reason,
        actor: actorOf(options),
        at: new Date().toISOString(),
      };
      const erasure = await withRegister(async (register) => {
        await knownAuthority(register, options.authority);
        return register.erase(request, options.yes === true ? 'carry out' : 'look');
      });
      print(erasure, options, render);
    });
}

function collect(spelling: string, before: string[]): string[] {
  return [...before, spelling];
}

function render(erasure: Erasure): string {
  const { acted, mentioned, mails, mailsMentioning, other, histories, states, payloads, payloadsLeft, evidence } =
    erasure;
  const { encrypted, fixed, elsewhere, carriedOut } = erasure;
  const lines: [number, string][] = [
    [acted, 'entries in which they acted; their role stays'],
    [mentioned, 'entries whose words speak of them; the rest of the words stays'],
    [mails, 'mails to them'],
    [mailsMentioning, 'mails to others that speak of them; the rest stays'],
    [other, 'sign-ins, keys, answers and wishes of theirs'],
    [histories, 'archived histories that hold them; the rest stays'],
    [states, 'states of open inspections’ clocks that hold them; the rest stays'],
    [evidence, 'files of evidence: that were named, whose entry speaks of them, or in whose text they are'],
    [payloads, 'large payloads of ended inspections; their archived histories hold the rest'],
  ];
  return [
    carriedOut ? colours.green('Erased:') : colours.bold('This would be erased:'),
    ...lines.map(([count, what]) => `  ${String(count).padStart(6)}  ${what}`),
    ...(payloadsLeft === 0
      ? []
      : [`  ${String(payloadsLeft).padStart(6)}  large payloads of open inspections stay until those have ended`]),
    ...notes(fixed, encrypted, elsewhere),
    '',
    carriedOut
      ? 'It is in the record, without the name. See that the chain is whole with: duecourse register verify'
      : colours.yellow('Nothing has been changed. To carry it out, say the same with --yes'),
    colours.dim(
      'Not reached from here: open inspections hold who has changed them until the engine forgets their history, backups of the database, and mail that has been sent.',
    ),
  ].join('\n');
}

function notes(fixed: number, encrypted: number, elsewhere: boolean): string[] {
  return [
    ...(fixed === 0
      ? []
      : [
          colours.red(
            `  ${String(fixed).padStart(6)}  entries hold them where it can't be erased without breaking the chain: in a title`,
          ),
        ]),
    ...(encrypted === 0
      ? []
      : [`  ${String(encrypted).padStart(6)}  payloads are encrypted: whoever destroys their key erases them`]),
    ...(elsewhere ? ['  Another authority’s file still has them: their sign-ins and keys stay.'] : []),
  ];
}
