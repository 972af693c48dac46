/**
 * The ladder where nobody sets another, and each part of one that a file leaves out: 20, 10, 5, 2 and 0 working days before to
 * the owner; 1 working day late to the owner's manager, 5 to the director, 10 to the chief executive, then every 5. The lead
 * member, where there is one, is told at 15, once, for information.
 */
export const DEFAULT_LADDER = {
  before: [20, 10, 5, 2, 0],
  after: [
    { n: 1, to: 'manager' as const },
    { n: 5, to: 'director' as const },
    { n: 10, to: 'chief-executive' as const },
  ],
  inform: 15,
  repeatEvery: 5,
};
