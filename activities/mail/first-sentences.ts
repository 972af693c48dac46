const MORE = ' (There is more: see the duty’s page.)';

/** What HTML writes longer than it is. */
const ESCAPED = /[&<>"'`]/g;

/** Bytes that a text takes in HTML. */
const bytesOf = (text: string): number => Buffer.byteLength(text.replace(ESCAPED, '&quot;'));

/**
 * A text's first sentences, as many as have room in HTML, and that there is more; the text itself where all of it has. Of a
 * sentence that is too long alone, its first words.
 *
 * @param max bytes, without the words that there is more
 * @example
 * firstSentences('It rains. It pours.', 10) // 'It rains. (There is more: see the duty’s page.)'
 */
export function firstSentences(text: string, max: number): string {
  if (bytesOf(text) <= max) return text;
  const sentences = within(text, 'sentence', max);
  const cut = sentences === '' ? `${within(text, 'word', max) || within(text, 'grapheme', max)}…` : sentences;
  return `${cut}${MORE}`;
}

function within(text: string, granularity: 'sentence' | 'word' | 'grapheme', max: number): string {
  let room = max;
  let kept = '';
  for (const { segment } of new Intl.Segmenter('en-GB', { granularity }).segment(text)) {
    room -= bytesOf(segment);
    if (room < 0) break;
    kept += segment;
  }
  return kept.trimEnd();
}
