/** A sentence without its full stop, to stand inside another. */
export const unstopped = (sentence: string): string => sentence.replace(/\.$/, '');
