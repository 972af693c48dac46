import { RegisterUnreachable } from '../../register/register-unreachable.ts';
import { RegisterUnfit } from '../../register/register-unfit.ts';
import { Refusal } from '../../domain/refusal.ts';
import { BadRequest } from '../bad-request.ts';
import { EngineProblem, type EngineProblemCode } from '../engine-problem.ts';
import { failureOf, officerSentence } from '../failure.ts';
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
  /** Its own words belong in the log: the detail leaves out what only whoever runs duecourse can mend. */
  forOperator?: boolean;
}

export const notFound = (): PageProblem =>
  new PageProblem(404, 'Page not found', 'Check the address. It may also belong to a council that you don’t work for.');

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

const UNABLE = { status: 503, title: 'Sorry, there is a problem' } as const;

const engineProblem = ({ code }: EngineProblem): Problem => ({ code, ...ENGINE_PROBLEMS[code] });

const AWAY = 'The engine can’t be reached at the moment. Nothing was changed. Please try again in a few minutes.';

const ENGINE_PROBLEMS: Record<EngineProblemCode, Omit<Problem, 'code'>> = {
  'unknown-reference': { status: 404, title: 'Page not found', detail: 'There is no such inspection.' },
  'already-started': {
    status: 409,
    title: 'It has been started already',
    detail: 'This council has, or had, an inspection of this reference. Give it another reference.',
  },
  unreachable: { ...UNABLE, detail: AWAY },
  'access-denied': { ...UNABLE, detail: AWAY },
  'no-worker': {
    ...UNABLE,
    detail:
      'The engine took the request but has not answered yet. It may not have been carried out: look again in a few minutes, and ask again if it has not.',
  },
  stuck: {
    ...UNABLE,
    detail:
      'This inspection can’t go on at the moment. Nothing was changed, and nothing is lost. Please try again in a few minutes; if it stays like this, tell whoever runs duecourse.',
  },
};
