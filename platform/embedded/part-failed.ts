/** A part that duecourse brings itself can't be had or used as things are: the sentence says what to do. */
export class PartProblem extends Error {
  override readonly name = 'PartProblem';
  readonly code = 'part-problem';
}

/** A part that duecourse brings itself did not come up: its own words are the cause, and stand in its log. */
export class PartFailed extends Error {
  override readonly name = 'PartFailed';
  readonly code = 'part-failed';

  /**
   * @param what a clause, for example `The Temporal server ended while starting`
   * @param log the file in which it says why
   * @param words the last of what it said
   */
  constructor(what: string, log: string, words: string) {
    super(`${what}. Its log says why: ${log}`, { cause: new Error(words) });
  }
}
