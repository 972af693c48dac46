/** Why something can't be encrypted or read: a word a program may test. */
export type EncryptionProblemCode = 'bad-keys' | 'unknown-key' | 'not-authentic' | 'wrong-authority' | 'too-large';

/** What the operator has to mend; its sentence never holds a key, nor anything that was encrypted. */
export class EncryptionProblem extends Error {
  override readonly name = 'EncryptionProblem';
  readonly code: EncryptionProblemCode;

  constructor(code: EncryptionProblemCode, sentence: string) {
    super(sentence);
    this.code = code;
  }
}
