import { visible } from '../../domain/hidden-characters.ts';

/** What must not reach a header, a heading or a list: line breaks and controls. */
const CONTROLS = /[\s\p{Cc}\u2028\u2029]+/gu;
const HALF_CHARACTERS = /\p{Cs}/gu;

/**
 * Text from people as one clean line. Right-to-left letters and emoji stay as they are; what would be hidden, or would
 * turn the words around it, is shown as what it is.
 *
 * @example
 * plainLine('Plan\r\nBcc: a@b.example') // 'Plan Bcc: a@b.example'
 */
export function plainLine(text: string): string {
  return visible(text.replace(HALF_CHARACTERS, '\uFFFD').replace(CONTROLS, ' ').trim());
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
