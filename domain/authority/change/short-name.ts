/** The longest short name that a file may have. */
const MAX = 80;

/**
 * A short name made from what something is called, other than those that are taken.
 *
 * @example
 * shortName('Head of Children’s Services', []) // 'head-of-childrens-services'
 */
export function shortName(title: string, taken: readonly string[]): string {
  const plain = title
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/['’]|\p{M}/gu, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, MAX - 4)
    .replaceAll(/^-+|-+$/g, '');
  const name = plain === '' ? 'new' : plain;
  if (!taken.includes(name)) return name;
  let n = 2;
  while (taken.includes(`${name}-${n}`)) n++;
  return `${name}-${n}`;
}
