import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, type Pair, type YAMLMap } from 'yaml';
import type { z } from 'zod';
import { clause, type Issue, meantOption } from '../../domain/schemas/expected.ts';
import { restsOnIn } from '../../domain/schemas/part.ts';
import { type FileProblem, FileProblems, inOrder, MAX_TOLD, onePerPlace } from './file-problems.ts';
import { nearest } from '../../domain/nearest.ts';
import { keysAt } from './known-keys.ts';
import { readText, shownPath } from './text-file.ts';
import { parseYaml } from './yaml-document.ts';

const MAX_SHOWN = 80;
/** Stands in a first file where its writer is to put something: no file with it can be used. */
export const TO_FILL_IN = 'FILL-IN';

export type DataPath = readonly PropertyKey[];

/**
 * Reads a YAML file by a schema.
 *
 * @throws FileProblems naming every part that does not fit, with its place
 */
export function readYaml<S extends z.ZodType>(file: string, schema: S): z.output<S> {
  return YamlFile.read(file).parse(schema);
}

/** A YAML file that was read: its data, and where in the file each part of it stands. */
export class YamlFile {
  /** The path as a person would write it: relative to the working folder where it lies within. */
  readonly file: string;
  readonly data: unknown;
  private readonly document: Document.Parsed;
  private readonly lines: LineCounter;
  /** A mapping's pairs by their keys, once one of them has been looked for. */
  private readonly pairs = new WeakMap<YAMLMap, Map<string, Pair>>();

  private constructor(file: string, document: Document.Parsed, lines: LineCounter, data: unknown) {
    this.file = file;
    this.document = document;
    this.lines = lines;
    this.data = data;
  }

  /**
   * Reads and parses a file.
   *
   * @throws FileProblems where it can't be read or is not YAML
   */
  static read(path: string): YamlFile {
    const file = shownPath(path);
    return YamlFile.of(readText(path, file), file);
  }

  /**
   * Parses a file's text that came by another way than a folder.
   *
   * @param file how the file is named in a problem
   * @throws FileProblems where it is not YAML
   */
  static of(given: string, file: string): YamlFile {
    const lines = new LineCounter();
    // Old editors end lines with a carriage return alone: a line end in YAML, but not to its parser.
    const text = given.replaceAll(/\r(?!\n)/g, '\n');
    const { document, data } = parseYaml(text, lines, file);
    return new YamlFile(file, document, lines, data);
  }

  /** What stands at a place of the data; undefined where nothing does. */
  at(path: DataPath): unknown {
    return valueAt(this.data, path);
  }

  /** The same file as if a top-level key did not stand in it. */
  without(key: string): YamlFile {
    if (typeof this.data !== 'object' || this.data === null || Array.isArray(this.data)) return this;
    const rest = Object.fromEntries(Object.entries(this.data).filter(([name]) => name !== key));
    return new YamlFile(this.file, this.document, this.lines, rest);
  }

  /**
   * The data as a schema wants it. A number or a truth value where text is wanted is read as it was typed:
   * `reference: 2016` is the text 2016.
   *
   * @throws FileProblems naming every part that does not fit, with its place
   */
  parse<S extends z.ZodType>(schema: S, at: DataPath = []): z.output<S> {
    const { data, problems } = this.check(schema, at);
    if (data === undefined) throw new FileProblems(problems);
    return data;
  }

  /** The same with its problems as a list, in the order of the lines, for checks that go on beyond the schema. */
  check<S extends z.ZodType>(
    schema: S,
    at: DataPath = [],
  ): { data: z.output<S>; problems: [] } | { data: undefined; problems: FileProblem[] } {
    const given = structuredClone(valueAt(this.data, at));
    let result = schema.safeParse(given);
    // Only ever puts text where there was none, so this ends.
    while (!result.success && this.readAsTyped(given, result.error.issues, at)) result = schema.safeParse(given);
    const open = this.toFillIn(given, at);
    if (result.success && open.length === 0) return { data: result.data, problems: [] };
    // Finding each one's place, and what was likely meant, takes time.
    const told = (result.error?.issues ?? []).slice(0, MAX_TOLD);
    const problems = told.flatMap((issue) => this.problemsOf(issue, schema, at, issue.path));
    return { data: undefined, problems: inOrder(onePerPlace(open, problems)).slice(0, MAX_TOLD) };
  }

  /** Where a file still has what `duecourse init` leaves to its writer. */
  private toFillIn(value: unknown, at: DataPath): FileProblem[] {
    if (value === TO_FILL_IN)
      return [
        { file: this.file, ...this.place(at, 'value'), path: dotted(at), found: '', expected: 'still to be filled in' },
      ];
    if (typeof value !== 'object' || value === null) return [];
    return Array.isArray(value)
      ? value.flatMap((each: unknown, index) => this.toFillIn(each, [...at, index]))
      : Object.entries(value).flatMap(([key, each]) => this.toFillIn(each, [...at, key]));
  }

