import { CommanderError } from 'commander';
import { CalendarError } from '../../domain/calendar/calendar-error.ts';
import { Refusal } from '../../domain/refusal.ts';
import { EnvironmentProblems } from '../../domain/schemas/environment.ts';
import { BadRequest } from '../bad-request.ts';
import { EngineProblem } from '../engine-problem.ts';
import { FileProblems } from '../files/file-problems.ts';
import { colours } from './terminal.ts';

/** Done; refused or failed; called in a way that makes no sense. */
export const EXIT = { done: 0, failed: 1, usage: 2 } as const;

/** Something the person got wrong in the call itself. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Mistakes and outages a person can mend: their sentence is all there is to say. */
const SENTENCES = [Refusal, CalendarError, EnvironmentProblems, BadRequest, EngineProblem, FileProblems];
/** The same, from parts that name their errors only. */
const NAMES = new Set([
  'RegisterUnreachable',
  'RegisterUnfit',
  'PartMissing',
  'AccessDenied',
  'AlreadyRunning',
  'MailFailure',
  'CannotListen',
  'FeedProblem',
  'EncryptionProblem',
]);

/** Says what went wrong and gives the exit code. No stack trace, unless `--debug` asks for it. */
export function report(error: unknown, options: { debug: boolean; json: boolean }): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
  const usage = error instanceof UsageError;
  const known =
    usage || SENTENCES.some((kind) => error instanceof kind) || (error instanceof Error && NAMES.has(error.name));
  const message = error instanceof Error ? error.message : String(error);
  if (options.json) process.stderr.write(`${JSON.stringify({ error: { code: codeOf(error), message } })}\n`);
  else process.stderr.write(`${colours.red('duecourse:')} ${message}\n`);
  if (options.debug && error instanceof Error)
    process.stderr.write(`${error.stack ?? ''}\n${error.cause instanceof Error ? (error.cause.stack ?? '') : ''}\n`);
  else if (!known)
    process.stderr.write('This is not a mistake of yours. Run it again with --debug to see where it comes from.\n');
  return usage ? EXIT.usage : EXIT.failed;
}

function codeOf(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string')
    return error.code;
  return error instanceof Error ? error.name : 'unknown';
}
