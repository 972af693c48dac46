import type { LineCounter, YAMLParseError, YAMLWarning } from 'yaml';
import { type FileProblem, MAX_TOLD } from './file-problems.ts';

const MAX_SHOWN = 120;
/** Of a line, no more is looked at. */
const MAX_READ = 1000;

export const NESTED = 'lists or mappings are nested too deeply here';

/** The faults of a text as YAML, the first of each line: what follows it on the same line is its consequence. */
export function syntaxProblems(
  file: string,
  text: string,
  lines: LineCounter,
  errors: readonly (YAMLParseError | YAMLWarning)[],
): FileProblem[] {
  if (errors.length === 0) return [];
  const all = text.split('\n');
  const told = new Map<number, FileProblem>();
  for (const error of errors) {
    if (told.size >= MAX_TOLD) break;
    const { line, col } = lines.linePos(error.pos[0]);
    const at = Math.max(line, 1);
    // A text over several lines is told of where it begins.
    if (told.has(at) || (error.code === 'MULTILINE_IMPLICIT_KEY' && told.size > 0)) continue;
    const sentence = sentenceOf(error.code, error.message, (all[at - 1] ?? '').slice(0, MAX_READ));
    told.set(at, { file, line: at, column: Math.max(col, 1), path: '', found: '', expected: sentence });
  }
  return [...told.values()];
}

function sentenceOf(code: YAMLParseError['code'], message: string, line: string): string {
  if (/call stack/i.test(message)) return NESTED;
  const shown = line.trim().slice(0, MAX_SHOWN);
  switch (code) {
    case 'DUPLICATE_KEY':
      return 'this key stands here twice';
    case 'TAB_AS_INDENT':
      return 'a tab; indent with spaces';
    case 'MULTIPLE_DOCS':
      return 'a second document begins here ("---"); expected one';
    case 'BLOCK_AS_IMPLICIT_KEY':
    case 'BLOCK_IN_FLOW': {
      const quoted = inQuotes(line, code === 'BLOCK_IN_FLOW' ? WITHIN_BRACES : ON_A_LINE);
      if (quoted !== undefined)
        return `there is a colon and a space within this text; put it in quotes, as in ${quoted}`;
      break;
    }
    case 'BAD_SCALAR_START':
      return `a text can't begin with this character; put it in quotes: ${shown}`;
    case 'UNEXPECTED_TOKEN':
      if (/:\s+(["']).*\1\s*\S/.test(line))
        return `this text goes on after its closing quotation mark; put all of it in quotes, and write ' for " within it: ${shown}`;
      break;
    default:
      break;
  }
  return `this is not YAML: ${message}${shown === '' ? '' : `, in the line: ${shown}`}`;
}

/** A text with a colon and a space in it: to the end of its line, or, within braces, to the next comma. */
const ON_A_LINE = /(?<key>[\w-]+):\s+(?<text>[^"'[{\s].*?:(?:\s.*)?)$/;
const WITHIN_BRACES = /(?<key>[\w-]+):\s+(?<text>[^,{}[\]"']*?:\s[^,{}[\]]*)/;

/** A line's `key: text` with the text in quotes, where a colon in it was taken for another key. */
function inQuotes(line: string, pattern: RegExp): string | undefined {
  const { key, text } = pattern.exec(line)?.groups ?? {};
  if (key === undefined || text === undefined) return undefined;
  const whole = text.trim().slice(0, MAX_SHOWN);
  return whole.includes("'") ? `${key}: "${whole.replaceAll('"', "'")}"` : `${key}: '${whole}'`;
}
