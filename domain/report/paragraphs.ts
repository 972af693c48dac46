import type { ReportLine } from './line.ts';

/** So many lines around one tell how wide the text is there. */
const AROUND = 30;
/** A line shorter than this part of the text's width was not broken by it: something ends there. */
const SHORT = 0.72;
/** The same where a sentence ends with it. */
const SHORT_OF_SENTENCE = 0.9;

/**
 * Lines of a text that was pasted, of which nothing but the words is known: where one is shorter than the text is wide, a
 * paragraph ends, unless the next goes on with a small letter.
 */
export function withParagraphs(lines: readonly ReportLine[]): ReportLine[] {
  if (lines.some(({ look }) => look !== undefined)) return [...lines];
  const lengths = lines.map(({ text }) => text.trim().length);
  return lines.map((line, at) => {
    const before = lines[at - 1];
    if (line.gap || before === undefined) return line;
    const around = lengths.slice(Math.max(0, at - AROUND), at + AROUND).sort((a, b) => a - b);
    const width = around[Math.floor(around.length * 0.85)] ?? 0;
    const hasEnded = /[.!?]$/.test(before.text.trim());
    const isShort = before.text.trim().length < width * (hasEnded ? SHORT_OF_SENTENCE : SHORT);
    const goesOn = /^[\p{Ll}(]/u.test(line.text.trim()) && !hasEnded;
    return isShort && !goesOn ? { ...line, gap: true } : line;
  });
}
