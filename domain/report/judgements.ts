import type { Block } from './blocks.ts';
import type { Layout } from './layouts.ts';
import { type Place, placeInWords, placeOf, type Proposal, type ReportLine } from './line.ts';
import { markOf, plain } from './plain.ts';

export interface Judgement {
  area: string;
  grade: string;
}

/** What a text says of each area that its framework judges: in tables, under headings and in sentences. */
export function judgementsIn(
  lines: readonly ReportLine[],
  blocks: readonly Block[],
  layout: Layout,
): Proposal<Judgement>[] {
  const found: Proposal<Judgement>[] = [];
  for (const each of [...inSentences(blocks, layout), ...underHeading(blocks, layout), ...inTables(lines, layout)]) {
    const before = found.find(({ value }) => value.area === each.value.area);
    if (before === undefined) found.push(each);
    else if (!isSameGrade(before.value.grade, each.value.grade))
      before.unsure ??= `The text says “${each.value.grade}” as well, on ${placeInWords(each.place)}.`;
  }
  return found;
}

/** “Requires improvement” and “Requires improvement to be good” are one grade. */
const isSameGrade = (one: string, other: string): boolean =>
  plain(one).startsWith(plain(other)) || plain(other).startsWith(plain(one));

function inSentences(blocks: readonly Block[], { judged, grades }: Layout): Proposal<Judgement>[] {
  return judged.flatMap(({ area, by }) =>
    blocks.flatMap(({ text, place }) => {
      const said = by.exec(text)?.[1];
      if (said === undefined) return [];
      const words = plain(said)
        .replace(/^(?:is|are) /, '')
        .replace(/^require /, 'requires ');
      const grade = grades.find((each) => plain(each) === words);
      return grade === undefined ? [] : [{ value: { area, grade }, place }];
    }),
  );
}

/** A grade that stands alone, or a sentence, in one of the next blocks after a heading. */
const NEAR = 4;
const MAX_LINE = 1000;

function underHeading(blocks: readonly Block[], { under, grades }: Layout): Proposal<Judgement>[] {
  if (under === undefined) return [];
  const at = blocks.findIndex(({ text }) => plain(text) === under.heading);
  if (at === -1) return [];
  for (const { text, place } of blocks.slice(at + 1, at + 1 + NEAR)) {
    if (under.sentence?.test(text) === true && text.length <= MAX_LINE)
      return [{ value: { area: under.area, grade: text }, place }];
    const grade = under.sentence === undefined ? gradeIn(text, grades) : undefined;
    if (grade !== undefined) return [{ value: { area: under.area, grade }, place }];
  }
  return [];
}

/** A grade that is the whole of a text, but for what an earlier inspection said in brackets after it. */
const gradeIn = (text: string, grades: readonly string[]): string | undefined =>
  grades.find((grade) => plain(grade) === asGrade(text));

const asGrade = (text: string): string => plain(text.replace(/\s*\([^)]*\)\s*$/, '').replace(':', ' '));

/**
 * Areas and grades that stand beside each other, over one or several lines each, whichever of them comes first in the
 * row: an area's lines are put together until they are one that is known, and the grade among or after them is its own.
 */
function inTables(lines: readonly ReportLine[], { areas, grades }: Layout): Proposal<Judgement>[] {
  const names = areas.map((name) => ({ name, plain: plain(name) }));
  const found: Proposal<Judgement>[] = [];
  let open: { text: string; place: Place } | undefined;
  let grade = '';
  const close = (): void => {
    const area = names.find((each) => each.plain === open?.text);
    const whole = grades.find((each) => plain(each) === grade);
    if (open !== undefined && area !== undefined && whole !== undefined) {
      const { place } = open;
      const quote = plain(place.quote).includes(plain(whole)) ? place.quote : `${place.quote} … ${whole}`;
      found.push({ value: { area: area.name, grade: whole }, place: { ...place, quote } });
    }
    open = undefined;
    grade = '';
  };
  for (const line of lines)
    for (const cell of cellsOf(line.text, { areas, grades })) {
      const asPart = asGrade(cell);
      const longer = grade === '' ? asPart : `${grade} ${asPart}`;
      if (open !== undefined && grades.some((each) => isPart(longer, plain(each)))) {
        grade = longer;
        continue;
      }
      const text = plain(withoutNumber(cell));
      const goesOn = open === undefined ? '' : `${open.text} ${text}`;
      if (open !== undefined && names.some((each) => isPart(goesOn, each.plain))) open.text = goesOn;
      else {
        close();
        if (names.some((each) => isPart(text, each.plain))) open = { text, place: placeOf(line) };
      }
    }
  close();
  return found;
}

/** Is this the beginning of it, ending with a whole word, or all of it? */
const isPart = (text: string, whole: string): boolean =>
  text !== '' && (whole === text || whole.startsWith(`${text} `));

/**
 * The cells of a line; “area: grade” is two, and so is an area with its grade after it where nothing but a space parts
 * them. A bullet's line is none: what it names is not judged there.
 */
function cellsOf(text: string, { areas, grades }: Pick<Layout, 'areas' | 'grades'>): string[] {
  if (markOf(text)?.kind === 'bullet') return [''];
  return text.split(/\t| {3,}/).flatMap((cell) => {
    const [before = '', ...after] = cell.split(':');
    const rest = after.join(':').trim();
    const isGrade = rest !== '' && grades.some((each) => isPart(plain(rest), plain(each)));
    if (isGrade && !/^score$/i.test(before.trim())) return [before, rest];
    const grade = grades.find((each) => plain(cell).endsWith(` ${plain(each)}`));
    const area =
      grade === undefined
        ? ''
        : withoutNumber(
            cell
              .trim()
              .replace(/[\s:.]+$/, '')
              .slice(0, -grade.length),
          );
    return grade !== undefined && areas.some((each) => isEnd(plain(area), plain(each))) ? [area, grade] : [cell];
  });
}

const withoutNumber = (text: string): string => text.trim().replace(/^\d+(?:\.\d+)?\.?\s+/, '');

/** Is this all of an area's name, or what a second line has of it? */
const isEnd = (text: string, whole: string): boolean => text !== '' && (whole === text || whole.endsWith(` ${text}`));
