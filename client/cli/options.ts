import { readDate } from '../../domain/schemas/date-mistake.ts';
import { Argument, InvalidArgumentError, Option } from 'commander';
import { type InspectionRef, parseInspectionRef } from '../../domain/inspection-ref.ts';

/** A date as the command line takes it: YYYY-MM-DD, and it must exist. */
export function parseDate(text: string): string {
  const read = readDate(text);
  if ('date' in read) return read.date;
  throw new InvalidArgumentError(
    read.wrong === 'written'
      ? `"${text}" is not written as YYYY-MM-DD: write ${read.meant}.`
      : `"${text}" ${WRONG[read.wrong]}`,
  );
}

const WRONG = {
  year: 'has no year of four digits from 1900 on; write it as YYYY-MM-DD, for example 2016-02-19.',
  late: 'is after 2199: look at the year.',
  none: 'is not a date that exists; write it as YYYY-MM-DD, for example 2016-02-19.',
} as const;

export function dateOption(flags: string, description: string): Option {
  return new Option(flags, description).argParser(parseDate);
}

/** Of which day a document is made again. */
export const onOption = (): Option =>
  dateOption('--on <date>', 'as it stood at the end of this day, by the register alone (default: now)');

export function parseWholeNumber(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError(`"${text}" is not a whole number.`);
}

/** The same of how many are wanted: one at least. */
export function parseCount(text: string): number {
  const count = parseWholeNumber(text);
  if (count > 0) return count;
  throw new InvalidArgumentError('expected 1 or more.');
}

/** One more of the inspections that a command is about. */
export const parseRefs = (text: string, before: InspectionRef[] = []): InspectionRef[] => [
  ...before,
  parseInspectionRef(text),
];

/** The inspection that a command is about, as parseInspectionRef takes it. */
export function inspectionArgument(): Argument {
  return new Argument('<ref>', 'the inspection, for example middlesbrough/2016').argParser(parseInspectionRef);
}

/** Everything that changes something says in which role; DUECOURSE_AS, or a configuration file, stands in for it. */
export function asOption(): Option {
  return new Option('--as <role>', "the role you act in, as the authority's file names it")
    .env('DUECOURSE_AS')
    .makeOptionMandatory();
}

export function byOption(): Option {
  return new Option('--by <id>', 'who you are, for the record').env('DUECOURSE_BY').default('command-line');
}
