/**
 * The register does not know what a lifecycle takes it to know, or knows otherwise: trying again can't help, an operator has
 * to mend it. Its message is a sentence's part for the operator, without a full stop.
 */
export class Diverged extends Error {
  override readonly name: string = 'Diverged';
}

/** The same number was used for two different things: one of two lifecycles writes over the other. */
export class EntryConflict extends Diverged {
  override readonly name = 'EntryConflict';
}

/** The register ends before, or after, the place at which a lifecycle goes on. */
export class EntryGap extends Diverged {
  override readonly name = 'EntryGap';
}
