import { MILESTONE_STATUSES } from '../../../domain/milestone/statuses.ts';
import { type Home, HOME_EXAMPLES, homeIn } from '../../../domain/closing/homes.ts';
import { isPending } from '../../../domain/milestone/milestone-state.ts';
import { Command, InvalidArgumentError, Option } from 'commander';
import { formatDate } from '../../../domain/calendar/civil-date.ts';
import {
  COMMAND_NAMES,
  type CommandName,
  type CommandPayload,
  definitionOf,
} from '../../../domain/commands/commands.ts';
import type { Subject } from '../../../domain/commands/definition.ts';
import type { Field, FieldKind } from '../../../domain/commands/fields.ts';
import type { CommandResult } from '../../../workflows/messages.ts';
import { marksInWords } from '../../milestone-marks.ts';
import type { GivenValue } from '../../../domain/measures/given-value.ts';
import { amountIn, appendixIn, measureValueIn, withoutPerCent } from '../../web/forms/form.ts';
import { type ActingOptions, carryOut } from '../acting.ts';
import { asOption, byOption, parseDate, parseWholeNumber } from '../options.ts';
import { ARGUMENT, flagOf, kebab } from '../flags.ts';
import { colours } from '../terminal.ts';

/** How a kind of field is said on the command line: what stands after its option, and how that is read. */
interface Kind {
  placeholder: string;
  parse?(text: string): unknown;
  /** Said several times, or several after one option. */
  many?: true;
}

const text: Kind = { placeholder: '<text>' };
const name: Kind = { placeholder: '<name>' };
const role: Kind = { placeholder: '<role>' };

/** 'none' where nobody could type it. */
const KINDS: Record<FieldKind, Kind | 'none'> = {
  date: { placeholder: '<date>', parse: parseDate },
  time: { placeholder: '<time>', parse: parseTime },
  line: text,
  link: { placeholder: '<address>' },
  text,
  number: { placeholder: '<n>', parse: parseWholeNumber },
  percent: { placeholder: '<n>', parse: (said) => parseWholeNumber(withoutPerCent(said)) },
  yes: { placeholder: '' },
  slug: name,
  id: name,
  role,
  body: name,
  rating: name,
  measure: name,
  amount: { placeholder: '<number>', parse: parseAmount },
  measures: { placeholder: '<measure=value...>', many: true, parse: parseMeasureValue },
  choice: { placeholder: '<which>' },
  several: { placeholder: '<which...>', many: true },
  lines: { placeholder: '<name...>', many: true },
  appendices: { placeholder: '<title-and-link...>', many: true, parse: appendixIn },
  milestone: name,
  decision: name,
  question: name,
  session: name,
  messageId: 'none',
  roles: { placeholder: '<role...>', many: true },
  milestones: 'none',
  authority: 'none',
  constitution: 'none',
  published: 'none',
  edits: 'none',
  instrument: 'none',
  framework: 'none',
  homes: { placeholder: '<action=where...>', many: true, parse: parseHome },
};

function parseAmount(said: string): number {
  const value = amountIn(said);
  if (value !== undefined) return value;
  throw new InvalidArgumentError(`"${said}" is no number; write it like 21.5.`);
}

function parseMeasureValue(said: string): GivenValue {
  const given = measureValueIn(said);
  if (given !== undefined) return given;
  throw new InvalidArgumentError(`"${said}" is no measure with a value; write it like open-cases=21.5.`);
}

function parseHome(said: string): Home {
  const home = homeIn(said);
  if (home !== undefined) return home;
  throw new InvalidArgumentError(`"${said}" can't be read; write it like ${HOME_EXAMPLES}.`);
}

function parseTime(said: string): string {
  if (/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/.test(said)) return said;
  throw new InvalidArgumentError(`"${said}" is not a time of day; write it as HH:MM, for example 16:30.`);
}

/** The argument by which a command says what it is about, and where to see what has become of it. */
const SUBJECTS: Record<Subject, { help?: string; seen(inspection: string, about: string): string }> = {
  milestone: {
    help: 'the milestone, for example plan-submission/written-action-plan; its last part is enough where there is only one',
    seen: (inspection, about) => `duecourse show ${inspection} ${about}`,
  },
  decision: {
    help: 'the decision’s short name',
    seen: (inspection, about) => `duecourse decision ${inspection} ${about}`,
  },
  question: { help: 'its short name, for example q1', seen: (inspection) => `duecourse questions ${inspection}` },
  session: { help: 'the session’s short name', seen: (inspection) => `duecourse training ${inspection}` },
  inspection: { seen: (inspection) => `duecourse history ${inspection}` },
};

/**
 * `duecourse submit REF MILESTONE …` and its like: one for every command that does not set the command line aside.
 *
 * @param named as it is typed: that one alone, or none where it is none of them
 */
export function changeCommands(named?: string): Command[] {
  return COMMAND_NAMES.filter((each) => definitionOf(each).cli === 'offered')
    .filter((each) => named === undefined || kebab(each) === named)
    .map(changeCommand);
}

