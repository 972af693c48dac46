import { readFileSync, statSync } from 'node:fs';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  visit,
} from 'yaml';
import type { z } from 'zod';
import { FileProblems, type FileProblem } from './file-problems.ts';
import { keysAt, nearest } from './known-keys.ts';

const LARGEST_BYTES = 1024 * 1024;
const MOST_ALIASES = 50;
const MOST_SHOWN = 80;

export type DataPath = readonly PropertyKey[];

type Issue = z.core.$ZodIssue;

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
    const lines = new LineCounter();
    const document = parsed(readText(path, file), lines, file);
    const wrong = [...document.errors, ...document.warnings].map((error) =>
      sentenceAt(file, lines, error.pos[0], syntax(error.code, error.message)),
    );
    if (wrong.length > 0) throw new FileProblems(wrong);
    const badKeys = keysThatAreNoNames(document).map((offset) =>
      sentenceAt(file, lines, offset, 'this key is not a name that can be used here'),
    );
    if (badKeys.length > 0) throw new FileProblems(badKeys);
    const { contents } = document;
    if (contents === null || (isScalar(contents) && contents.value === null))
      throw whole(file, 'an empty file', 'expected an inspection, authority, pack or constitution');
    try {
      return new YamlFile(file, document, lines, document.toJS({ maxAliasCount: MOST_ALIASES }));
    } catch (error) {
      throw new FileProblems([sentenceAt(file, lines, firstAlias(document), aliasSentence(error))]);
    }
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
    const given = structuredClone(valueAt(this.data, at));
    let result = schema.safeParse(given);
    // Only ever puts text where there was none, so this ends.
    while (!result.success && this.readAsTyped(given, result.error.issues, at)) result = schema.safeParse(given);
    if (result.success) return result.data;
    const problems = result.error.issues.flatMap((issue) => this.problemsOf(issue, schema, at, issue.path));
    throw new FileProblems(problems.sort((a, b) => a.line - b.line || a.column - b.column));
  }

  /** A problem at a place in the data, for checks beyond the schema. */
  problem(path: DataPath, expected: string): FileProblem {
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
    };
  }

  private problemsOf(issue: Issue, schema: z.ZodType, at: DataPath, inSchema: DataPath): FileProblem[] {
    const path = [...at, ...inSchema];
    if (issue.code === 'unrecognized_keys') {
      const known = keysAt(schema, inSchema, valueAt(this.data, path));
      return issue.keys.map((key) => this.unknownKey([...path, key], key, known));
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
    return [this.problem(path, clause(issue))];
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
    return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text;
  }

  /** Where a value or key stands; where it is missing, the mapping that should hold it. */
  private place(path: DataPath, what: 'key' | 'value'): { line: number; column: number } {
    const { line, col } = this.lines.linePos(this.nodeAt(path, what)?.range?.[0] ?? 0);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  }

  /** The node at a path, or the nearest above it that the file has. */
  private nodeAt(path: DataPath, what: 'key' | 'value'): Node | undefined {
    let node: Node | undefined = this.document.contents ?? undefined;
    for (const [index, step] of path.entries()) {
      const parent: Node | undefined = isAlias(node) ? node.resolve(this.document) : node;
      let next: unknown;
      if (isMap(parent)) {
        const pair = parent.items.find((each) => isScalar(each.key) && String(each.key.value) === String(step));
        next = what === 'key' && index === path.length - 1 ? pair?.key : (pair?.value ?? pair?.key);
      } else if (isSeq(parent)) next = parent.items[Number(step)];
      if (next === undefined || next === null) return node;
      node = next as Node;
    }
    return node;
  }
}

function shownPath(path: string): string {
  if (!isAbsolute(path)) return path;
  const inside = relative(process.cwd(), resolve(path));
  return inside === '' || isAbsolute(inside) || inside.split(sep)[0] === '..' ? path : inside;
}

function readText(path: string, file: string): string {
  let bytes: Buffer;
  try {
    const about = statSync(path);
    if (about.isDirectory()) throw whole(file, 'a folder', 'expected a YAML file');
    if (!about.isFile()) throw whole(file, 'something that is no file', 'expected a YAML file');
    if (about.size > LARGEST_BYTES) throw whole(file, `${Math.ceil(about.size / 1024)} KiB`, 'expected at most 1 MiB');
    bytes = readFileSync(path);
  } catch (error) {
    if (error instanceof FileProblems) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const found = code === 'ENOENT' || code === 'ENOTDIR' ? 'no such file' : `a file that can't be read (${code})`;
    throw whole(file, found, 'expected a YAML file');
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw whole(file, 'bytes that are not UTF-8 text', 'expected a YAML file saved as UTF-8', firstBadLine(bytes));
  }
}

