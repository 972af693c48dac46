import { Command } from 'commander';
import { formatDate } from '../../../domain/calendar/civil-date.ts';
import { localDate } from '../../../domain/calendar/london.ts';
import { bookDocument, ruleBook } from '../../files/rule-book.ts';
import { signedOff } from '../../files/sign-offs.ts';
import { type DocumentOptions, putDocument, withDocumentOptions } from '../document-formats.ts';
import type { PackRule, RulePack, WorkingDayDefinition } from '../../../domain/schemas/rule-pack.ts';
import { readablePacks } from '../../files/readable-rules.ts';
import { isOwn, loadWorkingDays, packNamed, resolveRules } from '../../files/rules.ts';
import { isUnverified, linesOfRule, type RuleLine } from '../../files/rule-words.ts';
import { filesAt } from '../../files/files-at.ts';
import { printChecked } from '../checked-files.ts';
import { colours, print, type PrintOptions, table } from '../terminal.ts';

interface PackSummary {
  id: string;
  /** As `rules show` is asked for it. */
  name: string;
  version: number;
  title: string;
  from: string;
  until: string | null;
  rules: number;
  /** The council's own, rather than one that comes with the program. */
  own: boolean;
  /** Rules whose source was not verified. */
  unverified: number;
}

/** `duecourse rules list|show|check`: what the engine believes, with its sources. */
export function rulesCommand(): Command {
  const rules = new Command('rules').description('what the engine believes about deadlines, and where it has it from');
  rules
    .command('list')
    .description('the rule packs there are')
    .option('--json', 'print JSON')
    .action((options: PrintOptions) => {
      print(summaries(), options, (packs) =>
        table(
          ['Pack', 'Title', 'In force', 'Rules', 'Not verified'],
          packs.map((pack) => [
            pack.name,
            pack.own ? `${pack.title} (the council’s own)` : pack.title,
            pack.from === '' ? '' : `${pack.from} to ${pack.until ?? 'now'}`,
            String(pack.rules),
            pack.unverified === 0 ? '0' : colours.yellow(String(pack.unverified)),
          ]),
          1,
        ),
      );
    });
  rules
    .command('show')
    .description('each rule of a pack in plain sentences, with its source and how sure that is')
    .argument('<pack>', 'its id, for an older version with it: ilacs-2018.v1; see: duecourse rules list')
    .option('--json', 'print JSON')
    .action((id: string, options: PrintOptions) => {
      const pack = packNamed(id);
      print({ ...pack, rules: resolveRules(pack), own: isOwn('packs', pack.id) }, options, render);
    });
  rules
    .command('check')
    .description(
      'check packs, constitutions and working-day definitions: what kind each file is, every mistake with its line, and whether the worked examples come out',
    )
    .argument('<path...>', 'files (YAML), or folders of them')
    .option('--json', 'print JSON')
    .action((paths: string[], options: PrintOptions) => {
      printChecked(paths.flatMap(filesAt), options);
    });
  withDocumentOptions(
    rules
      .command('book')
      .description(
        'everything that is believed about deadlines, by instrument, to read and to sign off: duties, numbers, how days count, sources, examples, what is not verified',
      ),
    'markdown',
  ).action((options: DocumentOptions) =>
    putDocument(bookDocument(ruleBook(localDate(new Date().toISOString()))), options, { byDefault: 'markdown' }),
  );
  rules
    .command('sign-off')
    .description('keep, in the council’s own folder, who has read a pack or a constitution and stands behind it')
    .argument('<id>', 'the pack or constitution')
    .requiredOption('--by <role>', 'the role that stands behind it, for example "Monitoring Officer"')
    .option('--on <date>', 'on which day, YYYY-MM-DD; left out: today')
    .option('--note <words>', 'what is said with it')
    .action((id: string, { by, on, note }: { by: string; on?: string; note?: string }) => {
      const today = localDate(new Date().toISOString());
      const { signOff, file } = signedOff(id, { by, on: on ?? today, note }, today);
      process.stdout.write(
        `${signOff.rules}, version ${signOff.version}: signed off by ${signOff.by} on ${formatDate(signOff.on)}. Kept in ${file}\n`,
      );
    });
  return rules;
}

/** Each version of each pack, by id; one whose file can't be used is said to be so, and keeps no other off the list. */
function summaries(): PackSummary[] {
  const { read, broken } = readablePacks();
  return [
    ...read.map(({ pack, name, rules, own }) => ({
      ...{ id: pack.id, name },
      version: pack.version,
      title: pack.title,
      from: pack.valid.from,
      until: pack.valid.until ?? null,
      rules: rules.length,
      own,
      unverified: rules.filter((rule) => isUnverified(rule.citation)).length,
    })),
    ...broken.map(({ id, problem }) => ({
      ...{
        id,
        name: id,
        version: 0,
        title: `can't be used: ${problem}`,
        from: '',
        until: null,
        rules: 0,
        unverified: 0,
      },
      own: true,
    })),
  ];
}

function render(pack: RulePack & { own: boolean }): string {
  const definitions = loadWorkingDays();
  return [
    `${colours.bold(pack.title)}  ${colours.dim(`${pack.id}, version ${pack.version}`)}${pack.own ? '  (the council’s own)' : ''}`,
    `In force from ${pack.valid.from}${pack.valid.until === undefined ? '' : ` to ${pack.valid.until}`}.${pack.include.length === 0 ? '' : ` With the rules of ${pack.include.join(', ')}.`}`,
    ...pack.rules.flatMap((rule) => ['', ...sentencesOf(rule, definitions)]),
  ].join('\n');
}

/** What nobody has verified stands out, what is beside the rule steps back. */
const TONES: Record<NonNullable<RuleLine['tone']>, (text: string) => string> = {
  doubtful: colours.yellow,
  aside: colours.dim,
};

function sentencesOf(rule: PackRule, definitions: Record<string, WorkingDayDefinition>): string[] {
  return [
    `${colours.bold(rule.title)}  ${colours.dim(`${rule.id}, version ${rule.version}`)}`,
    ...linesOfRule(rule, definitions).map(({ text, tone }) => {
      const line = `    ${text}`;
      return tone === undefined ? line : TONES[tone](line);
    }),
  ];
}
