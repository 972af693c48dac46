import type { Citation, Confidence } from '../schemas/common.ts';
import { calendarInWords } from '../calendar/calendar-in-words.ts';
import type { Rule } from '../schemas/rule-pack.ts';
import { unstopped } from '../unstopped.ts';

/** Where a date of a running inspection comes from: what a rule cites, or what the inspection's own file says. */
export interface Source extends Omit<Citation, 'confidence'> {
  confidence: Confidence | 'file';
}

/** How sure a source is, as people read it; and whether anybody but the council itself stands behind it. */
export const CONFIDENCES: Record<Source['confidence'], { words: string; verified: boolean }> = {
  H: { words: 'the primary text was read', verified: true },
  M: { words: 'a secondary source was read', verified: true },
  L: { words: 'not verified', verified: false },
  U: { words: "a council's own statement", verified: false },
  file: { words: 'as the inspection’s file says', verified: false },
};

/** A citation with how sure it is: 'SI 2007/462 reg 3 (the primary text was read)'. */
export function citationSentence({ cite, confidence }: Source): string {
  return `${cite} (${CONFIDENCES[confidence].words})`;
}

/** The same with its caveat after it, as an explanation says it: 'SI 2007/462 reg 3 (…). The wording was not seen.' */
export function citedInFull(source: Source): string {
  const { cite, confidence, note } = source;
  if (note === undefined) return `${citationSentence(source)}.`;
  // A note that begins with how sure it is says it once.
  const named = note.toLowerCase().startsWith(CONFIDENCES[confidence].words) ? cite : citationSentence(source);
  return `${named}. ${unstopped(note)}.`;
}

/** Where a rule comes from, as an explanation says it of a duty that follows from it. */
export const ruleSentence = ({ version }: Pick<Rule, 'version'>, source: Source): string =>
  `The rule, version ${version}: ${citedInFull(source)}`;

const CALENDAR = 'Calendar: ';

/** By which calendar a date was worked out, as the last sentence of its explanation. */
export const calendarSentence = (version: string): string => `${CALENDAR}${calendarInWords(version)}.`;

export const isCalendarSentence = (sentence: string): boolean => sentence.startsWith(CALENDAR);
