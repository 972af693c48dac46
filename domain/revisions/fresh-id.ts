/** Letters of a name that is made from a title: it stands in addresses and in mail. */
const MAX_LETTERS = 40;

/**
 * A short name for something new, made from its title: none that is taken.
 *
 * @example freshId('Put one supervision standard in place', new Set()) // 'put-one-supervision-standard-in-place'
 */
export function freshId(title: string, taken: ReadonlySet<string>): string {
  const words = title
    .normalize('NFKD')
    .replaceAll(/[\u0300-\u036F’']/g, '')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  const [first = 'item', ...others] = words;
  let stem = first.slice(0, MAX_LETTERS);
  for (const word of others) {
    if (stem.length + word.length >= MAX_LETTERS) break;
    stem = `${stem}-${word}`;
  }
  for (let n = 1; ; n++) {
    const id = n === 1 ? stem : `${stem}-${n}`;
    if (!taken.has(id)) return id;
  }
}

/**
 * A number or name as somebody writes it, as a short name; empty where it has neither letters nor digits.
 *
 * @example nameOfNumber('XVII.') // 'xvii'
 * @example nameOfNumber('2 (a)') // '2-a'
 */
export const nameOfNumber = (number: string): string =>
  number
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((each) => each !== '')
    .join('-');
