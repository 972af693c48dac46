import { CommanderError } from 'commander';
import { EXIT } from './exit.ts';

/** The exit code of a call that commander has answered itself: help, the version, bad usage; undefined where something else is wrong. */
export function exitOfAnswered(error: unknown): number | undefined {
  if (!(error instanceof CommanderError)) return undefined;
  // Help and the version: not errors, unless a command was missing.
  return error.exitCode === 0 ? EXIT.done : EXIT.usage;
}
