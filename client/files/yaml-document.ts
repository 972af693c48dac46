import { type Document, isNode, isScalar, type LineCounter, parseDocument, visit } from 'yaml';
import { type FileProblem, FileProblems, wholeFile } from './file-problems.ts';
import { NESTED, syntaxProblems } from './yaml-syntax.ts';

const MAX_ALIASES = 50;

/**
 * Parses YAML 1.2; nothing in it that could not be used as data is let through.
 *
 * @throws FileProblems with line and column of each fault
 */
export function parseYaml(
  text: string,
  lines: LineCounter,
  file: string,
): { document: Document.Parsed; data: unknown } {
  const document = parsed(text, lines, file);
  const wrong = syntaxProblems(file, text, lines, [...document.errors, ...document.warnings]);
  if (wrong.length > 0) throw new FileProblems(wrong);
  const badKeys = keysThatAreNoNames(document).map((offset) =>
    sentenceAt(file, lines, offset, 'this key is not a name that can be used here'),
  );
  if (badKeys.length > 0) throw new FileProblems(badKeys);
  const { contents } = document;
  if (contents === null || (isScalar(contents) && contents.value === null))
    throw wholeFile(file, 'an empty file', 'expected an inspection, authority, pack or constitution');
  try {
    return { document, data: document.toJS({ maxAliasCount: MAX_ALIASES }) };
  } catch (error) {
    throw new FileProblems([sentenceAt(file, lines, firstAlias(document), aliasSentence(error))]);
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
    throw wholeFile(file, '', NESTED);
  }
}

function sentenceAt(file: string, lines: LineCounter, offset: number, sentence: string): FileProblem {
  const { line, col } = lines.linePos(offset);
  return { file, line: Math.max(line, 1), column: Math.max(col, 1), path: '', found: '', expected: sentence };
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
