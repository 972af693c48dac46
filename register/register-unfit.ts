/** The database is there, and is not one that this version of duecourse can work with; the sentence says what to do. */
export class RegisterUnfit extends Error {
  override readonly name = 'RegisterUnfit';
  readonly code = 'register-unfit';
}
