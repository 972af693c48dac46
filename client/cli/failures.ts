import { CommanderError } from 'commander';
import { CalendarError } from '../../domain/calendar/calendar-error.ts';
import { Refusal } from '../../domain/refusal.ts';
import { EnvironmentProblems } from '../../domain/schemas/environment.ts';
import { BadRequest } from '../bad-request.ts';
import { EngineProblem } from '../engine-problem.ts';
import { failureOf, failureSentence } from '../failure.ts';
import { FAILURE_WORDS } from '../failure-words.ts';
import { FileProblems } from '../files/file-problems.ts';
import { colours } from './terminal.ts';
import { NoInspectionRef } from '../../domain/inspection-ref.ts';
import { inspect } from 'node:util';
import { CallError } from './calls.ts';

/** Done; refused or failed; called in a way that makes no sense. */
export const EXIT = { done: 0, failed: 1, usage: 2 } as const;

/** Something the person got wrong in the call itself. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Mistakes and outages a person can mend: their sentence is all there is to say. */
const SENTENCES = [Refusal, CalendarError, EnvironmentProblems, BadRequest, EngineProblem, FileProblems];
/** The same, from parts that name their errors only: they are not loaded for commands that need no server. */
const NAMES = new Set([
  'RegisterUnreachable',
  'TemporalUnreachable',
  'PartMissing',
  'PartProblem',
  'AccessDenied',
  'AlreadyRunning',
  'MailFailure',
  'CannotListen',
  'CannotServe',
  'FeedProblem',
  'EncryptionProblem',
]);

/** What is said of an error: its code for programs, the sentence for people, and whether there is more to be seen. */
interface Said {
  code: string;
  sentence: string;
  /** For whoever runs duecourse: where to look; undefined where the sentence says it all. */
  look?: string;
}

const UNFORESEEN =
  'This failed in a way that nobody foresaw; it is not a mistake of yours. Look whether what you asked for has been done before you ask again.';

/** Says what went wrong and gives the exit code. An error's own words and stack only where `--debug` asks for them. */
export function report(error: unknown, options: { debug: boolean; json: boolean }): number {
  // Help and the version: not errors, unless a command was missing.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
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

function saidOf(error: unknown): Said {
  if (error instanceof Error && isSentence(error)) return { code: codeOf(error), sentence: error.message };
  const failure = failureOf(error);
  if (failure === undefined) return { code: 'unforeseen', sentence: UNFORESEEN, look: 'where it comes from' };
  return { code: failure.kind, sentence: failureSentence(failure), look: FAILURE_WORDS[failure.kind].look };
}

const isSentence = (error: Error): boolean =>
  isUsage(error) || SENTENCES.some((kind) => error instanceof kind) || NAMES.has(error.name);

/** An error with its stack, and what caused it with theirs, from the outside in. */
function causesOf(error: unknown): string[] {
  if (!(error instanceof Error)) return error === undefined ? [] : [inspect(error)];
  return [error.stack ?? error.message, ...causesOf(error.cause).map((each) => `caused by: ${each}`)];
}

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
