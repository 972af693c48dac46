import { readFileSync, statSync } from 'node:fs';
import { Document, isCollection, isMap, isPair, isScalar, LineCounter, type Node, parseDocument } from 'yaml';
import { z } from 'zod';
import { FileProblems, type FileProblem } from './file-problems.ts';

const LARGEST_BYTES = 1024 * 1024;
const MOST_ALIASES = 50;

export type DataPath = readonly PropertyKey[];

/** A YAML file that was read: its data, and where in the file each part of it stands. */
export class YamlFile {
  readonly file: string;
  readonly data: unknown;
  private readonly document: Document;
  private readonly lines: LineCounter;

  private constructor(file: string, document: Document, lines: LineCounter, data: unknown) {
    this.file = file;
    this.document = document;
    this.lines = lines;
    this.data = data;
  }

  /**
   * Reads and parses a file. Plain scalars stay text, so that `2016` and `2016-02-19` are what was typed.
   *
   * @throws FileProblems where it can't be read or is not YAML
   */
  static read(file: string): YamlFile {
    const text = readText(file);
    const lines = new LineCounter();
    const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, prettyErrors: false });
    if (document.errors.length > 0) {
      throw new FileProblems(
        document.errors.map((error) => {
          const { line, col } = lines.linePos(error.pos[0]);
          return { file, line: Math.max(line, 1), column: Math.max(col, 1), path: '', found: '', expected: plain(error.code, error.message) };
        }),
      );
    }
    if (document.contents === null) throw whole(file, 'an empty file', 'expected an inspection, authority, pack or constitution');
    try {
      return new YamlFile(file, document, lines, document.toJS({ maxAliasCount: MOST_ALIASES }));
    } catch (error) {
      throw whole(file, 'aliases that refer to each other too often', error instanceof Error ? error.message : 'expected fewer aliases');
    }
  }

  /**
   * The data as a schema wants it.
   *
   * @throws FileProblems naming every part that does not fit, with its place
   */
  parse<S extends z.ZodType>(schema: S, at: DataPath = []): z.output<S> {
    const given = asTyped(valueAt(this.data, at), this.nodeAt(at));
    const first = schema.safeParse(given, { reportInput: true });
    if (first.success) return first.data;
    // A number or a truth value where text is wanted: what was typed is meant.
    const second = schema.safeParse(withText(given, first.error.issues, (path) => this.source([...at, ...path])), { reportInput: true });
    if (second.success) return second.data;
    throw new FileProblems(second.error.issues.flatMap((issue) => this.problemsOf(issue, at)));
  }

  /** A problem at a place in the data, for checks beyond the schema. */
  problem(path: DataPath, expected: string): FileProblem {
    const { line, column } = this.place(path);
    const value = valueAt(this.data, path);
    return { file: this.file, line, column, path: dotted(path), found: value === undefined ? '' : shown(value), expected };
  }

  private problemsOf(issue: z.core.$ZodIssue, at: DataPath): FileProblem[] {
    const path = [...at, ...issue.path];
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => {
        const { line, column } = this.keyPlace(path, key);
        return { file: this.file, line, column, path: dotted([...path, key]), found: `the key "${key}"`, expected: 'which is not known here; look for a spelling mistake, or leave it out' };
      });
    }
    if (issue.code === 'invalid_union' && issue.errors.length > 0) {
      const nearest = [...issue.errors].sort((a, b) => depth(b) - depth(a))[0] ?? [];
      if (nearest.some((each) => each.path.length > 0)) return nearest.flatMap((each) => this.problemsOf({ ...each, path: [...issue.path, ...each.path] } as z.core.$ZodIssue, at));
    }
    const problem = this.problem(path, issue.message.startsWith('Invalid input: expected') ? issue.message.replace('Invalid input: ', '').replace(/, received .*/, '') : issue.message);
    return [valueAt(this.data, path) === undefined && path.length > 0 ? { ...problem, found: 'nothing', expected: `${problem.expected} (this key is needed)` } : problem];
  }

  private nodeAt(path: DataPath): Node | undefined {
    return path.length === 0 ? ((this.document.contents as Node | null) ?? undefined) : ((this.document.getIn(path as unknown[], true) as Node | undefined) ?? undefined);
  }

  private source(path: DataPath): string | undefined {
    const node = this.nodeAt(path);
    return isScalar(node) ? node.source : undefined;
  }

  /** Where a value stands; where it is missing, the mapping that should hold it. */
  private place(path: DataPath): { line: number; column: number } {
    for (let end = path.length; end >= 0; end--) {
      const node = this.nodeAt(path.slice(0, end));
      const offset = node?.range?.[0];
      if (offset !== undefined) return this.position(offset);
    }
    return { line: 1, column: 1 };
  }

  private keyPlace(path: DataPath, key: string): { line: number; column: number } {
    const map = this.nodeAt(path);
    const pair = isMap(map) ? map.items.find((item) => isPair(item) && isScalar(item.key) && String(item.key.value) === key) : undefined;
    const offset = isScalar(pair?.key) ? pair.key.range?.[0] : undefined;
    return offset === undefined ? this.place(path) : this.position(offset);
  }

  private position(offset: number): { line: number; column: number } {
    const { line, col } = this.lines.linePos(offset);
    return { line, column: col };
  }
}

function readText(file: string): string {
  let bytes: Buffer;
  try {
    const { size } = statSync(file);
    if (size > LARGEST_BYTES) throw whole(file, `${Math.ceil(size / 1024)} KiB`, 'expected at most 1 MiB');
    bytes = readFileSync(file);
  } catch (error) {
    if (error instanceof FileProblems) throw error;
    const code = error instanceof Error && 'code' in error ? error.code : '';
    throw whole(file, code === 'EISDIR' ? 'a folder' : code === 'ENOENT' ? 'no such file' : String(code), 'expected a YAML file');
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw whole(file, 'bytes that are not UTF-8 text', 'expected a YAML file saved as UTF-8');
  }
}

function whole(file: string, found: string, expected: string): FileProblems {
  return new FileProblems([{ file, line: 1, column: 1, path: '', found, expected }]);
}

const PLAIN: Record<string, string> = {
  DUPLICATE_KEY: 'this key stands here twice',
  TAB_AS_INDENT: 'a tab; indent with spaces',
};

function plain(code: string, message: string): string {
  return PLAIN[code] ?? `this is not YAML: ${message}`;
}

function valueAt(data: unknown, path: DataPath): unknown {
  return path.reduce<unknown>((value, key) => (typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined), data);
}

/** A collection with no content is an empty value in YAML; nothing to change otherwise. */
function asTyped(value: unknown, node: Node | undefined): unknown {
  return isCollection(node) || value !== null ? value : undefined;
}

/** Puts the text as it was typed where a schema wants text and found a number or a truth value. */
function withText(data: unknown, issues: z.core.$ZodIssue[], source: (path: DataPath) => string | undefined): unknown {
  const copy = structuredClone(data);
  for (const issue of issues) {
    if (issue.code !== 'invalid_type' || issue.expected !== 'string' || issue.path.length === 0) continue;
    const typed = source(issue.path);
    const parent = valueAt(copy, issue.path.slice(0, -1));
    const key = issue.path.at(-1);
    if (typed !== undefined && typeof parent === 'object' && parent !== null && key !== undefined) (parent as Record<PropertyKey, unknown>)[key] = typed;
  }
  return copy;
}

function depth(issues: readonly z.core.$ZodIssue[]): number {
  return Math.max(0, ...issues.map((issue) => issue.path.length));
}

function dotted(path: DataPath): string {
  return path.map(String).join('.');
}

function shown(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
