/** More than so many names nobody reads in a sentence. */
const MAX_NAMED = 20;

/** Names as a sentence lists them, however many there are: `someOf(['a', 'b'])` is 'a, b', of hundreds 'a, b, … and 480 more'. */
export function someOf(names: readonly string[], max = MAX_NAMED): string {
  const shown = names.slice(0, max).join(', ');
  return names.length > max ? `${shown} and ${names.length - max} more` : shown;
}