  /**
   * A problem at a place in the data, for checks beyond the schema.
   *
   * @param restsOn other places that it is found beside
   */
  problem(path: DataPath, expected: string, restsOn: readonly DataPath[] = []): FileProblem {
    const value = valueAt(this.data, path);
    // What a schema found, it may say itself.
    const said = /^(?<clause>expected .*), found (?<found>.*)$/s.exec(expected)?.groups;
    const found = said?.['found'] ?? (expected.startsWith('expected ') ? this.shown(value, path) : '');
    return {
      file: this.file,
      ...this.place(path, 'value'),
      path: dotted(path),
      found,
      expected: said?.['clause'] ?? expected,
      ...(restsOn.length === 0 ? {} : { restsOn: restsOn.map(dotted) }),
    };
  }

  private problemsOf(issue: Issue, schema: z.ZodType, at: DataPath, inSchema: DataPath): FileProblem[] {
    const path = [...at, ...inSchema];
    if (issue.code === 'unrecognized_keys') {
      const known = keysAt(schema, inSchema, valueAt(this.data, path));
      return issue.keys.slice(0, MAX_TOLD).map((key) => this.unknownKey([...path, key], key, known));
    }
    if (issue.code === 'invalid_key') {
      const parent = path.slice(0, -1);
      return [
        this.unknownKey(path, String(path.at(-1)), keysAt(schema, inSchema.slice(0, -1), valueAt(this.data, parent))),
      ];
    }
    if (issue.code === 'invalid_union') {
      const meant = meantOption(issue, valueAt(this.data, path));
      if (meant !== undefined)
        return meant.flatMap((each) => this.problemsOf(each, schema, at, [...inSchema, ...each.path]));
    }
    const restsOn = issue.code === 'custom' ? restsOnIn(issue.params) : [];
    return [
      this.problem(
        path,
        clause(issue),
        restsOn.map((each) => [...at, ...each]),
      ),
    ];
  }

  private unknownKey(path: DataPath, key: string, known: string[]): FileProblem {
    const close = nearest(key, known);
    const expected = close === undefined ? `expected one of ${known.join(', ')}` : `expected "${close}"`;
    return {
      file: this.file,
      ...this.place(path, 'key'),
      path: dotted(path),
      found: `the key "${key}", which is not known here`,
      expected,
    };
  }

  /** Puts in the text as it was typed where a schema wants text and found a number or a truth value; whether it did. */
  private readAsTyped(data: unknown, issues: readonly Issue[], at: DataPath, above: DataPath = []): boolean {
    let any = false;
    for (const issue of issues) {
      const path = [...above, ...issue.path];
      if (issue.code === 'invalid_union') {
        for (const option of issue.errors) any = this.readAsTyped(data, option, at, path) || any;
      } else if (issue.code === 'invalid_type' && issue.expected === 'string') {
        const key = path.at(-1);
        const parent = valueAt(data, path.slice(0, -1));
        const node = this.nodeAt([...at, ...path], 'value');
        const value = valueAt(data, path);
        if ((typeof value !== 'number' && typeof value !== 'boolean') || !isScalar(node) || node.source === undefined)
          continue;
        if (key === undefined || typeof parent !== 'object' || parent === null) continue;
        any = Reflect.set(parent, key, node.source) || any;
      }
    }
    return any;
  }

  private shown(value: unknown, path: DataPath): string {
    if (value === undefined || value === null) return 'nothing';
    if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
    if (typeof value === 'object') return 'a mapping';
    const node = this.nodeAt(path, 'value');
    const text =
      typeof value !== 'string' && isScalar(node) && node.source !== undefined ? node.source : JSON.stringify(value);
    return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
  }

  /** Where a value or key stands; where it is missing, the mapping that should hold it. */
  private place(path: DataPath, what: 'key' | 'value'): { line: number; column: number } {
    const { line, col } = this.lines.linePos(this.nodeAt(path, what)?.range?.[0] ?? 0);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  }

  private pairsOf(map: YAMLMap): Map<string, Pair> {
    const known = this.pairs.get(map);
    if (known !== undefined) return known;
    const found = new Map(
      map.items.flatMap((each) => (isScalar(each.key) ? [[String(each.key.value), each] as const] : [])),
    );
    this.pairs.set(map, found);
    return found;
  }

  /** The node at a path, or the nearest above it that the file has. */
  private nodeAt(path: DataPath, what: 'key' | 'value'): Node | undefined {
    let node: Node | undefined = this.document.contents ?? undefined;
    for (const [index, step] of path.entries()) {
      const parent: Node | undefined = isAlias(node) ? node.resolve(this.document) : node;
      let next: unknown;
      if (isMap(parent)) {
        const pair = this.pairsOf(parent).get(String(step));
        next = what === 'key' && index === path.length - 1 ? pair?.key : (pair?.value ?? pair?.key);
      } else if (isSeq(parent)) next = parent.items[Number(step)];
      if (next === undefined || next === null) return node;
      node = next as Node;
    }
    return node;
  }
}

function valueAt(data: unknown, path: DataPath): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, key)
        ? (value as Record<PropertyKey, unknown>)[key]
        : undefined,
    data,
  );
}

function dotted(path: DataPath): string {
  return path
    .map((step, index) => (typeof step === 'number' ? `[${step}]` : index === 0 ? String(step) : `.${String(step)}`))
    .join('');
}
