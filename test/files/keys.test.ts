import { calendarOf } from '../../domain/lifecycle/state.ts';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { fileKind, FILE_KINDS, kindOfFile } from '../../client/files/file-kind.ts';
import { loadAuthorityFile } from '../../client/files/load.ts';
import { loadStart } from '../../client/files/load-start.ts';
import { referencePage, referencePageFile } from '../../client/files/reference-page.ts';
import { placesOf, type SchemaNode, valuesAt, written } from '../../client/files/schema-keys.ts';
import { YamlFile } from '../../client/files/yaml-file.ts';
import { preview } from '../../domain/preview/preview.ts';
import { line } from '../../domain/schemas/common.ts';
import { packageRoot } from '../../platform/package-root.ts';

/** The keys of a schema that say nothing of themselves, and the closed sets whose names do not. */
function undescribed(schema: z.ZodType): string[] {
  return placesOf(schema).flatMap(({ path, node }) => {
    const isKey = typeof path.at(-1) === 'string';
    const silent = isKey && (node.description ?? '').trim() === '';
    const names = typeof node.propertyNames === 'object' ? node.propertyNames : undefined;
    return silent || (names !== undefined && !isExplained(names)) ? [written(path)] : [];
  });
}

function isExplained(node: SchemaNode): boolean {
  const meanings = node['enumDescriptions'];
  return Array.isArray(meanings) && meanings.length === node.enum?.length && meanings.every(Boolean);
}

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'];

describe('every key says what it means', () => {
  it.each(fileKind.options)('of %s', (kind) => {
    expect(undescribed(FILE_KINDS[kind].schema)).toEqual([]);
  });

  it.each(fileKind.options)('and every name of a closed set of %s', (kind) => {
    const silent = placesOf(FILE_KINDS[kind].schema).flatMap(({ path, node }) =>
      node.enum === undefined || isExplained(node) || node.enum.every((name) => WEEKDAYS.includes(String(name)))
        ? []
        : [written(path)],
    );
    expect(silent).toEqual([]);
  });

  it('is refused where one does not, wherever it stands', () => {
    const silent = z.strictObject({
      told: line.describe('Told.'),
      plain: line,
      empty: line.optional().describe(' '),
      list: z.array(z.strictObject({ inner: line })).describe('A list.'),
      either: z.union([line, z.strictObject({ option: line })]).describe('One or the other.'),
      deeper: z
        .union([line, z.union([z.int(), z.strictObject({ option: line.default('x') })])])
        .optional()
        .describe('One of three.'),
      named: z.partialRecord(z.enum(['a', 'b']), z.strictObject({ value: line })).describe('By name.'),
    });
    expect(undescribed(silent)).toEqual([
      'plain',
      'empty',
      'list[].inner',
      'either.option',
      'deeper.option',
      'named',
      'named.<name>.value',
    ]);
  });
});

describe('the reference page', () => {
  it('is what the schemas make: if not, run npm run docs:files', () => {
    expect(readFileSync(referencePageFile(), 'utf8')).toBe(referencePage());
  });

  it('tells of each kind of file, of each key, of its default, and of parts told of once', () => {
    const page = referencePage();
    for (const kind of fileKind.options)
      for (const key of Object.keys(placesOf(FILE_KINDS[kind].schema)[0]?.node.properties ?? {}))
        expect(page).toContain(`| \`${key}\` |`);
    expect(page).toContain('| `sending.time` | a time of day | `"09:00"` |');
    expect(page).toContain('| `callIn.window` | [a period](#a-period) | needed |');
    expect(page).not.toContain('`callIn.window.n`');
    expect(page).not.toContain('`authority.roles[]');
    // Every link within the page leads to one of its headings.
    const headings = [...page.matchAll(/^#+ (.*)$/gm)].map(([, text = '']) => text.toLowerCase().replaceAll(' ', '-'));
    for (const [, anchor] of page.matchAll(/\]\(#([^)]+)\)/g)) expect(headings).toContain(anchor);
  });
});

const FOLDER = join('examples', 'every-key');
/** The example of each kind. */
const EXAMPLES = {
  inspection: join(FOLDER, 'inspection.yaml'),
  instrument: join(FOLDER, 'instrument.yaml'),
  authority: join(FOLDER, 'authority.yaml'),
  constitution: join(FOLDER, 'constitution.yaml'),
  'rule-pack': join(FOLDER, 'rule-pack.yaml'),
  'working-days': join(FOLDER, 'working-days.yaml'),
  'bank-holidays': join('rules', 'bank-holidays', 'bank-holidays.json'),
  'sign-offs': join(FOLDER, 'signed-off.yaml'),
} satisfies Record<(typeof fileKind.options)[number], string>;
const dataOf = (name: string): unknown => YamlFile.read(join(packageRoot(), name)).data;

describe('the example of every key', () => {
  it.each(fileKind.options)('uses each key of %s', (kind) => {
    const data = dataOf(EXAMPLES[kind]);
    expect(kindOfFile(data)).toBe(kind);
    const places = placesOf(FILE_KINDS[kind].schema)
      // An inspection names its authority by a path; the authority written out is an authority's file.
      .filter(({ path }) => !(kind === 'inspection' && path[0] === 'authority' && path.length > 1))
      .filter(({ path }) => typeof path.at(-1) === 'string');
    // A period, a citation or a ladder is the same wherever it stands: each of its keys is used in one of them.
    const parts = places.flatMap(({ path, node }) =>
      ['due', 'period', 'cycle', 'citation', 'ladder'].flatMap((part) =>
        node['part'] === part ? [{ part, path }] : [],
      ),
    );
    const nameOf = (path: (typeof places)[number]['path']) => {
      const outer = parts.find(
        (each) => each.path.length < path.length && each.path.every((step, index) => step === path[index]),
      );
      return outer === undefined ? written(path) : `${outer.part}: ${written(path.slice(outer.path.length))}`;
    };
    const used = new Set(places.filter(({ path }) => valuesAt(data, path).length > 0).map(({ path }) => nameOf(path)));
    const unused = [...new Set(places.map(({ path }) => nameOf(path)))].filter((name) => !used.has(name));
    expect(unused).toEqual([]);
  });

  it('loads, and all there is to look at before the start is what its constitution does not say', () => {
    const loaded = loadStart(join(packageRoot(), EXAMPLES.inspection), { now: new Date().toISOString() });
    expect(preview(loaded.facts, calendarOf(loaded)).warnings).toEqual([
      expect.stringContaining('for "Written report under regulation 17(3)": it counts from the day on which'),
      expect.stringContaining(
        'for "Priority action plan", "Be ready for the monitoring inspection": that follows only where',
      ),
      expect.stringContaining(
        'Strategic plan, revised and published (Area SEND inspection, May 2025): a stricter reading',
      ),
      expect.stringContaining('Whether the date would be met after a call-in is not known'),
    ]);
    expect(loadAuthorityFile(join(packageRoot(), EXAMPLES.authority)).name).toBe('Anyborough Council');
  });

  it('names no address outside example.org', () => {
    for (const name of Object.values(EXAMPLES).filter((each) => each.startsWith(FOLDER)))
      for (const [address] of readFileSync(join(packageRoot(), name), 'utf8').matchAll(/[\w.+-]+@[\w.-]+/g))
        expect(address).toMatch(/@anyborough(-nhs)?\.example\.org$/);
  });
});
