import { RegisterUnreachable } from '../../register/register-unreachable.ts';
import { RegisterUnfit } from '../../register/register-unfit.ts';
import { Refusal } from '../../domain/refusal.ts';
import { BadRequest } from '../bad-request.ts';
import { EngineProblem, type EngineProblemCode } from '../engine-problem.ts';
import { failureOf, officerSentence } from '../../platform/failure.ts';
import { mapTable } from '../../domain/closed-table.ts';
import { ENGINE_WORDS, type EngineTrouble, officerWords } from '../engine-words.ts';
import { FileProblems } from '../files/file-problems.ts';

/** A page that can't be given: what to tell the reader. */
export class PageProblem extends Error {
  override readonly name = 'PageProblem';
  readonly status: Status;
  readonly title: string;

  constructor(status: Status, title: string, sentence: string) {
    super(sentence);
    this.status = status;
    this.title = title;
  }
}

type Status = 400 | 401 | 403 | 404 | 405 | 409 | 413 | 415 | 421 | 422 | 429 | 500 | 503;

/** What went wrong, as RFC 9457 has it: for pages and for programs alike. */
export interface Problem {
  status: Status;
  /** A stable word a program may test. */
  code: string;
  title: string;
  detail: string;
  /** The field of what was sent of which it speaks, by its name there. */
  field?: string | undefined;
  /** Its own words belong in the log: the detail leaves out what only whoever runs duecourse can mend. */
  forOperator?: boolean;
}

export const notFound = (): PageProblem =>
  new PageProblem(404, 'Page not found', 'Check the address. It may also belong to a council that you don’t work for.');

/** So many files are being read that another has to wait. @param nothing what of it was done: 'Nothing was changed.' */
export const tooManyFiles = (nothing: string): PageProblem =>
  new PageProblem(503, 'Too many files at once', `${nothing} Please try again in a few minutes.`);

export const notYours = (what: string): PageProblem =>
  new PageProblem(403, 'Your role may not do this', `${what} Ask your administrator if you think that it should.`);

/** The problem behind an error; undefined where nobody foresaw it. */
export function problemOf(error: unknown): Problem | undefined {
  if (error instanceof PageProblem)
    return { status: error.status, code: `http-${error.status}`, title: error.title, detail: error.message };
  if (error instanceof Refusal)
    return {
      status: error.code === 'not-permitted' ? 403 : 422,
      code: error.code,
      title: 'The inspection refused this',
      detail: error.message,
      field: error.field,
    };
  if (error instanceof BadRequest)
    return { status: 422, code: 'bad-request', title: 'What was given can’t be used', detail: error.message };
  if (error instanceof FileProblems)
    return { status: 422, code: 'bad-file', title: 'The file can’t be used', detail: error.message };
  if (error instanceof EngineProblem) return engineProblem(error);
  if (error instanceof RegisterUnreachable || error instanceof RegisterUnfit)
    return {
      ...UNABLE,
      code: error instanceof RegisterUnfit ? 'register-unfit' : 'register-unreachable',
      detail: 'The record can’t be reached at the moment. Nothing was changed. Please try again in a few minutes.',
    };
  const failure = failureOf(error);
  if (failure === undefined) return undefined;
  return { ...UNABLE, code: failure.kind, detail: officerSentence(failure), forOperator: true };
}

/** What nobody foresaw: whoever only read has changed nothing; of anything else nothing is known. */
export const unforeseenProblem = (method: string): Problem => ({
  status: 500,
  code: 'unforeseen',
  title: 'Something went wrong',
  detail: ['GET', 'HEAD'].includes(method)
    ? 'Nothing was changed. Please try again in a moment.'
    : 'It is not known whether what you asked for has been done: look before you ask for it again.',
});

const UNABLE = { status: 503, title: 'Sorry, there is a problem' } as const;

function engineProblem({ code }: EngineProblem): Problem {
  return { code, ...OF_ENGINE[code] };
}

const engineTrouble = (trouble: EngineTrouble): Omit<Problem, 'code'> => ({ ...UNABLE, detail: officerWords(trouble) });

const OF_ENGINE: Readonly<Record<EngineProblemCode, Omit<Problem, 'code'>>> = {
  'unknown-reference': { status: 404, title: 'Page not found', detail: 'There is no such inspection.' },
  'already-started': {
    status: 409,
    title: 'It has been started already',
    detail: 'This council has, or had, an inspection of this reference. Give it another reference.',
  },
  'access-denied': engineTrouble('unreachable'),
  ...mapTable(ENGINE_WORDS, (_words, trouble) => engineTrouble(trouble)),
};

/** What is said of one of several that failed; what nobody foresaw goes to the log, and a sentence stands in its place. */
export function detailOf(error: unknown, onError: (error: Error) => void, otherwise: string): string {
  const problem = problemOf(error);
  if (problem === undefined) onError(error instanceof Error ? error : new Error(String(error)));
  return problem?.detail ?? otherwise;
}
