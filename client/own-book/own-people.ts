import { nearestHint } from '../../domain/nearest.ts';
import type { Choice } from '../plan-book/choices.ts';
import { plainWords } from './own-fields.ts';

/** Whom somebody has said a name stands for: roles by what is written in the workbook. */
export type ChosenPeople = Readonly<Record<string, string>>;

/** Whom a cell names: the owner first; `read` says what was not said in so many words. */
export type OwnPeople = { roles: string[]; read: string[] } | { wrong: string; unknown: string[] };

/** What names of several people stand between, the surest first. */
const BETWEEN = [/[\n;]+/, /\s*\/\s*/, /\s+&\s+|\s+and\s+/i, /\s*,\s*/];
/** Any of them. */
const ANY_BETWEEN = new RegExp(BETWEEN.map(({ source }) => source).join('|'), 'i');
/** With or without its apostrophes a title is the same. */
const plain = (text: string): string => plainWords(text.replaceAll(/[’']/g, ''));

/** No cell names more people, and no title has more pieces. */
const MAX_PIECES = 24;
const MAX_OF_A_TITLE = 4;
/** Letters of initials: two are those of too many. */
const MIN_LETTERS = 3;

/** Words that nobody's initials have. */
const SMALL = new Set(['of', 'the', 'and', 'for', 'in', 'to']);
const initials = (title: string): string =>
  plain(title)
    .split(' ')
    .filter((word) => !SMALL.has(word))
    .map((word) => word.slice(0, 1))
    .join('');

/**
 * The people that a cell names, by the titles of the council's roles: as they are called, by a title within a longer text, or by
 * its initials where they are nobody else's.
 */
export function ownPeople(text: string, people: readonly Choice[], chosen: ChosenPeople): OwnPeople {
  const said = new Map(Object.entries(chosen).map(([name, role]) => [plain(name), role]));
  const found = resolved(text.trim(), people, said);
  if (found !== undefined)
    return { roles: [...new Set(found.map(({ role }) => role))], read: found.flatMap((each) => each.read ?? []) };
  const titles = people.map((each) => each.text);
  const pieces = text.split(ANY_BETWEEN).map((each) => each.trim());
  const unknown = pieces.filter((each) => plain(each) !== '' && resolved(each, people, said) === undefined);
  return {
    unknown: unknown.length === 0 ? [text.trim()] : unknown,
    wrong: `nobody is called “${text.slice(0, 60)}”${nearestHint(text, titles).replaceAll('"', '').replace(/\?$/, '')}`,
  };
}

interface Named {
  role: string;
  read?: string;
}

function resolved(
  text: string,
  people: readonly Choice[],
  chosen: ReadonlyMap<string, string>,
  depth = 0,
): Named[] | undefined {
  const one = named(text, people, chosen);
  if (one !== undefined) return [one];
  for (const [at, between] of BETWEEN.entries()) {
    if (at < depth) continue;
    const pieces = piecesOf(text, between);
    const found =
      pieces.length < 2 ? undefined : inPieces(text, pieces, (piece) => resolved(piece, people, chosen, at + 1));
    if (found !== undefined) return found;
  }
  const guessed = guess(text, people);
  return guessed === undefined ? undefined : [guessed];
}

/** Where the pieces of a text begin and end. */
function piecesOf(text: string, between: RegExp): { from: number; to: number }[] {
  const ends = [...text.matchAll(new RegExp(between, 'gi'))].map((each) => ({
    from: each.index,
    to: each.index + each[0].length,
  }));
  const bounds = [{ from: 0, to: 0 }, ...ends, { from: text.length, to: text.length }];
  return bounds.slice(1).flatMap(({ from: to }, at) => {
    const from = bounds[at]?.to ?? 0;
    return plain(text.slice(from, to)) === '' ? [] : [{ from, to }];
  });
}

/** People one after the other, each of one piece or of several: a title may hold what stands between people as well. */
function inPieces(
  text: string,
  pieces: readonly { from: number; to: number }[],
  find: (piece: string) => Named[] | undefined,
): Named[] | undefined {
  if (pieces.length > MAX_PIECES) return undefined;
  // From the last to the first: who stands in all that follows.
  const after: (Named[] | undefined)[] = [...pieces.map(() => undefined), []];
  for (let at = pieces.length - 1; at >= 0; at--)
    for (let n = Math.min(pieces.length - at, MAX_OF_A_TITLE); n > 0 && after[at] === undefined; n--) {
      const [rest, from, to] = [after[at + n], pieces[at]?.from, pieces[at + n - 1]?.to];
      // All of it at once is what is being divided.
      if (rest === undefined || n === pieces.length) continue;
      const found = find(text.slice(from, to).trim());
      if (found !== undefined) after[at] = [...found, ...rest];
    }
  return after[0];
}

/** Who is called so, or is said to be. */
function named(text: string, people: readonly Choice[], chosen: ReadonlyMap<string, string>): Named | undefined {
  const said = plain(text);
  const role =
    chosen.get(said) ?? people.find((each) => plain(each.text) === said || each.id === text.trim().toLowerCase())?.id;
  return role === undefined ? undefined : { role };
}

/** What stands between several people: whoever is left over could be somebody as well. */
const SEVERAL = /[\n;/&,]/;

/**
 * The one whose title stands in it, of whose title it is the beginning, or whose initials it is; undefined where there are several, or
 * none.
 */
function guess(text: string, people: readonly Choice[]): Named | undefined {
  if (SEVERAL.test(text)) return undefined;
  const said = plain(text);
  const holds = (longer: string, title: string): boolean => ` ${longer} `.includes(` ${title} `);
  const within = people.filter((each) => holds(said, plain(each.text)));
  // 'Director' stands in 'Assistant Director' as well, and is not meant.
  const widest = within.filter(
    (each) => !within.some((other) => other !== each && holds(plain(other.text), plain(each.text))),
  );
  const letters = said.replaceAll(' ', '');
  const kinds = [
    widest,
    people.filter((each) => plain(each.text).startsWith(`${said} `)),
    letters.length < MIN_LETTERS ? [] : people.filter((each) => initials(each.text) === letters),
  ];
  const [only, ...others] = kinds.find((each) => each.length > 0) ?? [];
  return only === undefined || others.length > 0
    ? undefined
    : { role: only.id, read: `“${text}” is read as ${only.text}` };
}