function changeCommand(command: CommandName): Command {
  const { subject, title, help, fields, warning } = definitionOf(command);
  const made = new Command(kebab(command))
    .summary(title.charAt(0).toLowerCase() + title.slice(1))
    .description([help, warning].filter(Boolean).join(' '))
    .argument('<ref>', 'the inspection, for example middlesbrough/2016');
  const about = SUBJECTS[subject].help;
  if (about !== undefined) made.argument(`<${subject}>`, about);
  const arguments_ = Object.entries(fields).filter(([, field]) => field.flag === ARGUMENT);
  for (const [field, each] of arguments_) made.argument(`<${field}>`, argumentHelp(each));
  for (const [field, each] of Object.entries(fields)) if (each.flag !== ARGUMENT) made.addOption(optionOf(field, each));
  return made
    .addOption(asOption())
    .addOption(byOption())
    .option('--json', 'print JSON')
    .action(async (...given: unknown[]) => {
      const [, options] = [given.pop(), given.pop() as ActingOptions & Partial<Record<string, unknown>>];
      const [inspection = '', ...rest] = given.map(String);
      const id = about === undefined ? '' : (rest.shift() ?? '');
      const payload = {
        ...(about === undefined ? {} : { [subject]: id }),
        ...Object.fromEntries(arguments_.map(([field], index) => [field, rest[index]])),
        ...valuesIn(options, fields),
      };
      const { as, by, json } = options;
      // Loaded when it is used: the schemas take time that the help need not.
      (await import('../usable-payload.ts')).mustBeUsable(command, payload);
      await carryOut(inspection, command, payload as CommandPayload<CommandName>, { as, by, json }, (result) =>
        sentence(command, inspection, id, result),
      );
    });
}

/** What an argument is; of one that is chosen, each choice by the word that is typed. */
function argumentHelp({ label, hint = '', choices = {} }: Field): string {
  const typed = Object.entries(choices).map(([word, words]) => `${word} (${words})`);
  const one = typed.length === 0 ? '' : `One of: ${typed.join(', ')}.`;
  return [/[?.]$/.test(label) ? label : `${label}.`, hint, one].filter(Boolean).join(' ');
}

function optionOf(name: string, field: Field): Option {
  const kind = KINDS[field.kind];
  if (kind === 'none') throw new Error(`nobody can type ${name}: set the command line aside, or give it a kind`);
  const flags = `--${flagOf(name, field)} ${kind.placeholder}`.trim();
  const option = new Option(flags, helpOf(field));
  // `--no-change` is a name like any other: commander would make it the answer "no" to a `--change` that there is not.
  option.negate = false;
  const choices = Object.keys(field.choices ?? {});
  if (choices.length > 0) option.choices(choices);
  const { parse } = kind;
  if (parse !== undefined && kind.many === undefined) option.argParser(parse);
  if (parse !== undefined && kind.many === true)
    option.argParser((said: string, before: unknown) => [...((before as unknown[] | undefined) ?? []), parse(said)]);
  if (field.initial !== undefined) option.default(field.initial);
  const needed = field.optional !== true && field.initial === undefined && field.kind !== 'yes';
  return option.makeOptionMandatory(needed);
}

function helpOf({ label, hint, choices }: Field): string {
  const words = Object.values(choices ?? {}).join('; ');
  return [label.replace(/\?$/, ''), words, hint?.replace(/\.$/, '')].filter(Boolean).join('; ');
}

/** The options' values by the names of their fields. */
function valuesIn(
  options: Partial<Record<string, unknown>>,
  fields: Readonly<Record<string, Field>>,
): Partial<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, { flag }]) => {
      if (flag === ARGUMENT) return [];
      const value = options[camel(flag ?? name)];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

const camel = (flag: string): string => flag.replaceAll(/-([a-z])/g, (_dash, letter: string) => letter.toUpperCase());

function sentence(
  command: CommandName,
  inspection: string,
  about: string,
  { milestone, status, remarks = [] }: CommandResult,
): string {
  const { subject, done } = definitionOf(command);
  const remarked = remarks.map((remark) => `  ${colours.yellow('Look at the date:')} ${remark}`);
  if (milestone === null)
    return [
      `${colours.green('Done:')} ${done} See it with: ${SUBJECTS[subject].seen(inspection, about)}`,
      ...remarked,
    ].join('\n');
  const pending = status === 'open' && isPending(milestone);
  const due = pending ? `; due ${formatDate(milestone.due)}; owner: ${milestone.owner}` : '';
  return [
    `${colours.green('Done:')} ${milestone.title} ${MILESTONE_STATUSES[milestone.status].stands}${due}.  ${colours.dim(milestone.id)}`,
    ...marksInWords(milestone).map(({ label, text: said }) => `  ${label}: ${said}`),
    ...remarked,
  ].join('\n');
}
