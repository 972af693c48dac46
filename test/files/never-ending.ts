const lines = (n: number, line: (n: number) => string): string =>
  Array.from({ length: n }, (_, index) => line(index)).join('\n');

/** Texts that look small and would take a reader minutes, each by another way. */
export const NEVER_ENDING: readonly [what: string, text: () => string][] = [
  ['20,000 keys', () => lines(20_000, (n) => `k${n}: 1`)],
  ['30,000 keys within one key', () => `title:\n${lines(30_000, (n) => `  k${n}: 1`)}`],
  ['30,000 keys in braces', () => `{${lines(30_000, (n) => `k${n}: 1,`)}}`],
  ['30,000 times the same key', () => lines(30_000, () => 'title: x')],
  ['30,000 keys that are lists', () => lines(30_000, (n) => `? [${n}]\n: 1`)],
  ['lists within lists', () => '['.repeat(200_000)],
  ['mappings within mappings', () => '{a: '.repeat(30_000)],
  ['list marks on one line', () => '- '.repeat(30_000)],
  ['key marks on one line', () => '? '.repeat(30_000)],
  ['ever deeper lines', () => lines(1200, (n) => `${' '.repeat(n)}a:`)],
  [
    'an alias bomb',
    () =>
      `a: &a [x,x,x,x,x,x,x,x,x]\n${lines(20, (n) => `b${n}: &b${n} [${`*${n === 0 ? 'a' : `b${n - 1}`}, `.repeat(9)}]`)}`,
  ],
  ['a long list behind forty aliases', () => `x: &x [${'1,'.repeat(50_000)}]\nactions: [${'*x,'.repeat(40)}]`],
  ['10,000 anchors, each with its alias', () => lines(10_000, (n) => `- &a${n} x\n- *a${n}`)],
  ['an alias of itself', () => 'a: &a [*a]'],
  ['30,000 errors', () => '}\n'.repeat(30_000)],
  ['30,000 wrong values', () => `actions: [${'1,'.repeat(30_000)}]`],
  ['30,000 wrong keys, each like a right one', () => lines(30_000, (n) => `titel${n}: 1`)],
  ['a text never closed', () => `title: "${'a\n'.repeat(30_000)}`],
  ['a line of a megabyte of colons', () => `title: ${'a: '.repeat(300_000)}`],
  ['tags without end', () => '!a '.repeat(30_000)],
  ['directives', () => '%YAML 1.2\n'.repeat(50_000)],
  ['documents', () => '---\n'.repeat(30_000)],
  ['comments', () => '# a\n'.repeat(80_000)],
  ['spaces', () => ' '.repeat(900_000)],
  ['carriage returns', () => '\r'.repeat(900_000)],
  ['a longer text than is read', () => `title: ${'x'.repeat(4 * 1024 * 1024)}`],
];
