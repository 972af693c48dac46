import { PageProblem } from '../problems.ts';

/** Somebody whom the provider has sent back, and who is not let in. */
export class NotLetIn extends PageProblem {
  /** For the log: names of claims and kinds of errors, never a value. */
  readonly why: string;

  constructor(status: 400 | 403 | 503, sentence: string, why: string, title = 'You were not signed in') {
    super(status, title, sentence);
    this.why = why;
  }
}
