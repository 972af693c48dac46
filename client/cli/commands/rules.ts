import { Command } from 'commander';
import { eventInWords } from '../../../domain/facts/events.ts';
import { CONFIDENCES } from '../../../domain/plan/citation.ts';
import { isFixed } from '../../../domain/milestone/strengths.ts';
import { periodInWords } from '../../../domain/plan/counting.ts';
import type { Citation } from '../../../domain/schemas/common.ts';
import { exampleInWords } from '../../files/example-words.ts';
import type { PackRule, RulePack, WorkingDayDefinition } from '../../../domain/schemas/rule-pack.ts';
import { isOwn, listRulePacks, loadRulePack, loadWorkingDays, resolveRules } from '../../files/rules.ts';
import { filesAt } from '../../files/files-at.ts';
import { printChecked } from '../checked-files.ts';
import { colours, print, type PrintOptions, table } from '../terminal.ts';

interface PackSummary {
  id: string;
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
      print(listRulePacks().map(summaryOf), options, (packs) =>
        table(
          ['Pack', 'Title', 'In force', 'Rules', 'Not verified'],
          packs.map((pack) => [
            pack.id,
            pack.own ? `${pack.title} (the council’s own)` : pack.title,
            `${pack.from} to ${pack.until ?? 'now'}`,
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
    .argument('<pack>', 'its id; see: duecourse rules list')
    .option('--json', 'print JSON')
    .action((id: string, options: PrintOptions) => {
      const pack = loadRulePack(id);
      print({ ...pack, rules: resolveRules(pack) }, options, render);
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
  return rules;
}

function summaryOf(id: string): PackSummary {
  const pack = loadRulePack(id);
  const all = resolveRules(pack);
  return {
    id,
    version: pack.version,
    title: pack.title,
    from: pack.valid.from,
    until: pack.valid.until ?? null,
    rules: all.length,
    own: isOwn('packs', id),
    unverified: all.filter((rule) => isUnverified(rule.citation)).length,
  };
}

const isUnverified = ({ confidence }: Citation): boolean => !CONFIDENCES[confidence].verified;

const UNVERIFIED = CONFIDENCES.L.words;

/** What nobody has verified stands out where there are no colours, too. */
function sureness(citation: Citation): string {
  const { words } = CONFIDENCES[citation.confidence];
  if (words === UNVERIFIED) return UNVERIFIED.toUpperCase();
  return isUnverified(citation) ? `${words}, ${UNVERIFIED}` : words;
}

function render(pack: RulePack): string {
  const definitions = loadWorkingDays();
  return [
    `${colours.bold(pack.title)}  ${colours.dim(`${pack.id}, version ${pack.version}`)}${isOwn('packs', pack.id) ? '  (the council’s own)' : ''}`,
    `In force from ${pack.valid.from}${pack.valid.until === undefined ? '' : ` to ${pack.valid.until}`}.${pack.include.length === 0 ? '' : ` With the rules of ${pack.include.join(', ')}.`}`,
    ...pack.rules.flatMap((rule) => ['', ...sentencesOf(rule, definitions)]),
  ].join('\n');
}

function sentencesOf(rule: PackRule, definitions: Record<string, WorkingDayDefinition>): string[] {
  const definition = rule.workingDays === undefined ? undefined : definitions[rule.workingDays];
  const shown = (sentence: string) => `    ${sentence}`;
  return [
    `${colours.bold(rule.title)}  ${colours.dim(`${rule.id}, version ${rule.version}`)}`,
    shown(rule.act),
    shown(
      `Due ${rule.repeats ? 'every ' : ''}${periodInWords(rule.period)} on which ${eventInWords(rule.trigger.event)}${rule.trigger.proxy === undefined ? '' : `, or, where that is not on file, ${eventInWords(rule.trigger.proxy)}`}; late after ${rule.cutOff === '24:00' ? 'the end of the day' : rule.cutOff}.`,
    ),
    ...(definition === undefined
      ? []
      : [shown(`Working days as in ${definition.title}: ${definition.wording} (${sureness(definition.citation)}).`)]),
    ...(rule.receiptCutOff === undefined
      ? []
      : [shown(`What comes after ${rule.receiptCutOff} counts from the next working day.`)]),
    ...(rule.roll === 'none' ? [] : [shown(`On a day off it is moved to the ${rule.roll} working day.`)]),
    ...(rule.requires === undefined ? [] : [shown(`Only where the file records the event ${rule.requires}.`)]),
    ...(rule.onlyWhere === undefined
      ? []
      : [
          shown(
            `Only where ${rule.onlyWhere.area === undefined ? 'a judgement' : [rule.onlyWhere.area].flat().join(' or ')} is ${rule.onlyWhere.grade}.`,
          ),
        ]),
    ...(rule.metBy === undefined ? [] : [shown(`Met by the event ${rule.metBy}.`)]),
    shown(
      `Strength: ${rule.strength}${(rule.extendable ?? !isFixed(rule)) ? '; a later date may be granted' : '; no later date may be granted'}.`,
    ),
    ...citationLines('Source', rule.citation),
    ...rule.readings.flatMap((other) => [
      shown(colours.yellow(`Another reading: ${rule.repeats ? 'every ' : ''}${periodInWords(other.period)}.`)),
      ...citationLines('  Source', other.citation),
    ]),
    ...rule.examples.map((example) => shown(`Example: ${exampleInWords(rule, example)}`)),
  ];
}

function citationLines(label: string, citation: Citation): string[] {
  const sure = isUnverified(citation) ? colours.yellow(sureness(citation)) : sureness(citation);
  return [
    `    ${label}: ${citation.cite} (${sure})${citation.url === undefined ? '' : ` ${citation.url}`}`,
    ...(citation.note === undefined ? [] : [colours.dim(`      ${citation.note}`)]),
  ];
}
