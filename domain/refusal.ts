/**
 * A person asked for something that can't be done: a wrong state, a wrong role, a date that makes no sense.
 * It is never retried; its sentence is shown to that person as it stands.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: RefusalCode;

  constructor(code: RefusalCode, sentence: string) {
    super(sentence);
    this.code = code;
  }
}

/** Why something was refused: stable words that a program may test, beside the sentence for people. */
export type RefusalCode =
  | 'unknown-milestone'
  | 'unknown-decision'
  | 'unknown-role'
  | 'unknown-rule'
  | 'unknown-question'
  | 'unknown-session'
  | 'wrong-authority'
  | 'not-permitted'
  | 'wrong-state'
  | 'wrong-date'
  | 'statutory-date'
  | 'missing-reason'
  | 'duplicate'
  | 'window-closed'
  | 'too-few'
  | 'too-large'
  | 'duties-open'
  | 'unknown-command'
  | 'inspection-closed'
  | 'register-differs';