/** The first line that is not UTF-8. No byte of a longer character is a line feed, so each line can be tried alone. */
function firstBadLine(bytes: Buffer): number {
  let line = 1;
  for (let start = 0; ; line++) {
    const end = bytes.indexOf(0x0a, start);
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(start, end === -1 ? bytes.length : end));
    } catch {
      return line;
    }
    if (end === -1) return line;
    start = end + 1;
  }
}

function parsed(text: string, lines: LineCounter, file: string): Document.Parsed {
  try {
    // The schema is pinned: a "%YAML 1.1" line would otherwise make timestamps of dates and 1440 of 24:00.
    return parseDocument(text, {
      lineCounter: lines,
      schema: 'core',
      version: '1.2',
      resolveKnownTags: false,
      uniqueKeys: true,
      prettyErrors: false,
    });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw whole(file, '', NESTED);
  }
}

function whole(file: string, found: string, expected: string, line = 1): FileProblems {
  return new FileProblems([{ file, line, column: 1, path: '', found, expected }]);
}

function sentenceAt(file: string, lines: LineCounter, offset: number, sentence: string): FileProblem {
  const { line, col } = lines.linePos(offset);
  return { file, line: Math.max(line, 1), column: Math.max(col, 1), path: '', found: '', expected: sentence };
}

const NESTED = 'lists or mappings are nested too deeply here';

const PLAIN: Record<string, string> = {
  DUPLICATE_KEY: 'this key stands here twice',
  TAB_AS_INDENT: 'a tab; indent with spaces',
  MULTIPLE_DOCS: 'a second document begins here ("---"); expected one',
};

function syntax(code: string, message: string): string {
  if (/call stack/i.test(message)) return NESTED;
  return PLAIN[code] ?? `this is not YAML: ${message}`;
}

function aliasSentence(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof RangeError) return 'an alias (*) goes round in a circle, or values are nested too deeply';
  return /excessive/i.test(message)
    ? 'aliases (*) refer to each other too often'
    : `this alias (*) can't be used: ${message}`;
}

/** Where keys stand that JavaScript would not keep as they are: a list, a mapping, nothing, `__proto__`. */
function keysThatAreNoNames(document: Document.Parsed): number[] {
  const offsets: number[] = [];
  visit(document, {
    Pair: (_, { key }) => {
      if (isScalar(key) && key.value !== null && key.value !== '__proto__') return;
      offsets.push(isNode(key) ? (key.range?.[0] ?? 0) : 0);
    },
  });
  return offsets;
}

function firstAlias(document: Document.Parsed): number {
  let offset = 0;
  visit(document, {
    Alias: (_, node) => {
      offset = node.range?.[0] ?? 0;
      return visit.BREAK;
    },
  });
  return offset;
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

/** Of a union, what is wrong by the one option that is of the value's own kind. */
function meantOption(issue: z.core.$ZodIssueInvalidUnion, value: unknown): readonly Issue[] | undefined {
  const ofItsKind = issue.errors.filter(
    (option) => !option.some((each) => each.path.length === 0 && each.code === 'invalid_type'),
  );
  return value === undefined || value === null || ofItsKind.length !== 1 ? undefined : ofItsKind[0];
}

const KINDS: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping',
  record: 'a mapping',
};

/** What a schema expected, in words. */
function clause(issue: Issue): string {
  if (issue.message.startsWith('expected ')) return issue.message;
  switch (issue.code) {
    case 'invalid_type':
      return `expected ${KINDS[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return `expected one of ${issue.values.map(String).join(', ')}`;
    case 'too_small':
      return `expected ${amount(issue.origin, 'at least', Number(issue.minimum))}`;
    case 'too_big':
      return `expected ${amount(issue.origin, 'at most', Number(issue.maximum))}`;
    case 'invalid_format':
      if (issue.format === 'email') return 'expected an email address, for example director@council.example.org';
      return issue.format === 'url' ? 'expected a web address, https://…' : issue.message;
    case 'invalid_union':
      return `expected ${kindsOf(issue)}`;
    default:
      return issue.message;
  }
}

function kindsOf(issue: z.core.$ZodIssueInvalidUnion): string {
  const kinds = issue.errors
    .flat()
    .map((each) =>
      each.code === 'invalid_type' && each.path.length === 0 ? (KINDS[each.expected] ?? each.expected) : '',
    );
  return [...new Set(kinds.filter((kind) => kind !== ''))].join(' or ') || 'another value';
}

function amount(origin: string, bound: string, n: number): string {
  if (origin === 'string') return `${bound} ${n} characters`;
  if (origin === 'array') return `${bound} ${n} ${n === 1 ? 'entry' : 'entries'}`;
  return `a number of ${bound} ${n}`;
}

function dotted(path: DataPath): string {
  return path
    .map((step, index) => (typeof step === 'number' ? `[${step}]` : index === 0 ? String(step) : `.${String(step)}`))
    .join('');
}
