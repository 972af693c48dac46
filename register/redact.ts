import { ERASED } from './sealed.ts';

/** Finds one person's spellings, and takes them out. */
export interface Redactor {
  mentions(text: string): boolean;
  /** The same value with each spelling in any of its texts and keys replaced. */
  redact<T>(value: T): T;
  /** A coarse sieve for SQL's ILIKE ANY: every text that mentions the person passes it. */
  sieve: string[];
}

/** A spelling shorter than this would be found everywhere. */
export const MIN_SPELLING = 4;

/**
 * Spellings are found whatever the case, the spaces and the form of accents; a name only as whole words ("Ann" is not in
 * "planned"), an address only where no longer one holds it.
 */
export function redactor(spellings: readonly string[]): Redactor {
  const patterns = spellings.map((spelling) => new RegExp(patternOf(spelling.normalize('NFC').trim()), 'giu'));
  const clean = (text: string): string => {
    const normal = text.normalize('NFC');
    const redacted = patterns.reduce((rest, pattern) => rest.replace(pattern, ERASED), normal);
    return redacted === normal ? text : redacted;
  };
  const deep = (value: unknown): unknown => {
    if (typeof value === 'string') return clean(value);
    if (Array.isArray(value)) return value.map(deep);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [clean(key), deep(each)]));
  };
  return {
    mentions: (text) => clean(text) !== text,
    redact: <T>(value: T) => deep(value) as T,
    sieve: spellings.map((spelling) => `%${needleOf(spelling.normalize('NFC'))}%`),
  };
}

const LETTER = String.raw`\p{L}\p{N}\p{M}`;

function patternOf(spelling: string): string {
  const literal = spelling
    .split(/\s+/)
    .map((word) => word.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`))
    .join(String.raw`\s+`);
  return spelling.includes('@')
    ? `(?<![${LETTER}._%+\\-])${literal}(?![${LETTER}\\-]|\\.[${LETTER}])`
    : `(?<![${LETTER}])${literal}(?![${LETTER}])`;
}

/** The longest run of plain letters and digits: it is the same in every case folding, normal form and way of quoting. */
function needleOf(spelling: string): string {
  const runs = spelling.match(/[A-Za-z0-9]+/g) ?? [''];
  return runs.reduce((longest, run) => (run.length > longest.length ? run : longest), '');
}
