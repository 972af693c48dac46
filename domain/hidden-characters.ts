/**
 * Characters that show nothing and yet change what is read around them: control characters but for tabs and line ends,
 * direction marks and overrides, zero-width characters, halves of characters. A title with one of them reads otherwise
 * than it is written, and two that look the same are not.
 */
const HIDDEN =
  /(?![\t\r\n])[\p{Cc}\p{Cs}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\u2028\u2029\uFFF9-\uFFFB]/gu;

/** Scripts whose letters take another shape by a joiner between them: there it is part of the spelling. */
const JOINED_SCRIPTS = ['Arab', 'Syrc', 'Deva', 'Beng', 'Guru', 'Gujr', 'Orya', 'Taml', 'Telu', 'Knda', 'Mlym', 'Sinh'];

/**
 * Where they belong: inside an emoji (a family, a flag of Wales), as the choice of how a sign is drawn, between letters
 * of scripts that need joiners. Made by name: the compiler's target does not know the flag yet, each Node that runs us does.
 */
const BELONGING = new RegExp(
  [
    String.raw`\p{RGI_Emoji}`,
    String.raw`(?<=\p{Emoji})[\uFE0E\uFE0F]`,
    String.raw`(?<=[${JOINED_SCRIPTS.map((script) => String.raw`\p{Script=${script}}`).join('')}])[\u200C\u200D]`,
  ].join('|'),
  'gv',
);

const NAMES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '\u00AD': 'a soft hyphen',
    '\u200B': 'a zero-width space',
    '\u200C': 'a zero-width non-joiner',
    '\u200D': 'a zero-width joiner',
    '\u200E': 'a left-to-right mark',
    '\u200F': 'a right-to-left mark',
    '\u061C': 'an Arabic letter mark',
    '\u2028': 'a line separator',
    '\u2029': 'a paragraph separator',
    '\u202A': 'a left-to-right embedding',
    '\u202B': 'a right-to-left embedding',
    '\u202C': 'the end of an embedding',
    '\u202D': 'a left-to-right override',
    '\u202E': 'a right-to-left override',
    '\u2060': 'a word joiner',
    '\u2066': 'a left-to-right isolate',
    '\u2067': 'a right-to-left isolate',
    '\u2068': 'a first-strong isolate',
    '\u2069': 'the end of an isolate',
    '\uFEFF': 'a zero-width no-break space',
  }),
);

/** How many characters before it say where it is. */
const CONTEXT = 20;

/**
 * The first hidden character of a text, in words for whoever typed or pasted it; undefined where there is none.
 *
 * @example
 * hiddenIn('Plan \u202Egnp.exe') // 'a right-to-left override (U+202E) after "Plan "'
 */
export function hiddenIn(text: string): string | undefined {
  const found = placesIn(text)[0];
  if (found === undefined) return undefined;
  const before = Array.from(text.slice(0, found.index)).slice(-CONTEXT).join('');
  const where = before === '' ? 'at its beginning' : `after "${before}"`;
  return `${nameOf(found.character)} (${codeOf(found.character)}) ${where}`;
}

/**
 * A text that came from anywhere, with each hidden character shown as what it is.
 *
 * @example
 * visible('Plan \u202Egnp.exe') // 'Plan ⟨U+202E⟩gnp.exe'
 */
export function visible(text: string): string {
  let shown = '';
  let end = 0;
  for (const { index, character } of placesIn(text)) {
    shown += `${text.slice(end, index)}⟨${codeOf(character)}⟩`;
    end = index + character.length;
  }
  return shown + text.slice(end);
}

/**
 * The same without them, and how many there were.
 *
 * @example
 * withoutHidden('Plan \u202Egnp.exe') // { text: 'Plan gnp.exe', removed: 1 }
 */
export function withoutHidden(text: string): { text: string; removed: number } {
  const places = placesIn(text);
  let kept = '';
  let end = 0;
  for (const { index, character } of places) {
    kept += text.slice(end, index);
    end = index + character.length;
  }
  return { text: kept + text.slice(end), removed: places.length };
}

/** Where the hidden characters of a text are that belong to nothing. */
function placesIn(text: string): { index: number; character: string }[] {
  // Most texts hold none: emoji are looked for only where something hidden is.
  if (text.search(HIDDEN) === -1) return [];
  const spared = [...text.matchAll(BELONGING)].map((match) => [match.index, match.index + match[0].length] as const);
  let at = 0;
  return [...text.matchAll(HIDDEN)].flatMap(({ index, 0: character }) => {
    while ((spared[at]?.[1] ?? Number.POSITIVE_INFINITY) <= index) at++;
    const [from] = spared[at] ?? [Number.POSITIVE_INFINITY];
    return index >= from ? [] : [{ index, character }];
  });
}

const nameOf = (character: string): string =>
  NAMES.get(character) ?? (/\p{Cc}/u.test(character) ? 'a control character' : 'a character that can’t be seen');

const codeOf = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
