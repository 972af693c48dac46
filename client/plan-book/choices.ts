import { nearestHint } from '../../domain/nearest.ts';

/** One of a list to choose from: its name here, and what the cell says. */
export interface Choice {
  id: string;
  text: string;
}

const plain = (text: string): string => text.normalize('NFC').replaceAll(/\s+/g, ' ').trim().toLowerCase();

/** A list in which no two say the same: where two would, each has its name behind. */
export function distinct(all: readonly Choice[]): Choice[] {
  const times = new Map<string, number>();
  for (const { text } of all) times.set(plain(text), (times.get(plain(text)) ?? 0) + 1);
  return all.map(({ id, text }) => ({ id, text: times.get(plain(text)) === 1 ? text : `${text} (${id})` }));
}

/** What a cell says of something; its name where it is none of the list. */
export const textOf = (choices: readonly Choice[], id: string): string =>
  choices.find((each) => each.id === id)?.text ?? id;

/** Which of the list a cell means: by what it is called, or by its name. What is none is said, with the nearest. */
export function meant(choices: readonly Choice[], written: string): { id: string } | { wrong: string } {
  const text = plain(written);
  const found = choices.find((each) => plain(each.text) === text) ?? choices.find(({ id }) => id === text);
  if (found !== undefined) return { id: found.id };
  const texts = choices.map((each) => each.text);
  return { wrong: `“${written.slice(0, MAX_SHOWN)}” is not in the list${hintIn(written, texts)}` };
}

/** Letters of what somebody wrote that a problem repeats. */
const MAX_SHOWN = 100;

const hintIn = (written: string, texts: readonly string[]): string =>
  nearestHint(written, texts).replace('"', '“').replace('"', '”').replace(/\?$/, '');
