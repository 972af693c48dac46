import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDocument, stringify } from 'yaml';
import { FileProblems } from '../../../client/files/file-problems.ts';
import { YAML_LIMITS } from '../../../client/files/yaml-bounds.ts';
import { loadInspection } from '../../../client/files/load.ts';
import { loadStart } from '../../../client/files/load-start.ts';
import { YamlFile } from '../../../client/files/yaml-file.ts';
import { inspection } from '../../../domain/schemas/inspection.ts';
import { NEVER_ENDING } from '../never-ending.ts';

const { authority } = loadStart('examples/middlesbrough-2016.yaml').facts;
/** In milliseconds of the processor, whoever else uses it. Each took minutes or all memory once, or would: a mapping's keys compared with each other took 41 s for 149 KB. */
const SOON_MS = 10_000;

function outcome(
  text: string,
  use = (file: YamlFile): unknown => file.parse(inspection),
): { data: unknown } | { problems: FileProblems } {
  try {
    const file = YamlFile.of(text, 'x.yaml');
    use(file);
    return { data: file.data };
  } catch (error) {
    if (error instanceof FileProblems) return { problems: error };
    throw error;
  }
}

describe('a text made to keep its reader busy', () => {
  it.each(NEVER_ENDING)('%s is refused soon, in few words', (_what, text) => {
    const begun = process.cpuUsage();
    const answer = outcome(text(), (file) => loadInspection(file, authority));
    const { user, system } = process.cpuUsage(begun);
    expect((user + system) / 1000).toBeLessThan(SOON_MS);
    expect('problems' in answer && answer.problems.message.split('\n').length).toBeLessThan(250);
  });

  const { text, values, depth, aliases } = YAML_LIMITS;
  const listOf = (n: number, item: string) => `[${Array.from({ length: n }, () => item).join(', ')}]`;
  const list = (n: number, item: string) => `x: ${listOf(n, item)}`;
  it.each([
    ['characters', (n: number) => `x: ${'a'.repeat(n - 3)}`, text],
    ['lists in each other', (n: number) => `x: ${'['.repeat(n - 1)}${']'.repeat(n - 1)}`, depth],
    ['values', (n: number) => list(n - 3, 'a'), values],
    ['aliases and anchors', (n: number) => `a: &a 1\n${list(n - 1, '*a')}`, aliases],
    ['values behind aliases', (n: number) => `a: &a ${listOf((n - 8) / 4, '1')}\nb: [*a, *a, *a]`, values],
  ])('as many %s as may be are read, more are not', (_what, textOf, most) => {
    expect(() => YamlFile.of(textOf(most), 'x.yaml')).not.toThrow();
    expect(() => YamlFile.of(textOf(most + (most === values ? 4 : 1)), 'x.yaml')).toThrow(FileProblems);
  });
});

describe('what is read is what the library reads', () => {
  const key = fc.oneof(fc.constantFrom('a', 'b', 'true', '1', 'a b'), fc.string({ unit: 'grapheme', maxLength: 6 }));
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.string({ unit: 'grapheme', maxLength: 20 }),
      fc.integer(),
      fc.boolean(),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(
        key.filter((each) => each !== '__proto__'),
        tie('value'),
        { maxKeys: 4 },
      ),
    ),
  }));

  it('of any values', () => {
    fc.assert(
      fc.property(fc.record({ top: value }), (data) => {
        const text = stringify(data);
        expect(YamlFile.of(text, 'x.yaml').data).toEqual(parseDocument(text, { schema: 'core' }).toJS());
      }),
      { numRuns: 300 },
    );
  });

  it('a key that stands twice is found where the library finds it', () => {
    const line = fc.record({ indent: fc.constantFrom('', '  '), key: fc.constantFrom('a', 'b', '"a"', '1', '0x1') });
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 6 }), (lines) => {
        const text = `top:\n${lines.map((each) => ` ${each.indent}${each.key}: x\n`).join('')}`;
        const { errors } = parseDocument(text, { schema: 'core', uniqueKeys: true, prettyErrors: false });
        fc.pre(errors.every(({ code }) => code === 'DUPLICATE_KEY'));
        const answer = outcome(text);
        const said = 'problems' in answer ? answer.problems.problems.filter((each) => /twice/.test(each.expected)) : [];
        expect(said).toHaveLength(errors.length);
      }),
      { numRuns: 100 },
    );
  });
});
