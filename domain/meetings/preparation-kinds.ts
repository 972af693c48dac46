/** What is made ready for a meeting: each is called after its duty, with one of these behind it. */
export const PREPARATION_KINDS = ['report', 'agenda', 'notice', 'private-notice', 'private-statement'] as const;

export type PreparationKind = (typeof PREPARATION_KINDS)[number];
