/** Why the engine can't do what was asked, where it is not a refusal by the lifecycle itself. */
export type EngineProblemCode =
  | 'unreachable'
  | 'not-let-in'
  | 'already-started'
  | 'unknown-reference'
  | 'no-worker'
  | 'failed-to-start';

/** Something a person can mend: its sentence says what is wrong and what to do. */
export class EngineProblem extends Error {
  override readonly name = 'EngineProblem';
  readonly code: EngineProblemCode;

  constructor(code: EngineProblemCode, sentence: string) {
    super(sentence);
    this.code = code;
  }
}

/** This council has, or had, an inspection of this reference. */
export function alreadyStarted(reference: string): EngineProblem {
  return new EngineProblem(
    'already-started',
    `${reference} has been started already. See it with: duecourse show ${reference}`,
  );
}
