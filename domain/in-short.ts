/** As much of a line as fits in so many characters; what is cut off ends in an ellipsis. */
export const inShort = (text: string, max: number): string =>
  text.length <= max ? text : `${text.slice(0, max - 1).trimEnd()}…`;
