import { CalendarError } from '../domain/calendar/calendar-error.ts';
import { NoInspectionRef } from '../domain/inspection-ref.ts';
import { Refusal } from '../domain/refusal.ts';
import { EnvironmentProblems } from '../domain/schemas/environment.ts';
import { failureOf, failureSentence } from './failure.ts';
import { FAILURE_WORDS } from './failure-words.ts';

/** Mistakes and outages a person can mend: their sentence is all there is to say. */
const SENTENCES = [Refusal, CalendarError, EnvironmentProblems, NoInspectionRef];
/**
 * The same, of layers above this one and of parts that are loaded only by who needs a server. That no class of errors is
 * forgotten here is tested.
 */
const NAMES = new Set([
  'BadRequest',
  'EngineProblem',
  'FileProblems',
  'PageProblem',
  'UsageError',
  'CallError',
  'TimeTravelFailed',
  'RegisterUnreachable',
  'RegisterUnfit',
  'CannotRecover',
  'OtherInstallation',
  'OutsideProblem',
  'TemporalUnreachable',
  'NamespaceMissing',
  'WrongSearchAttribute',
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
export interface ErrorWords {
  code: string;
  sentence: string;
  /** For whoever runs duecourse: where to look; undefined where the sentence says it all. */
  look?: string;
}

const UNFORESEEN =
  'This failed in a way that nobody foresaw; it is not a mistake of yours. Look whether what you asked for has been done before you ask again.';

/** Any error in words that a person can act on; its own only where they are meant for people. */
export function errorWords(error: unknown): ErrorWords {
  if (error instanceof Error && isSentence(error)) return { code: codeOf(error), sentence: error.message };
  const failure = failureOf(error);
  if (failure === undefined) return { code: 'unforeseen', sentence: UNFORESEEN, look: 'where it comes from' };
  return { code: failure.kind, sentence: failureSentence(failure), look: FAILURE_WORDS[failure.kind].look };
}

const isSentence = (error: Error): boolean => SENTENCES.some((kind) => error instanceof kind) || NAMES.has(error.name);

export const codeOf = (error: Error): string =>
  'code' in error && typeof error.code === 'string' ? error.code : error.name;
