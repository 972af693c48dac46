import { type Document, isScalar, type LineCounter } from 'yaml';
import { type FileProblem, FileProblems, wholeFile } from './file-problems.ts';
import { boundedDocument } from './yaml-bounds.ts';
import { NESTED, syntaxProblems } from './yaml-syntax.ts';
import { valueProblems } from './yaml-values.ts';

/**
 * Parses YAML 1.2; nothing in it that could not be used as data is let through, nor more than YAML_LIMITS.
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
  const unusable = valueProblems(document).map(({ offset, sentence }) => sentenceAt(file, lines, offset, sentence));
  if (unusable.length > 0) throw new FileProblems(unusable);
  const { contents } = document;
  if (contents === null || (isScalar(contents) && contents.value === null))
    throw wholeFile(file, 'an empty file', 'expected an inspection, authority, pack or constitution');
  // Aliases have been counted above, by what they stand for.
  return { document, data: document.toJS({ maxAliasCount: -1 }) };
}

function parsed(text: string, lines: LineCounter, file: string): Document.Parsed {
  try {
    return boundedDocument(text, lines, file);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw wholeFile(file, '', NESTED);
  }
}

function sentenceAt(file: string, lines: LineCounter, offset: number, sentence: string): FileProblem {
  const { line, col } = lines.linePos(offset);
  return { file, line: Math.max(line, 1), column: Math.max(col, 1), path: '', found: '', expected: sentence };
}
