/** How a call ends: done; refused or failed; called in a way that makes no sense. */
export const EXIT = { done: 0, failed: 1, usage: 2 } as const;
