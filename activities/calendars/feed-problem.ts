/** The source of bank holidays can't be read, or holds something else: in a sentence for an administrator. */
export class FeedProblem extends Error {
  override readonly name = 'FeedProblem';
}
