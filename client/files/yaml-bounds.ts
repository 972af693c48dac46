import { Composer, type Document, Lexer, type LineCounter, Parser, YAMLParseError } from 'yaml';
import { wholeFile } from './file-problems.ts';
import { NESTED } from './yaml-syntax.ts';

/**
 * What a YAML text may hold at most. Three thousand actions are some 50,000 values, and no schema of ours goes deeper
 * than ten lists and mappings within each other.
 */
export const YAML_LIMITS = {
  /** Characters (UTF-16 code units). */
  text: 8 * 1024 * 1024,
  /** Texts, signs, spaces and line ends, as the parser meets them. */
  tokens: 600_000,
  /** Lists and mappings within each other. */
  depth: 40,
  /** Values, those that an alias stands for counted at each place where it stands. */
  values: 120_000,
  /** Aliases, and anchors that they refer to: each is looked for among all. */
  aliases: 500,
} as const;

const thousands = (n: number): string => n.toLocaleString('en-GB');

/**
 * Parses a text as far as it keeps within its bounds: what is too long or too deep is refused as it is met, before
 * anything is made of it. Keys are not compared here: the library compares each with each other.
 *
 * @throws FileProblems
 */
export function boundedDocument(text: string, lines: LineCounter, file: string): Document.Parsed {
  if (text.length > YAML_LIMITS.text)
    throw wholeFile(
      file,
      `${thousands(text.length)} characters`,
      `expected at most ${thousands(YAML_LIMITS.text)} characters`,
    );
  // The schema is pinned: a "%YAML 1.1" line would otherwise make timestamps of dates and 1440 of 24:00.
  const composer = new Composer({ schema: 'core', version: '1.2', resolveKnownTags: false, uniqueKeys: false });
  const [first, second] = composer.compose(tokensOf(text, lines, file), true, text.length);
  if (first === undefined) throw wholeFile(file, 'an empty file', 'expected a YAML file');
  if (second !== undefined)
    first.errors.push(new YAMLParseError([second.range[0], second.range[1]], 'MULTIPLE_DOCS', 'several documents'));
  return first;
}

function* tokensOf(text: string, lines: LineCounter, file: string) {
  const parser = new Parser(lines.addNewLine);
  lines.addNewLine(0);
  let tokens = 0;
  for (const lexeme of new Lexer().lex(text)) {
    yield* parser.next(lexeme);
    if (parser.stack.length > YAML_LIMITS.depth && depthOf(parser) > YAML_LIMITS.depth)
      throw wholeFile(file, '', NESTED, lines.lineStarts.length);
    if (++tokens > YAML_LIMITS.tokens)
      throw wholeFile(file, 'more values than can be read at once', 'expected fewer; divide the file');
  }
  yield* parser.end();
}

const COLLECTIONS = new Set(['block-map', 'block-seq', 'flow-collection']);

const depthOf = ({ stack }: Parser): number => stack.filter(({ type }) => COLLECTIONS.has(type)).length;
