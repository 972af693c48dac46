import { codeOf, errorWords, type ErrorWords } from '../../platform/error-words.ts';
import { colours } from './terminal.ts';
import { NoInspectionRef } from '../../domain/inspection-ref.ts';
import { inspect } from 'node:util';
import { CallError } from './calls.ts';
import { EXIT } from './exit.ts';
import { UsageError } from './usage-error.ts';

/** Says what went wrong and gives the exit code. An error's own words and stack only where `--debug` asks for them. */
export function report(error: unknown, options: { debug: boolean; json: boolean }): number {
  const { code, sentence, look } = saidOf(error);
  if (options.json) process.stderr.write(`${JSON.stringify({ error: { code, message: sentence } })}\n`);
  else process.stderr.write(`${colours.red('duecourse:')} ${sentence}\n`);
  if (error instanceof CallError && !options.json)
    process.stderr.write(colours.dim(`How it is called: ${error.path} --help\n`));
  if (options.debug) process.stderr.write(`${causesOf(error).join('\n')}\n`);
  else if (look !== undefined && !options.json)
    process.stderr.write(
      colours.dim(`For whoever runs duecourse: see ${look}; with --debug this command shows the error's own words.\n`),
    );
  return isUsage(error) ? EXIT.usage : EXIT.failed;
}

const USAGE = [UsageError, CallError, NoInspectionRef];
const isUsage = (error: unknown): boolean => USAGE.some((kind) => error instanceof kind);

const saidOf = (error: unknown): ErrorWords =>
  error instanceof Error && isUsage(error) ? { code: codeOf(error), sentence: error.message } : errorWords(error);

/** An error with its stack, and what caused it with theirs, from the outside in. */
function causesOf(error: unknown): string[] {
  if (!(error instanceof Error)) return error === undefined ? [] : [inspect(error)];
  return [error.stack ?? error.message, ...causesOf(error.cause).map((each) => `caused by: ${each}`)];
}
