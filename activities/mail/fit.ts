import type { Digest, Notice, NoticeLine } from '../../domain/lifecycle/digest.ts';
import { firstSentences } from './first-sentences.ts';

/** What a mail says, as HTML and as text. */
export interface Drawn {
  html: string;
  text: string;
}

/** Bytes of either: a mail of over 102 KB is clipped by Gmail, without a word of what is missing. */
export const MAX_CONTENT_BYTES = 98_000;

/** So many are worth more in full than one more line below them. */
const MIN_IN_FULL = 5;
/** Of the room, where not even a line each has room. */
const SHARE_IN_FULL = 1 / 2;

/** Bytes that each text of a notice takes where it would not fit as it is, and how many steps of an explanation. */
const MAX_TEXT_BYTES = 3000;
const MAX_STEP_BYTES = 1000;
const MAX_STEPS = 10;

/** More than so many never have room, however short they are. */
const MAX_IN_FULL = 100;
const MAX_LINES = 800;

/** Does it have room in a mail? */
export function fits({ html, text }: Drawn, max = MAX_CONTENT_BYTES): boolean {
  return Buffer.byteLength(html) <= max && Buffer.byteLength(text) <= max;
}

/**
 * A digest as a mail has room for it: all in full; else the most urgent in full and the others a line each; else as many
 * lines as there is room for, and how many there are beyond. Texts that are too long for even that end with a sentence.
 *
 * @param digest its notices the most urgent first
 * @param room bytes that something else is to have
 */
export function fitted(digest: Digest, draw: (digest: Digest) => Drawn, room = 0): Digest {
  const max = MAX_CONTENT_BYTES - room;
  const has = (tried: Digest, share = 1): boolean => fits(draw(tried), max * share);
  const most = Math.min(digest.notices.length, MAX_IN_FULL);
  if (most === digest.notices.length && has(digest)) return digest;
  const least = Math.min(MIN_IN_FULL, most);
  return (
    fittedWith(digest, most, least, has) ??
    // One in full is worth more than a line each of all.
    fittedWith(withShortTexts(digest, most), most, Math.min(1, most), has) ??
    split(digest, 0, 0)
  );
}

/** With this digest's texts as they are; undefined where fewer than `least` have room in full. */
function fittedWith(
  digest: Digest,
  most: number,
  least: number,
  has: (tried: Digest, share?: number) => boolean,
): Digest | undefined {
  const all = digest.notices.length + (digest.lines?.length ?? 0);
  const withAll = all > MAX_LINES + most ? undefined : largest(most, (inFull) => has(split(digest, inFull, all)));
  if (withAll !== undefined && withAll >= least) return split(digest, withAll, all);
  const inFull = largest(most, (count) => has(split(digest, count, 0), SHARE_IN_FULL)) ?? 0;
  // The most urgent is in full, whatever share it takes.
  const kept = Math.max(inFull, Math.min(1, most));
  if (kept < least) return undefined;
  const lines = largest(Math.min(all - kept, MAX_LINES), (count) => has(split(digest, kept, count)));
  return lines === undefined ? undefined : split(digest, kept, lines);
}

/** The largest number up to `most` of which something holds that holds of all below it; undefined where it does not of 0. */
function largest(most: number, holds: (n: number) => boolean): number | undefined {
  if (!holds(0)) return undefined;
  let [low, high] = [0, most];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (holds(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** So many in full, so many lines after them at most, the others counted. */
function split(digest: Digest, inFull: number, maxLines: number): Digest {
  const { notices, lines: given = [], unnamed, ...rest } = digest;
  const after: NoticeLine[] = [...notices.slice(inFull), ...given];
  const lines = after.slice(0, maxLines);
  const left = after.slice(maxLines);
  const count = left.length + (unnamed?.count ?? 0);
  const overdue = left.filter((each) => each.overdue).length + (unnamed?.overdue ?? 0);
  return {
    ...rest,
    notices: notices.slice(0, inFull),
    ...(lines.length === 0 ? {} : { lines }),
    ...(count === 0 ? {} : { unnamed: { count, overdue } }),
  };
}

/** @param first so many: no more can be in full anyway */
function withShortTexts(digest: Digest, first: number): Digest {
  const { notices } = digest;
  return { ...digest, notices: [...notices.slice(0, first).map(shortTexts), ...notices.slice(first)] };
}

function shortTexts(notice: Notice): Notice {
  const { act, citation, ownerTitle, explanation, stricter, movedFrom, text } = notice;
  const short = (words: string): string => firstSentences(words, MAX_TEXT_BYTES);
  const steps = explanation.slice(0, MAX_STEPS).map((step) => firstSentences(step, MAX_STEP_BYTES));
  const left = explanation.length - steps.length;
  return {
    ...notice,
    act: short(act),
    citation: firstSentences(citation, MAX_STEP_BYTES),
    ownerTitle: firstSentences(ownerTitle, MAX_STEP_BYTES),
    explanation: left === 0 ? steps : [...steps, `${left} more of its steps are on the duty’s page.`],
    stricter: stricter === null ? null : { ...stricter, why: short(stricter.why) },
    movedFrom: movedFrom === null ? null : { ...movedFrom, because: short(movedFrom.because) },
    text: text === null ? null : short(text),
  };
}
