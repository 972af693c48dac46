/** Something the person got wrong in the call itself. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
