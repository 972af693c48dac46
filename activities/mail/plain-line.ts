/** What must not reach a header, a heading or a list: line breaks and controls. */
const CONTROLS = /[\s\p{Cc}\u2028\u2029]+/gu;
const HALF_CHARACTERS = /\p{Cs}/gu;
const DIRECTION_MARKS = /[\u202A-\u202E\u2066-\u2069]/gu;
const END_OF_EMBEDDING = '\u202C';
const END_OF_ISOLATE = '\u2069';

/**
 * Text from people as one clean line. Right-to-left letters and emoji stay as they are; a change of direction that is
 * left open is closed, so that it can't turn the words around it.
 *
 * @example
 * plainLine('Plan\r\nBcc: a@b.example') // 'Plan Bcc: a@b.example'
 */
export function plainLine(text: string): string {
  const line = text.replace(HALF_CHARACTERS, '\uFFFD').replace(CONTROLS, ' ').trim();
  return `${line}${closing(line)}`;
}

/** One line, cut between words where it is longer than `longest` (UTF-16 units). Never splits an emoji. */
export function shortened(text: string, longest: number): string {
  const line = plainLine(text);
  if (line.length <= longest) return line;
  let cut = '';
  for (const { segment } of new Intl.Segmenter('en-GB').segment(line)) {
    if (cut.length + segment.length >= longest) break;
    cut += segment;
  }
  const word = cut.lastIndexOf(' ');
  return `${(word > longest / 2 ? cut.slice(0, word) : cut).replace(/[\s,;:]+$/, '')}…`;
}

/** The marks that end the embeddings and isolates which a line leaves open. */
function closing(line: string): string {
  const open: string[] = [];
  for (const [mark] of line.matchAll(DIRECTION_MARKS)) {
    if (mark === END_OF_EMBEDDING || mark === END_OF_ISOLATE) {
      if (open.at(-1) === mark) open.pop();
    } else open.push(mark >= '\u2066' ? END_OF_ISOLATE : END_OF_EMBEDDING);
  }
  return open.toReversed().join('');
}
