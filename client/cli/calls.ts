import { type Argument, type Command, type CommanderError, Help, Option } from 'commander';

/** A call that makes no sense: everything that is wrong with it, and whose help says how it is called. */
export class CallError extends Error {
  override readonly name = 'CallError';
  readonly code: string;
  /** For example `duecourse submit`. */
  readonly path: string;

  constructor(code: string, sentence: string, path: string) {
    super(sentence);
    this.code = code;
    this.path = path;
  }
}

/** Options that a call must have. Commander itself would name the first that is missing, and stop. */
const required = new WeakSet<Option>();

/** What every command below `program` has: errors that are thrown, all that is missing said at once, help that fits the screen. */
export function shapeCalls(program: Command): void {
  program
    // `--version` and `--debug` of the program stand before a command; a command may have an option of the same name.
    .enablePositionalOptions()
    .configureOutput({ outputError: () => undefined })
    .configureHelp({ subcommandTerm, optionDescription, padWidth, formatItem })
    .hook('preAction', (_program, action) => mustBeComplete(action));
  shape(program);
}

function shape(command: Command): void {
  command.exitOverride((error) => {
    throw callErrorOf(error, command);
  });
  for (const option of command.options) {
    if (!option.mandatory) continue;
    required.add(option);
    option.mandatory = false;
  }
  for (const child of command.commands) {
    child.copyInheritedSettings(command);
    if (!child.options.some((each) => each.long === '--debug'))
      child.addOption(new Option('--debug', 'show where an error comes from').hideHelp());
    shape(child);
  }
}

function callErrorOf(error: CommanderError, command: Command): Error {
  // Help that was asked for, or that stands where a command is missing.
  if (error.exitCode === 0 || error.code === 'commander.help') return error;
  if (error.code === 'commander.missingArgument') return missingError(command);
  return new CallError(error.code, error.message.replace(/^error: /, ''), pathOf(command));
}

/** @throws CallError naming each option that the call lacks */
function mustBeComplete(command: Command): void {
  if (missingOf(command).length > 0) throw missingError(command);
}

function missingError(command: Command): CallError {
  const missing = missingOf(command);
  const [only] = missing;
  const sentence =
    only !== undefined && missing.length === 1
      ? `missing required ${only.what} ${only.name}${only.why === '' ? '' : `: ${only.why}`}`
      : `${missing.length} things are missing:\n${missing.map(({ name, why }) => `  ${name.replace(/^'(.*)'$/, '<$1>').padEnd(18)}  ${why}`.trimEnd()).join('\n')}`;
  return new CallError('commander.missing', sentence, pathOf(command));
}

interface Missing {
  what: 'argument' | 'option';
  name: string;
  why: string;
}

function missingOf(command: Command): Missing[] {
  const lacks = (argument: Argument, index: number): boolean => argument.required && command.args.length <= index;
  return [
    ...command.registeredArguments
      .filter(lacks)
      .map((each): Missing => ({ what: 'argument', name: `'${each.name()}'`, why: each.description })),
    ...command.options
      .filter((each) => required.has(each) && command.getOptionValue(each.attributeName()) === undefined)
      .map((each): Missing => ({ what: 'option', name: asTyped(each), why: each.description })),
  ];
}

/** `--reason <text>` as a sentence has it: `--reason TEXT`. */
const asTyped = ({ flags }: Option): string => flags.replace(/<[^>]*>/, (place) => place.slice(1, -1).toUpperCase());

/** For example `duecourse calendar add`. */
export function pathOf(command: Command): string {
  return command.parent === null ? command.name() : `${pathOf(command.parent)} ${command.name()}`;
}

/** A command with what it must be given; that it has options goes without saying. */
const subcommandTerm = (command: Command): string =>
  [
    command.name(),
    ...command.registeredArguments.map((each) => (each.required ? `<${each.name()}>` : `[${each.name()}]`)),
  ].join(' ');

const usual = new Help();

function optionDescription(option: Option): string {
  const described = usual.optionDescription(option);
  return required.has(option) ? `${described} (required)` : described;
}

/** The widest term beside which a description still has room. */
const MAX_TERM = 26;

const padWidth = (command: Command, helper: Help): number => Math.min(MAX_TERM, usual.padWidth(command, helper));

/** A term and its description, which is wrapped to the screen beside it, or below it where the term is long. */
function formatItem(term: string, termWidth: number, description: string, helper: Help): string {
  if (description === '') return `  ${term}`;
  const indent = ' '.repeat(termWidth + 4);
  const width = Math.max(30, (helper.helpWidth ?? 80) - indent.length);
  const text = helper.boxWrap(description, width).replaceAll('\n', `\n${indent}`);
  const shown = helper.displayWidth(term) > termWidth ? `${term}\n${indent}` : `${term.padEnd(termWidth)}  `;
  return `  ${shown}${text}`;
}
