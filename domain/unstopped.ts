/** A sentence without its full stop, to stand inside another. */
export const unstopped = (sentence: string): string => sentence.replace(/\.$/, '');

/**
 * Sentences with one end each: what somebody has said in their own words ends as they have ended it, and the sentence around it has a
 * full stop as well. An ellipsis stays.
 *
 * @example
 * oneStop('Put on hold: a review is awaited.. It is due as before.') // 'Put on hold: a review is awaited. It is due as before.'
 */
export const oneStop = (text: string): string =>
  text.replaceAll(/(?<!\.)\.\.(?=\s|$)/g, '.').replaceAll(/([?!])\.(?=\s|$)/g, '$1');
